import { describe, expect, it } from "vitest";
import { changed, elsewhere, parse, print } from "../src/address";

describe("state in the query", () => {
  it("comes back as it was written", () => {
    const state = { run: "e40fbb7bed4c3fbf", screen: "claims", find: "угаљ & steel", "lever.solar-size": "1.5", lang: "sr-Cyrl", theme: "dark" };
    expect(parse(`?${print(state)}`)).toEqual(state);
    expect(parse(`#${print(state)}`)).toEqual(state);
  });
  it("is written in one order, whatever order it was made in", () => {
    expect(print({ theme: "dark", b: "2", screen: "claims", run: "r", a: "1" })).toBe("run=r&screen=claims&a=1&b=2&theme=dark");
    expect(print({ a: "1", run: "r", b: "2", theme: "dark", screen: "claims" })).toBe("run=r&screen=claims&a=1&b=2&theme=dark");
  });
  it("leaves out what is empty", () => {
    expect(parse("?run=&screen=claims")).toEqual({ screen: "claims" });
    expect(changed({ run: "r", find: "steel" }, { find: "" })).toEqual({ run: "r" });
    expect(changed({ run: "r", find: "steel" }, { find: null, offset: 50 })).toEqual({ run: "r", offset: "50" });
  });
  it("is not changed by a change", () => {
    const before = Object.freeze({ run: "r" });
    expect(changed(before, { screen: "claims" })).toEqual({ run: "r", screen: "claims" });
    expect(before).toEqual({ run: "r" });
  });
});

describe("another screen", () => {
  it("keeps run, language, theme and levers, and drops what belongs to the screen that is left", () => {
    const state = { run: "r", screen: "claims", answer: "fails", sort: "-share", "lever.solar-size": "2", lang: "zh-Hans", theme: "light" };
    expect(elsewhere(state, "power", { week: "7" })).toEqual({
      run: "r",
      screen: "power",
      week: "7",
      "lever.solar-size": "2",
      lang: "zh-Hans",
      theme: "light",
    });
  });
});
