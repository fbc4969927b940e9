// The emulator in the browser against the cases that Python wrote, and against cases worked out by hand.
import { describe, expect, it } from "vitest";
import { atPlan, bandOf, feature, prepare, refusals, shareOf } from "../src/levers/emulator";
import fixture from "../src/levers/fixture.json";
import type { EmulatorDocument, Settings } from "../src/levers/types";

interface Case {
  settings: Settings;
  feature?: number[];
  outputs?: Record<string, number[][]>;
  claims?: { claim: string; test: string; share: number }[];
  answered?: number;
  refused?: string[];
}

const emulator = prepare(fixture.emulator as EmulatorDocument);
const cases = fixture.cases as unknown as Case[];

/** Equal but for the order in which a sum is taken. */
function same(found: number, wanted: number) {
  expect(Math.abs(found - wanted)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(wanted)));
}

describe("the fixture that Python reads too", () => {
  const answered = cases.filter((one) => one.refused === undefined);

  it("has cases that are answered and cases that are refused", () => {
    expect(answered.length).toBeGreaterThan(2);
    expect(cases.length).toBeGreaterThan(answered.length);
  });

  it.each(answered)("answers $settings", (one) => {
    const by = feature(emulator, one.settings);
    one.feature?.forEach((value, k) => same(by[k] ?? NaN, value));
    for (const output of emulator.document.outputs) {
      const band = bandOf(emulator, output, by);
      one.outputs?.[output.name]?.forEach((row, year) => row.forEach((value, level) => same(band[year]?.[level] ?? NaN, value)));
    }
    one.claims?.forEach((wanted) => {
      const claim = emulator.document.claims.find((each) => each.claim === wanted.claim && each.test === wanted.test);
      expect(claim).toBeDefined();
      if (claim) same(shareOf(emulator, claim, by), wanted.share);
    });
    if (one.answered !== undefined) same(shareOf(emulator, emulator.document.answered, by), one.answered);
    expect(refusals(emulator, one.settings)).toEqual([]);
  });

  it.each(cases.filter((one) => one.refused !== undefined))("refuses $settings", (one) => {
    expect(refusals(emulator, one.settings).length).toBeGreaterThan(0);
  });
});

describe("a line by hand", () => {
  const numbers = new Float32Array([10, 0, 20, 0, 30, 0, 1, 0, 0, 0]);
  const byHand = prepare({
    fitted: { run: "", country: "", strategy: "", design_points: 2, held_out_points: 1, futures: 9, power_futures: 0 },
    current: true,
    stale: [],
    levers: [{ name: "size", at_least: 0, at_most: 2, plan: 1 }],
    terms: [[0], [0, 0]],
    outputs: [{ name: "gdp", quantity: "gdp", where: {}, unit: "1", years: [2030], levels: ["p10", "p50", "p90"], base: [[1, 2, 3]], error: [0.1], offset: 0 }],
    claims: [{ claim: "C1", test: "", base: 0.5, error: 0, offset: 3 }],
    answered: { claim: "", test: "", base: 1, error: 0, offset: 4 },
    coefficients: Buffer.from(numbers.buffer).toString("base64"),
  });

  it("scales a lever to minus one and one, and takes terms from the plan", () => {
    expect([...feature(byHand, { size: 2 })]).toEqual([1, 1]);
    expect([...feature(byHand, { size: 0.5 })]).toEqual([-0.5, 0.25]);
    expect([...feature(byHand, {})]).toEqual([0, 0]);
  });

  it("moves every level by its own row", () => {
    const output = byHand.document.outputs[0];
    expect(output && bandOf(byHand, output, feature(byHand, { size: 1.5 }))).toEqual([[6, 12, 18]]);
  });

  it("moves a share in logits, and gives the share of the run at the plan", () => {
    const claim = byHand.document.claims[0];
    if (!claim) throw new Error("no claim");
    expect(shareOf(byHand, claim, feature(byHand, { size: 2 }))).toBeCloseTo(1 / (1 + Math.exp(-1)), 12);
    expect(shareOf(byHand, claim, feature(byHand, {}), atPlan(byHand, { size: 1 }))).toBe(0.5);
  });

  it("refuses what lies outside, what is no number, and what is no lever", () => {
    expect(refusals(byHand, { size: 2.0001 })).toEqual([{ kind: "outside", lever: "size", at_least: 0, at_most: 2 }]);
    expect(refusals(byHand, { size: NaN })).toHaveLength(1);
    expect(refusals(byHand, { other: 1 })).toEqual([{ kind: "unknown", lever: "other" }]);
  });
});
