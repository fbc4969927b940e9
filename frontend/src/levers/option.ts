// A watched number by year: the plan's band in outline, the emulated band filled, and what the emulator was off by where it was tried.
import { colourOf, countAxis, grid, tip, tooltip, valueAxis, type Option, type Part } from "../charts/frame";
import type { Look } from "../charts/look";
import type { Chart, Column } from "../types";
import type { Output } from "./types";

export interface Watched {
  output: Output;
  /** P10, P50, P90 by year; null where the emulator refuses. */
  now: number[][] | null;
  /** The same of a run that was made so. */
  exact: ReadonlyMap<number, readonly number[]> | null;
  share: boolean;
  says: string;
}

/** Whether an output is read in percent. */
export function isShare(output: Output): boolean {
  if (output.kind !== undefined) return output.kind === "share";
  return /^1( \/ year)?$/.test(output.unit) && !/productivity|factor|index|price|number|concentration/.test(output.quantity);
}

type Point = [number, number | null];

const YEAR: Column = { name: "year", key: "column-year", kind: "year", dim: "year", unit: "" };

export function leverOption(watched: Watched, look: Look): Option {
  const { output, now, exact } = watched;
  const { palette } = look;
  const years = output.years;
  const [from, to] = [years[0] ?? 0, years.at(-1) ?? 0];
  const single = years.length === 1;
  const plan = output.base;
  const range = rangeOf(watched);
  const at = (values: readonly number[][] | null, level: number): Point[] => (values === null ? [] : years.map((year, k) => [year, values[k]?.[level] ?? null]));
  /** Several lines as one: a gap between them. Fewer series are drawn sooner. */
  const apart = (...all: Point[][]): Point[] => all.flatMap((one) => [...one, [one.at(-1)?.[0] ?? 0, null] as Point]);
  const plain = (id: string, data: unknown, line: Part, more: Part = {}): Part => ({
    id,
    type: "line",
    symbol: "circle",
    symbolSize: 6,
    showSymbol: years.length <= 4,
    silent: true,
    animation: false,
    lineStyle: line,
    color: line.color ?? palette.accent,
    data,
    ...more,
  });
  const faint = { color: palette.muted, width: 1.2 };
  const accent = palette.accent;
  const off = colourOf(look, 1);
  const width = (values: readonly number[][] | null) => (values === null ? [] : years.map((year, k) => [year, (values[k]?.[2] ?? NaN) - (values[k]?.[0] ?? NaN)]));
  const envelope = (sign: number, level: number): Point[] => (now === null ? [] : years.map((year, k) => [year, (now[k]?.[level] ?? NaN) + sign * (output.error[k] ?? 0)]));
  return {
    animation: false,
    backgroundColor: "transparent",
    textStyle: { fontFamily: look.font, color: palette.ink, fontSize: 12 },
    aria: { enabled: true, label: { enabled: true, description: watched.says } },
    grid: grid(look, { right: 18 }),
    xAxis: countAxis(YEAR, look, single ? from - 1 : from, single ? to + 1 : to),
    yAxis: { ...valueAxis(asChart(watched), look, { range: [range[0], range[1]] }), min: range[0], max: range[1], interval: range[2] * Math.max(1, Math.ceil((range[1] - range[0]) / range[2] / 6)) },
    tooltip: tooltip(look, "axis", (given) => tipOf(watched, look, given)),
    series: [
      plain("plan", apart(at(plan, 0), at(plan, 2)), faint),
      plain("plan middle", at(plan, 1), { ...faint, type: [5, 3] }),
      plain("low", at(now, 0), { opacity: 0, color: accent }, { stack: "now", stackStrategy: "all", showSymbol: false }),
      plain("band", width(now), { opacity: 0, color: accent }, { stack: "now", stackStrategy: "all", showSymbol: false, areaStyle: { color: palette.band, opacity: 0.55 } }),
      plain("error", apart(envelope(-1, 0), envelope(1, 2)), { color: off, width: 1.2, type: [2, 3] }, { showSymbol: false }),
      plain("middle", at(now, 1), { color: accent, width: 2.6 }, { z: 4 }),
      ...(single ? [whisker(years[0] ?? 0, now?.[0] ?? [], accent)] : []),
      ...(exact === null ? [] : [plain("exact", years.filter((year) => exact.has(year)).map((year) => [year, exact.get(year)?.[1] ?? null]), { opacity: 0, color: palette.ink }, { symbol: "diamond", symbolSize: 10, showSymbol: true, z: 6, itemStyle: { color: palette.surface, borderColor: palette.ink, borderWidth: 2 } })]),
    ],
  };
}

/** Of one year alone the band is a line upright. */
function whisker(year: number, [low, , high]: readonly number[], colour: string): Part {
  return { id: "whisker", type: "line", silent: true, animation: false, symbol: "none", lineStyle: { color: colour, width: 6, opacity: 0.4, cap: "butt" }, data: low === undefined || high === undefined ? [] : [[year, low], [year, high]] };
}

function asChart({ output, share }: Watched): Chart {
  const column: Column = { name: "p50", key: "column-p50", kind: share ? "share" : "number", dim: "", unit: output.unit };
  return { name: output.name, key: `quantity-${output.quantity}`, drawn: "bands", columns: [YEAR, column], rows: [], x: "year", y: ["p50"], by: "", unit: output.unit, marks: [], sources: [], notes: [] };
}

/** A range that holds both bands, and its step; it moves in steps, so that the axis does not swim while a lever is on its way. */
export function rangeOf({ output, now }: Watched): [number, number, number] {
  const base = output.base.flat();
  const [low, high] = [Math.min(...base), Math.max(...base)];
  const span = high - low || Math.abs(high) * 0.1 || 1;
  const seen = now === null ? base : [...base, ...now.flat()];
  const step = nice(span / 4);
  return [Math.floor((Math.min(...seen) - span * 0.08) / step) * step, Math.ceil((Math.max(...seen) + span * 0.08) / step) * step, step];
}

function nice(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 5, 10].find((one) => one * power >= value) ?? 10) * power;
}

function tipOf(watched: Watched, look: Look, given: unknown): HTMLElement | string {
  const hovered = (Array.isArray(given) ? given[0] : given) as { value?: [number, number] } | undefined;
  const k = watched.output.years.indexOf(hovered?.value?.[0] ?? NaN);
  if (k < 0) return "";
  const said = (value: number | undefined) => (value === undefined ? "–" : watched.share ? look.words.percent(value, 1) : look.words.number(value));
  const band = (row: readonly number[] | undefined) => (row === undefined ? "–" : look.words.t("chart-band", { middle: said(row[1]), low: said(row[0]), high: said(row[2]) }));
  const exact = watched.exact?.get(watched.output.years[k] ?? 0);
  return tip(String(watched.output.years[k]), [
    { says: look.words.t("lever-now"), value: band(watched.now?.[k]), colour: look.palette.accent },
    { says: look.words.t("lever-plan"), value: band(watched.output.base[k]), colour: look.palette.muted },
    { says: look.words.t("lever-error"), value: `± ${said(watched.output.error[k])}` },
    ...(exact === undefined ? [] : [{ says: look.words.t("lever-exact"), value: band(exact) }]),
  ]);
}
