// Where levers stand, what answers become, and what an exact run is compared by.
import { describe, expect, it } from "vitest";
import { exactOf } from "../src/levers/exact";
import { rangeOf } from "../src/levers/option";
import { movedFrom, standing, strangers, written } from "../src/levers/standing";
import type { Lever, Output } from "../src/levers/types";
import { countsOf, drawnOut, grade, movers, regraded, type Moved } from "../src/levers/verdicts";
import type { Chart, ClaimRow, Screen } from "../src/types";

const lever = (name: string, more: Partial<Lever> = {}): Lever => ({ name, kind: "size", initiative: "", unit: "1", at_least: 0, at_most: 2, plan: 1, step: 0.1, source: "", ...more });

describe("where levers stand", () => {
  const levers = [lever("sun"), lever("wind", { run: 0.5 })];

  it("takes the address, else where the run stands", () => {
    expect(standing(levers, { "lever.sun": "1.6", run: "x" })).toEqual({ sun: 1.6, wind: 0.5 });
    expect(standing(levers, { "lever.sun": "much" })).toEqual({ sun: 1, wind: 0.5 });
  });

  it("writes nothing where the run stands, and no error of a step", () => {
    expect(written(levers[0] as Lever, 1)).toBeNull();
    expect(written(levers[0] as Lever, 0.1 + 0.2)).toBe("0.3");
    expect(written(levers[1] as Lever, 1)).toBe("1");
  });

  it("asks a run for what is not at the plan", () => {
    expect(movedFrom(levers, { sun: 1, wind: 0.5 })).toEqual({ wind: 0.5 });
    expect(strangers(levers, { "lever.sun": "1", "lever.coal": "2", screen: "levers" })).toEqual(["coal"]);
  });
});

describe("answers", () => {
  it("hold from the share asked for, fail from its rest on", () => {
    expect([0.8, 0.79, 0.21, 0.2, 0].map((share) => grade(share, 0.8))).toEqual(["holds", "hinges", "hinges", "fails", "fails"]);
  });

  it("stay while the grade stays; what is not all modelled can only fail", () => {
    expect(regraded("confirmed", "holds", "holds")).toBe("confirmed");
    expect(regraded("holds", "holds", "fails")).toBe("fails");
    expect(regraded("not modelled", "holds", "fails")).toBe("fails");
    expect(regraded("not modelled", "fails", "holds")).toBe("not modelled");
    expect(regraded("confirmed", "holds", "hinges")).toBe("confirmed");
  });

  it("of a share that does not move stand still, whatever the number of futures", () => {
    for (const share of [0, 0.25, 1]) expect(drawnOut((share * 16 + 0.5) / 17, 16)).toBeCloseTo(share, 12);
  });

  const row = (claim: string, answer: string) => ({ claim, answer }) as ClaimRow;
  const moved = (claim: string, before: number, now: number, planned: string, answer: string): Moved => ({ row: row(claim, planned), before, now, error: 0, planned, answer });

  it("are counted now and in the plan", () => {
    const counts = countsOf([row("a", "holds"), row("b", "opinion")], [moved("a", 0.9, 0.1, "holds", "fails")]);
    expect(counts).toEqual([
      { answer: "holds", now: 0, plan: 1 },
      { answer: "fails", now: 1, plan: 0 },
      { answer: "opinion", now: 1, plan: 1 },
    ]);
  });

  it("move most first, and those that do not move are not shown", () => {
    const all = [moved("a", 0.5, 0.6, "hinges", "hinges"), moved("b", 0.5, 0.5, "hinges", "hinges"), moved("c", 0.9, 0.1, "holds", "fails")];
    expect(movers(all, 5).map((one) => one.row.claim)).toEqual(["c", "a"]);
    expect(movers(all, 1)).toHaveLength(1);
  });
});

describe("an exact run", () => {
  const output: Output = { name: "region_balance/China", quantity: "region_balance", where: { region: "China" }, unit: "million", years: [2030], levels: [], base: [[1, 2, 3]], error: [0], offset: 0 };
  const column = (name: string, kind: string) => ({ name, key: "", kind, dim: "", unit: "" }) as Chart["columns"][number];
  const chart = {
    name: "region-balance-all",
    key: "",
    unit: "million",
    columns: [column("region", "label"), column("year", "year"), column("p10", "number"), column("p50", "number"), column("p90", "number")],
    rows: [
      ["Italy", 2030, 1, 2, 3],
      ["China", 2030, 4, 5, 6],
    ],
  } as unknown as Chart;

  it("is read off the chart that has the quantity at the place", () => {
    expect(exactOf([{ charts: [chart] } as unknown as Screen], output)).toEqual(new Map([[2030, [4, 5, 6]]]));
    expect(exactOf([{ charts: [chart] } as unknown as Screen], { ...output, where: {} })).toBeNull();
    expect(exactOf([{ charts: [{ ...chart, unit: "billion" }] } as unknown as Screen], output)).toBeNull();
  });

  it("lies with the plan in a range of whole steps", () => {
    const [low, high, step] = rangeOf({ output, now: [[0, 5, 9]], exact: null, share: false, says: "" });
    expect(low).toBeLessThanOrEqual(0);
    expect(high).toBeGreaterThanOrEqual(9);
    expect((high - low) / step).toBeCloseTo(Math.round((high - low) / step), 9);
  });
});
