// What all charts share: room, axes, tips, and the words of a screen reader.
import type { EChartsCoreOption } from "echarts/core";
import type { Cell, Chart, Column } from "../types";
import { isNarrow, type Look } from "./look";
import { decals } from "./palette";
import { columnOf, inWords, withUnit, type Series } from "./rows";
import { says } from "./says";

export type Option = EChartsCoreOption;
export type Part = Record<string, unknown>;

/** Colour of the part at a place among all. */
export function colourOf(look: Look, index: number): string {
  const { series } = look.palette;
  return series[index % series.length] ?? look.palette.accent;
}

/** Which pattern the part at a place among all carries: parts of one colour never share one. */
export function patternOf(look: Look, index: number): number {
  return (index + Math.floor(index / look.palette.series.length)) % decals(look.palette).length;
}

/** The pattern of the part at a place among all; none where it is plain or patterns are off. */
export function decalOf(look: Look, index: number): Part | undefined {
  const turn = patternOf(look, index);
  return !look.patterns || turn === 0 ? undefined : { ...decals(look.palette)[turn] };
}

/** The options that every chart begins with. */
export function base(chart: Chart, look: Look): Option {
  return {
    animation: look.motion,
    animationDuration: 250,
    animationDurationUpdate: 200,
    backgroundColor: look.keep ? look.palette.surface : "transparent",
    textStyle: { fontFamily: look.font, color: look.palette.ink, fontSize: 12 },
    aria: { enabled: true, label: { enabled: true, description: says(chart, look) }, decal: { show: false } },
    ...(look.keep ? { title: titleOf(look) } : {}),
  };
}

function titleOf(look: Look): Part[] {
  return [
    { text: look.title, left: 12, top: 8, textStyle: { color: look.palette.ink, fontSize: 16, fontWeight: 600, width: look.width - 240, overflow: "truncate" } },
    { text: look.credit, right: 12, top: 12, textStyle: { color: look.palette.muted, fontSize: 11, fontWeight: "normal" } },
  ];
}

/** The room inside the axes. */
export function grid(look: Look, room: { right?: number; left?: number; bottom?: number; top?: number } = {}): Part {
  return {
    left: room.left ?? 8,
    right: room.right ?? 16,
    top: (room.top ?? 34) + (look.keep ? 34 : 0),
    bottom: (room.bottom ?? 8) + (look.keep ? 40 : 0),
    outerBoundsMode: "same",
    outerBoundsContain: "axisLabel",
  };
}

/** The legend of a picture that is kept; on the page it stands below as buttons. */
export function legend(look: Look, names: readonly string[], filled = false): Part {
  if (!look.keep || names.length < 2) return { show: false };
  return {
    show: true,
    type: "plain",
    bottom: 6,
    left: 12,
    right: 12,
    itemWidth: 26,
    itemHeight: 10,
    ...(filled ? { icon: "rect" } : {}),
    data: [...new Set(names)],
    textStyle: { color: look.palette.ink, fontSize: 11 },
  };
}

/** How many decimals a percent axis needs to tell its ticks apart. */
function decimalsOf(range: readonly [number, number] | null): number {
  if (range === null) return 0;
  const span = Math.abs(range[1] - range[0]);
  return span < 0.006 ? 2 : span < 0.06 ? 1 : 0;
}

/** The axis of the values, with the unit above it. */
export function valueAxis(chart: Chart, look: Look, options: { zero?: boolean; range?: [number, number] | null; name?: string } = {}): Part {
  const column = columnOf(chart, chart.y[0] ?? "");
  const share = column.kind === "share";
  const unit = share ? "" : look.words.unit(column.unit || chart.unit);
  const decimals = decimalsOf(options.range ?? null);
  return {
    type: "value",
    scale: options.zero !== true,
    name: options.name ?? unit,
    nameLocation: "end",
    nameGap: 12,
    nameTextStyle: { color: look.palette.muted, align: "left", fontSize: 11, padding: [0, 0, 0, -4] },
    splitNumber: isNarrow(look) ? 4 : 5,
    axisLine: { show: false },
    axisTick: { show: false },
    splitLine: { lineStyle: { color: look.palette.grid } },
    axisLabel: {
      color: look.palette.muted,
      fontSize: 11,
      hideOverlap: true,
      formatter: (value: number) => (share ? look.words.percent(value, decimals) : look.words.short(value)),
    },
  };
}

/** Years that are written: round ones, as many as there is room for. */
export function yearTicks(from: number, to: number, look: Look): number[] {
  const room = Math.max(look.width - 90, 60) / (isNarrow(look) ? 62 : 74);
  const step = [1, 2, 5, 10, 20, 50].find((one) => (to - from) / one <= room) ?? 100;
  const first = Math.ceil(from / step) * step;
  return Array.from({ length: Math.floor((to - first) / step) + 1 }, (_, k) => first + k * step);
}

/** Quarters of a whole, where the axis runs over all of it. */
function quarters(from: number, to: number): number[] | undefined {
  return from <= 0.01 && to >= 0.99 ? [0, 0.25, 0.5, 0.75, 1] : undefined;
}

/** The first hours of days, counted from the first hour shown. */
function dayStarts(from: number, to: number): number[] {
  const step = to - from > 24 * 15 ? 24 * 7 : 24;
  return Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, k) => from + k * step);
}

/** An axis of years, hours or other counts; years carry no thousands sign. */
export function countAxis(column: Column, look: Look, from: number, to: number): Part {
  const year = column.kind === "year" || column.kind === "date";
  const share = column.kind === "share";
  return {
    type: "value",
    min: from,
    max: from === to ? to + 1 : to,
    minInterval: year || column.kind === "hour" ? 1 : undefined,
    splitNumber: isNarrow(look) ? 3 : 8,
    ...(column.kind === "year" ? { axisTick: { customValues: yearTicks(from, to, look), lineStyle: { color: look.palette.line } } } : column.kind === "hour" ? { axisTick: { customValues: dayStarts(from, to), length: 12, lineStyle: { color: look.palette.line } } } : { axisTick: { lineStyle: { color: look.palette.line } } }),
    name: year || column.kind === "hour" ? "" : look.words.column(column),
    nameLocation: "middle",
    nameGap: 26,
    nameTextStyle: { color: look.palette.muted, fontSize: 11 },
    axisLine: { onZero: false, lineStyle: { color: look.palette.line } },
    splitLine: { show: false },
    axisLabel: {
      ...(column.kind === "year" ? { customValues: yearTicks(from, to, look) } : share ? { customValues: quarters(from, to) } : column.kind === "hour" ? { customValues: dayStarts(from, to), align: "left" } : {}),
      color: look.palette.muted,
      fontSize: 11,
      hideOverlap: true,
      formatter: (value: number) => (share ? look.words.percent(value) : column.kind === "hour" ? look.words.t("chart-day", { day: Math.floor((value - from) / 24) + 1 }) : year ? (Number.isInteger(value) ? String(value) : "") : look.words.number(value)),
    },
  };
}

/** An axis of names. */
export function nameAxis(column: Column, names: readonly Cell[], look: Look, width: number): Part {
  return {
    type: "category",
    data: names.map((one) => inWords(one, column, look.words)),
    axisLine: { lineStyle: { color: look.palette.line } },
    axisTick: { show: false },
    axisLabel: { color: look.palette.ink, fontSize: 12, width, overflow: "truncate", hideOverlap: true },
  };
}

export interface TipLine {
  says: string;
  value: string;
  colour?: string;
}

/** A tip made of elements: words of a pack never become markup. */
export function tip(title: string, lines: readonly TipLine[]): HTMLElement {
  const box = document.createElement("div");
  box.className = "chart-tip";
  const head = box.appendChild(document.createElement("strong"));
  head.textContent = title;
  const table = box.appendChild(document.createElement("table"));
  for (const line of lines) {
    const row = table.insertRow();
    const mark = row.insertCell();
    mark.className = "mark";
    if (line.colour !== undefined) mark.style.color = line.colour;
    mark.textContent = line.colour === undefined ? "" : "■";
    row.insertCell().textContent = line.says;
    const value = row.insertCell();
    value.className = "value";
    value.textContent = line.value;
  }
  return box;
}

export function tooltip(look: Look, trigger: "axis" | "item", formatter: (given: unknown) => HTMLElement | string): Part {
  return {
    show: !look.keep,
    trigger,
    confine: true,
    enterable: false,
    transitionDuration: 0,
    backgroundColor: look.palette.surface,
    borderColor: look.palette.line,
    borderWidth: 1,
    padding: 8,
    textStyle: { color: look.palette.ink, fontSize: 12 },
    axisPointer: { type: "line", lineStyle: { color: look.palette.line, type: "dashed" }, label: { show: false } },
    formatter,
  };
}

interface Hovered {
  axisValue?: number | string;
  value?: unknown;
  dataIndex?: number;
}

/** The tip over a place of the axis: what each series is there. */
export function axisTip(chart: Chart, look: Look, series: readonly Series[], line: (row: Cell[], one: Series) => string): Part {
  const column = columnOf(chart, chart.x);
  const place = chart.columns.indexOf(column);
  return tooltip(look, "axis", (given) => {
    const hovered = (Array.isArray(given) ? given[0] : given) as Hovered | undefined;
    const where = Array.isArray(hovered?.value) ? (hovered.value[0] as Cell) : (hovered?.axisValue ?? null);
    const lines = series
      .filter((one) => !look.hidden.has(one.name))
      .map((one) => ({ one, row: one.rows.find((row) => row[place] === where) }))
      .filter((found): found is { one: Series; row: Cell[] } => found.row !== undefined)
      .map(({ one, row }) => ({ says: one.says, value: line(row, one), colour: colourOf(look, one.index) }));
    return tip(column.kind === "year" ? String(where) : `${look.words.column(column)} ${inWords(where, column, look.words)}`, lines);
  });
}

/** Values of a row in words, of some columns. */
export function rowTip(chart: Chart, look: Look, row: readonly Cell[], names: readonly string[], title: string, colour?: string): HTMLElement {
  return tip(
    title,
    names.map((name) => {
      const column = columnOf(chart, name);
      return { says: look.words.column(column), value: withUnit(row[chart.columns.indexOf(column)], column, look.words), ...(colour ? { colour } : {}) };
    }),
  );
}
