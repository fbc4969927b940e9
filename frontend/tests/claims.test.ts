import { describe, expect, it } from "vitest";
import { matches, selected, valuesIn } from "../src/claims";
import { use } from "../src/messages";
import { decimalYear, lineOf } from "../src/bounds";
import { counted } from "../src/verdicts";
import type { ClaimRow } from "../src/types";

use("en", "basis-schedule = schedule\nbasis-power = power\nsector-steel = steel\n");

function row(claim: string, rest: Partial<ClaimRow>): ClaimRow {
  return {
    claim, says: "", sector: "steel", kind: "target", voice: "article", tense: "future", partners: [], document: "d", paragraph: 1,
    answer: "holds", basis: "schedule", open: false, share: null, interval: null, required_share: 0.8, margin: null, margin_unit: "",
    hinges_on: [], conflicts: [], tests: 1, promises: [], initiatives: [], ...rest,
  }; // prettier-ignore
}

const rows = [
  row("C001", { answer: "fails", basis: "schedule+power", share: 0.1, says: "A gigawatt of data centres" }),
  row("C002", { answer: "holds", basis: "power", share: 0.9, says: "Železara works", sector: "steel" }),
  row("C003", { answer: "opinion", basis: "opinion", says: "Europe ought to talk", sector: "diplomacy" }),
];

describe("claims that are asked for", () => {
  it("are picked by every filter at once", () => {
    expect(selected(rows, { basis: "power" }).map((one) => one.claim)).toEqual(["C001", "C002"]);
    expect(selected(rows, { basis: "power", answer: "holds" }).map((one) => one.claim)).toEqual(["C002"]);
    expect(selected(rows, { find: "gigawatt data" }).map((one) => one.claim)).toEqual(["C001"]);
  });
  it("are found without regard to case and marks", () => {
    expect(matches(rows[1] as ClaimRow, "ZELEZARA")).toBe(true);
    expect(matches(rows[1] as ClaimRow, "gigawatt")).toBe(false);
  });
  it("are ordered by share with the untested last, and by answer from holds on", () => {
    expect(selected(rows, { sort: "-share" }).map((one) => one.claim)).toEqual(["C002", "C001", "C003"]);
    expect(selected(rows, { sort: "answer" }).map((one) => one.claim)).toEqual(["C002", "C001", "C003"]);
  });
  it("are counted by value, a basis of two for each", () => {
    expect(valuesIn(rows, "basis")).toEqual([
      { value: "power", count: 2 },
      { value: "opinion", count: 1 },
      { value: "schedule", count: 1 },
    ]);
    expect(counted(rows).map((one) => one.answer)).toEqual(["holds", "fails", "opinion"]);
  });
});

describe("a distribution against a bound", () => {
  it("reads dates to the end of what they name", () => {
    expect(decimalYear("2030", true)).toBe(2031);
    expect(decimalYear("2030", false)).toBe(2030);
    expect(decimalYear("2030-H1", true)).toBeCloseTo(2030 + 181 / 365, 6);
    expect(decimalYear("2028-Q1", true)).toBeCloseTo(2028 + 91 / 366, 6);
    expect(decimalYear("2030-12-31", true)).toBe(2031);
    expect(decimalYear("soon", true)).toBeNull();
  });
  it("draws a date that may never come onward, and none where the tenth percentile never comes", () => {
    const test = { is_date: true, at_least: null, at_most: null, by: "2030", not_before: "", p10: "2029-01-01", p50: "2031-01-01", p90: "never" };
    expect(lineOf(test)).toMatchObject({ p10: 2029, p50: 2031, p90: Infinity, low: null, high: 2031 });
    expect(lineOf({ ...test, p10: "never" })).toBeNull();
  });
  it("has room for the bound and the distribution", () => {
    const line = lineOf({ is_date: false, at_least: 1000, at_most: null, by: "", not_before: "", p10: 70, p50: 200, p90: 600 });
    expect(line).toMatchObject({ low: 1000, high: null });
    expect(line && line.from < 70 && line.to > 1000).toBe(true);
  });
});
