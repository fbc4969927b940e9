// When things end: P10 to P90 as a bar, P50 as a tick, the latest promise as a full diamond, earlier ones hollow, today as a line.
import type { Cell, Chart } from "../types";
import { base, grid, nameAxis, rowTip, tooltip, yearTicks, type Option, type Part } from "./frame";
import type { Look } from "./look";
import { at, columnOf, decimalYear, inWords, NEVER } from "./rows";

/** A bar does not reach beyond this many years from today; it then ends in an arrow, and the tip says the date. */
const YEARS = 30;
const HIGH = 24;
/** Earlier promises in one cell: days with a blank between. */
const DAYS = /^\d{4}-\d{2}-\d{2}(?: \d{4}-\d{2}-\d{2})*$/;

export interface Bar {
  row: number;
  says: string;
  /** Whether it is a stage of the bar above it. */
  inner: boolean;
  low: number | null;
  middle: number | null;
  high: number | null;
  /** Whether P90 never comes. */
  open: boolean;
  promised: number[];
}

/** The bars of a chart; stages only if they are asked for. */
export function barsOf(chart: Chart, look: Look, stages: boolean): Bar[] {
  const [low = "", middle = "", high = ""] = chart.y;
  const promised = chart.columns.filter((column) => column.kind === "date" && ![low, middle, high].includes(column.name));
  const stage = chart.by === "" ? -1 : at(chart, chart.by);
  return chart.rows
    .map((row, index) => ({ row, index, inner: stage >= 0 && row[stage] !== "" && row[stage] !== null }))
    .filter(({ inner }) => stages || !inner)
    .map(({ row, index, inner }) => {
      const says = inner ? inWords(row[stage], columnOf(chart, chart.by), look.words) : inWords(row[at(chart, chart.x)], columnOf(chart, chart.x), look.words);
      return {
        row: index,
        says: inner ? `· ${says}` : says,
        inner,
        low: decimalYear(row[at(chart, low)]),
        middle: decimalYear(row[at(chart, middle)]),
        high: decimalYear(row[at(chart, high)]),
        open: row[at(chart, high)] === NEVER,
        promised: [...earlier(chart, row), ...promised.map((column) => decimalYear(row[at(chart, column.name)]))].filter((one): one is number => one !== null),
      };
    });
}

function earlier(chart: Chart, row: readonly Cell[]): (number | null)[] {
  return chart.columns.flatMap((column, k) => {
    const cell = row[k];
    return column.kind === "text" && typeof cell === "string" && DAYS.test(cell) ? cell.split(" ").map((day) => decimalYear(day)) : [];
  });
}

export function ganttHeight(chart: Chart, look: Look, stages: boolean): number {
  return 70 + barsOf(chart, look, stages).length * HIGH;
}

/** First and last year drawn. */
export function spanOf(all: readonly Bar[], today: number | null): [number, number] {
  const dates = all.flatMap((one) => [one.low, one.middle, one.high, ...one.promised]).filter((one): one is number => one !== null);
  const from = Math.min(...dates, today ?? Infinity);
  const to = Math.max(...dates, today ?? -Infinity);
  if (!Number.isFinite(from)) return [2025, 2030];
  return [Math.floor(from), Math.min(Math.ceil(to + 0.1), Math.floor((today ?? from) + YEARS))];
}

export function gantt(chart: Chart, look: Look, stages = false): Option {
  const all = barsOf(chart, look, stages);
  const [from, to] = spanOf(all, look.today);
  const { palette } = look;
  const ticks = yearTicks(from, to, { ...look, width: look.width * 0.7 });
  return {
    ...base(chart, look),
    grid: grid(look, { top: 30, bottom: 24, right: 20 }),
    xAxis: {
      type: "value",
      position: "top",
      min: from,
      max: to,
      minInterval: 1,
      axisTick: { customValues: ticks },
      splitLine: { lineStyle: { color: palette.grid } },
      axisLine: { show: false },
      axisLabel: { color: palette.muted, fontSize: 11, hideOverlap: true, customValues: ticks, formatter: (value: number) => String(value) },
    },
    yAxis: { ...nameAxis({ ...columnOf(chart, chart.x), kind: "text" }, all.map((one) => one.says), look, Math.min(look.width * 0.4, 270)), inverse: true, splitLine: { show: true, lineStyle: { color: palette.grid, opacity: 0.5 } } },
    tooltip: tooltip(look, "item", (given) => {
      const bar = all[(given as { dataIndex: number }).dataIndex];
      const row = chart.rows[bar?.row ?? -1];
      if (bar === undefined || row === undefined) return "";
      const shown = chart.columns.filter((one) => one.name !== chart.x && one.name !== chart.by && row[at(chart, one.name)] !== null && row[at(chart, one.name)] !== "");
      return rowTip(chart, look, row, shown.map((one) => one.name), bar.says.replace(/^· /, ""));
    }),
    series: [
      {
        type: "custom",
        id: "bars",
        encode: { x: [1, 2, 3], y: 0 },
        clip: true,
        data: all.map((one, k) => [k, one.low, one.middle, one.high]),
        renderItem: (given: { dataIndex: number }, api: Api) => drawn(all[given.dataIndex], given.dataIndex, api, look, [from, to]),
        ...(look.today === null ? {} : { markLine: todayLine(look, look.today) }),
      },
    ],
  };
}

function todayLine(look: Look, today: number): Part {
  return {
    silent: true,
    symbol: ["none", "none"],
    animation: false,
    lineStyle: { color: look.palette.ink, width: 1.2, type: "dashed" },
    label: { formatter: look.words.date(today), color: look.palette.ink, fontSize: 11, position: "start", distance: 6 },
    data: [{ xAxis: today }],
  };
}

interface Api {
  coord(at: number[]): [number, number];
}

function drawn(bar: Bar | undefined, k: number, api: Api, look: Look, [, to]: [number, number]): Part | null {
  if (bar === undefined) return null;
  const { palette } = look;
  const x = (date: number) => api.coord([Math.min(date, to), k])[0];
  const y = api.coord([to, k])[1];
  const half = bar.inner ? 4 : 6.5;
  const parts: Part[] = [{ type: "rect", shape: { x: x(-1e4), y: y - HIGH / 2, width: x(to) - x(-1e4), height: HIGH }, style: { fill: "transparent" } }];
  if (bar.low !== null) {
    const end = bar.high ?? (bar.open ? to : bar.low);
    const beyond = bar.open || end > to;
    parts.push({ type: "rect", shape: { x: x(bar.low), y: y - half, width: Math.max(x(end) - x(bar.low), 2), height: 2 * half, r: 2 }, style: { fill: palette.band, opacity: bar.inner ? 0.6 : 1 } });
    if (beyond) parts.push({ type: "polygon", shape: { points: [[x(to) - 8, y - half - 1], [x(to), y], [x(to) - 8, y + half + 1]] }, style: { fill: palette.accent } });
  }
  if (bar.middle !== null && bar.middle <= to) parts.push({ type: "line", shape: { x1: x(bar.middle), y1: y - half - 2, x2: x(bar.middle), y2: y + half + 2 }, style: { stroke: palette.accent, lineWidth: 3 } });
  bar.promised.forEach((date, index) => {
    const [cx, r] = [x(date), 5];
    const last = index === bar.promised.length - 1;
    parts.push({
      type: "polygon",
      shape: { points: [[cx, y - r], [cx + r, y], [cx, y + r], [cx - r, y]] },
      style: { fill: last ? palette.bound : palette.surface, stroke: palette.bound, lineWidth: 1.4, opacity: last ? 1 : 0.85 },
    });
  });
  return { type: "group", children: parts };
}
