import { describe, expect, it } from "vitest";
import { path, runPath, samePath } from "../src/data";

describe("addresses of the API", () => {
  it("leave out what is not asked for and write the rest", () => {
    expect(path("/api/compare", { one: "a", other: "b", find: "", offset: null })).toBe("/api/compare?one=a&other=b");
    expect(runPath("r/1", "claims")).toBe("/api/runs/r%2F1/claims");
    expect(runPath("r")).toBe("/api/runs/r");
  });
  it("are the same in another order of their parameters", () => {
    expect(samePath("/api/x?b=2&a=1")).toBe(samePath("/api/x?a=1&b=2"));
    expect(samePath("/api/x")).toBe("/api/x");
  });
});
