// Where a distribution lies against the bound of a test: numbers on a line, dates as decimal years.
import type { Cell, TestRow } from "./types";

/** The end (or the beginning) of what a date names: a day, a month, a quarter, a half, a year; as a decimal year. */
export function decimalYear(date: string, end: boolean): number | null {
  const found = /^(\d{4})(?:-(?:(\d{2})(?:-(\d{2}))?|Q([1-4])|H([12])))?$/.exec(date);
  if (found === null) return null;
  const [, y, m, d, q, h] = found;
  const year = Number(y);
  let first = 0;
  let months = 12;
  if (m !== undefined) [first, months] = [Number(m) - 1, 1];
  else if (q !== undefined) [first, months] = [(Number(q) - 1) * 3, 3];
  else if (h !== undefined) [first, months] = [(Number(h) - 1) * 6, 6];
  const start = Date.UTC(year, 0, 1);
  const length = Date.UTC(year + 1, 0, 1) - start;
  let moment: number;
  if (d !== undefined) moment = Date.UTC(year, Number(m) - 1, Number(d) + (end ? 1 : 0));
  else moment = Date.UTC(year, first + (end ? months : 0), 1);
  return year + (moment - start) / length;
}

export interface Line {
  p10: number;
  p50: number;
  p90: number;
  /** Between these the test is passed; null is open. */
  low: number | null;
  high: number | null;
  from: number;
  to: number;
}

function place(value: Cell): number | null {
  if (typeof value === "number") return value;
  if (value === "never") return Infinity;
  return typeof value === "string" ? decimalYear(value, false) : null;
}

/** The line of a test, with room on both sides; null where there is no distribution to draw. */
export function lineOf(test: Pick<TestRow, "is_date" | "at_least" | "at_most" | "by" | "not_before" | "p10" | "p50" | "p90">): Line | null {
  const [p10, p50, p90] = [place(test.p10), place(test.p50), place(test.p90)];
  if (p10 === null || p50 === null || p90 === null || p10 === Infinity) return null;
  const low = test.is_date ? (test.not_before ? decimalYear(test.not_before, false) : null) : test.at_least;
  const high = test.is_date ? (test.by ? decimalYear(test.by, true) : null) : test.at_most;
  const known = [p10, p50, p90, low, high].filter((value): value is number => value !== null && Number.isFinite(value));
  const span = Math.max(...known) - Math.min(...known);
  const room = span > 0 ? span * 0.15 : Math.max(Math.abs(known[0] ?? 1) * 0.1, 0.5);
  return { p10, p50, p90, low, high, from: Math.min(...known) - room, to: Math.max(...known) + room };
}
