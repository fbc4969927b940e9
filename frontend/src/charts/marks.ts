// Bounds that claims put on a quantity, as lines with the claim's name.
import type { Chart, Mark } from "../types";
import { isNarrow, type Look } from "./look";
import type { Part } from "./frame";
import { columnOf, inWords, numberOf } from "./rows";

export interface Bound {
  claim: string;
  /** First and last year in which it is meant; null for all. */
  years: [number, number] | null;
  value: number;
  least: boolean;
}

/** One bound a line: a bound that is the same year after year is one, and so are several tests at one place. */
export function boundsOf(marks: readonly Mark[]): Bound[] {
  const found = new Map<string, Bound>();
  for (const mark of marks) {
    for (const least of [true, false]) {
      const value = numberOf(least ? mark.at_least : mark.at_most);
      if (value === null) continue;
      const key = `${mark.claim} ${value} ${least} ${mark.year === null}`;
      const known = found.get(key);
      const { year } = mark;
      if (known === undefined) found.set(key, { claim: mark.claim, years: year === null ? null : [year, year], value, least });
      else if (known.years !== null && year !== null) known.years = [Math.min(known.years[0], year), Math.max(known.years[1], year)];
    }
  }
  return [...found.values()];
}

/** What a bound says, as `C022 ≥ 1,294`. */
export function boundSays(chart: Chart, bound: Bound, look: Look): string {
  const column = columnOf(chart, chart.y[0] ?? "");
  const value = column.kind === "date" ? look.words.date(bound.value) : inWords(bound.value, column, look.words);
  return `${bound.claim} ${bound.least ? "≥" : "≤"} ${value}`;
}

/** Lines of the bounds: of one year around that year, else all along. */
export function markLine(chart: Chart, look: Look, from: number, to: number): Part | undefined {
  const bounds = boundsOf(chart.marks);
  if (bounds.length === 0) return undefined;
  const half = Math.max((to - from) * (isNarrow(look) ? 0.08 : 0.05), 0.4);
  const few = bounds.length <= (isNarrow(look) ? 4 : 10);
  const label = (bound: Bound, right: boolean) => ({
    show: few,
    formatter: boundSays(chart, bound, look),
    position: right ? "insideEndTop" : "middle",
    color: look.palette.bound,
    fontSize: 11,
    fontWeight: 600,
    distance: 4,
    textBorderColor: look.palette.surface,
    textBorderWidth: 3,
  });
  return {
    silent: true,
    symbol: ["none", "none"],
    animation: false,
    lineStyle: { color: look.palette.bound, width: 2, type: "solid" },
    data: bounds.map((bound) => {
      if (bound.years === null) return { yAxis: bound.value, label: label(bound, true) };
      const [left, right] = [Math.max(from, bound.years[0] - half), Math.min(to, bound.years[1] + half)];
      return [{ coord: [left, bound.value], label: label(bound, false) }, { coord: [right, bound.value] }];
    }),
  };
}

/** Lowest and highest of some values and of the bounds, so that no bound lies outside the drawing. */
export function rangeWith(chart: Chart, values: readonly number[]): [number, number] | null {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  for (const bound of boundsOf(chart.marks)) {
    low = Math.min(low, bound.value);
    high = Math.max(high, bound.value);
  }
  return low <= high ? [low, high] : null;
}
