// The emulator of Python's `runs.emulator`, once more in the browser: base + coefficients . (terms here - terms at the plan).
// Both are tested against one fixture. What it has not seen it refuses.
import type { EmulatorDocument, Output, Settings, Share } from "./types";

/** Below this share of futures with an answer nothing is said. */
export const ENOUGH = 0.9;

export interface Emulator {
  document: EmulatorDocument;
  coefficients: Float32Array;
  /** Terms where every lever stands at the plan. */
  plan: Float64Array;
  place: ReadonlyMap<string, number>;
}

/** Why nothing is said: a lever outside of its range or unknown, or too few futures with an answer. */
export type Refusal =
  | { kind: "unknown"; lever: string }
  | { kind: "outside"; lever: string; at_least: number; at_most: number }
  | { kind: "unanswered"; share: number };

/** Decode the coefficients once. */
export function prepare(document: EmulatorDocument): Emulator {
  const text = atob(document.coefficients);
  const bytes = new Uint8Array(text.length);
  for (let k = 0; k < text.length; k += 1) bytes[k] = text.charCodeAt(k);
  const view = new DataView(bytes.buffer);
  const coefficients = new Float32Array(bytes.length / 4);
  for (let k = 0; k < coefficients.length; k += 1) coefficients[k] = view.getFloat32(4 * k, true);
  const place = new Map(document.levers.map((lever, index) => [lever.name, index]));
  const plan = termsAt(document, (index) => document.levers[index]?.plan ?? 0);
  return { document, coefficients, plan, place };
}

function termsAt(document: EmulatorDocument, standing: (lever: number) => number): Float64Array {
  const z = document.levers.map((lever, index) => (2 * (standing(index) - lever.at_least)) / (lever.at_most - lever.at_least) - 1);
  return Float64Array.from(document.terms, (term) => term.reduce((product, index) => product * (z[index] ?? 0), 1));
}

/** Terms where the levers stand, less those at the plan. */
export function feature(emulator: Emulator, settings: Settings): Float64Array {
  const { document, plan } = emulator;
  const found = termsAt(document, (index) => {
    const lever = document.levers[index];
    return lever === undefined ? 0 : (settings[lever.name] ?? lever.plan);
  });
  for (let k = 0; k < found.length; k += 1) found[k] = (found[k] ?? 0) - (plan[k] ?? 0);
  return found;
}

/** Whether every lever stands at the plan. */
export function atPlan(emulator: Emulator, settings: Settings): boolean {
  return emulator.document.levers.every((lever) => (settings[lever.name] ?? lever.plan) === lever.plan);
}

function moved(emulator: Emulator, row: number, by: Float64Array): number {
  const { coefficients } = emulator;
  let sum = 0;
  for (let k = 0, at = row * by.length; k < by.length; k += 1, at += 1) sum += (coefficients[at] ?? NaN) * (by[k] ?? 0);
  return sum;
}

/** P10, P50 and P90 of an output by year. */
export function bandOf(emulator: Emulator, output: Output, by: Float64Array): number[][] {
  const levels = output.levels.length;
  return output.base.map((row, year) => row.map((base, level) => base + moved(emulator, output.offset + levels * year + level, by)));
}

/** The share of futures in which a claim holds; where nothing is moved, as the run has it. */
export function shareOf(emulator: Emulator, claim: Share, by: Float64Array, unmoved = false): number {
  if (unmoved) return claim.base;
  const n = emulator.document.fitted.futures;
  const drawnIn = (claim.base * n + 0.5) / (n + 1);
  return 1 / (1 + Math.exp(-(Math.log(drawnIn / (1 - drawnIn)) + moved(emulator, claim.offset, by))));
}

/** Why nothing can be said of where the levers stand; empty where something can. */
export function refusals(emulator: Emulator, settings: Settings): Refusal[] {
  const found: Refusal[] = [];
  for (const [lever, value] of Object.entries(settings)) {
    const range = emulator.document.levers[emulator.place.get(lever) ?? -1];
    if (range === undefined) found.push({ kind: "unknown", lever });
    else if (!(value >= range.at_least && value <= range.at_most)) found.push({ kind: "outside", lever, at_least: range.at_least, at_most: range.at_most });
  }
  if (found.length > 0) return found;
  const share = shareOf(emulator, emulator.document.answered, feature(emulator, settings), atPlan(emulator, settings));
  return share < ENOUGH ? [{ kind: "unanswered", share }] : [];
}
