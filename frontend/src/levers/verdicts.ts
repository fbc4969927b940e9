// What answers become when shares move: the rule of `runs.judge`, applied to emulated shares.
import { counted } from "../verdicts";
import type { ClaimRow } from "../types";
import { shareOf, type Emulator } from "./emulator";
import type { Share } from "./types";

const ROUNDING = 1e-12;
const BY_MODEL = new Set(["holds", "hinges", "fails"]);

export function grade(share: number, required: number): "holds" | "hinges" | "fails" {
  if (share >= required - ROUNDING) return "holds";
  return share <= 1 - required + ROUNDING ? "fails" : "hinges";
}

/** An answer after its share moved: as it was while the grade is the same; a claim that is not all modelled can only fail. */
export function regraded(answer: string, before: string, now: string): string {
  if (before === now) return answer;
  if (BY_MODEL.has(answer)) return now;
  return answer === "not modelled" && now === "fails" ? now : answer;
}

/** The emulator draws shares in from none and all by half a future; drawn out again, what does not move stands still. */
export function drawnOut(share: number, futures: number): number {
  return Math.min(Math.max((share * (futures + 1) - 0.5) / futures, 0), 1);
}

export interface Moved {
  row: ClaimRow;
  before: number;
  now: number;
  error: number;
  planned: string;
  answer: string;
}

/**
 * Claims that the emulator answers for, with their shares before and now.
 *
 * `moved` says that the run itself was made with moved levers: its own answers are then not those of the plan.
 */
export function claimsNow(emulator: Emulator, rows: readonly ClaimRow[], by: Float64Array, unmoved: boolean, movedRun: boolean): Moved[] {
  const whole = new Map<string, Share>(emulator.document.claims.filter((one) => one.test === "").map((one) => [one.claim, one]));
  return rows.flatMap((row) => {
    const share = whole.get(row.claim);
    if (share === undefined) return [];
    const now = unmoved ? share.base : drawnOut(shareOf(emulator, share, by), emulator.document.fitted.futures);
    const before = grade(share.base, row.required_share);
    const planned = movedRun ? (BY_MODEL.has(row.answer) ? before : row.answer) : row.answer;
    return [{ row, before: share.base, now, error: share.error, planned, answer: regraded(planned, before, grade(now, row.required_share)) }];
  });
}

export interface Count {
  answer: string;
  now: number;
  plan: number;
}

/** How many claims have which answer, now and in the plan; claims without an emulated share stay as they are. */
export function countsOf(rows: readonly ClaimRow[], moved: readonly Moved[]): Count[] {
  const known = new Map(moved.map((one) => [one.row.claim, one]));
  const now = counted(rows.map((row) => ({ answer: known.get(row.claim)?.answer ?? row.answer })));
  const plan = counted(rows.map((row) => ({ answer: known.get(row.claim)?.planned ?? row.answer })));
  const answers = counted([...now, ...plan]).map((one) => one.answer);
  const of = (list: { answer: string; count: number }[], answer: string) => list.find((one) => one.answer === answer)?.count ?? 0;
  return answers.map((answer) => ({ answer, now: of(now, answer), plan: of(plan, answer) }));
}

/** The claims whose shares move most; those that do not move at all are none of them. */
export function movers(moved: readonly Moved[], at_most: number): Moved[] {
  return moved
    .filter((one) => Math.abs(one.now - one.before) > 0.0005 || one.answer !== one.planned)
    .sort((a, b) => Math.abs(b.now - b.before) - Math.abs(a.now - a.before) || (a.row.claim < b.row.claim ? -1 : 1))
    .slice(0, at_most);
}
