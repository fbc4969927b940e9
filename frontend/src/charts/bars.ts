// Bars: along the years upright, of names lying down, so that names can be read; P10 and P90 beside a median are whiskers.
import type { Cell, Chart } from "../types";
import { base, colourOf, decalOf, grid, legend, nameAxis, rowTip, tooltip, valueAxis, type Option, type Part } from "./frame";
import { linesOf } from "./lines";
import { isNarrow, type Look } from "./look";
import { at, columnOf, counts, inWords, numberOf, placesOf } from "./rows";

const THICK = 22;

/** Pixels that a chart of bars needs. */
export function barsHeight(chart: Chart): number {
  if (counts(chart)) return 300;
  const beside = isStacked(chart) ? 1 : Math.max(chart.by === "" ? chart.y.length : new Set(chart.rows.map((row) => row[at(chart, chart.by)])).size, 1);
  return Math.max(90 + placesOf(chart).length * (10 + Math.min(beside, 4) * (beside > 1 ? 13 : 18)), 150);
}

/** Counts of one kind stand on each other; other values side by side. */
function isStacked(chart: Chart): boolean {
  const y = at(chart, chart.y[0] ?? "");
  return chart.by !== "" && columnOf(chart, chart.y[0] ?? "").unit === "1" && columnOf(chart, chart.y[0] ?? "").kind === "number" && chart.rows.every((row) => (numberOf(row[y]) ?? 0) >= 0);
}

export function bars(chart: Chart, look: Look): Option {
  const all = linesOf(chart, look);
  const shown = all.filter((one) => !look.hidden.has(one.name));
  const column = columnOf(chart, chart.x);
  const places = placesOf(chart);
  const upright = counts(chart);
  const stacked = isStacked(chart);
  const names = nameAxis(column, places, look, upright ? 60 : Math.min(look.width * 0.42, 260));
  const lying = { ...valueAxis(chart, look, { zero: true }), nameLocation: "middle", nameGap: 26, nameTextStyle: { color: look.palette.muted, fontSize: 11 }, splitNumber: isNarrow(look) ? 3 : 5 };
  const whiskers = upright ? null : whiskersOf(chart, look, places);
  return {
    ...base(chart, look),
    grid: grid(look, { top: upright ? 34 : 10, right: 48, bottom: upright ? 8 : 24 }),
    legend: legend(look, shown.map((one) => one.says), true),
    xAxis: upright ? names : lying,
    yAxis: upright ? valueAxis(chart, look, { zero: true }) : { ...names, inverse: true },
    tooltip: tooltip(look, "item", (given) => {
      const { dataIndex, seriesIndex } = given as { dataIndex: number; seriesIndex: number };
      const one = shown[seriesIndex];
      const row = one?.rows.find((each) => each[at(chart, chart.x)] === places[dataIndex]);
      if (one === undefined || row === undefined) return "";
      const title = [inWords(places[dataIndex], column, look.words), one.says].filter(Boolean).join(", ");
      const values = chart.columns.filter((each) => each.kind === "number" || each.kind === "share").map((each) => each.name);
      return rowTip(chart, look, row, values, title);
    }),
    series: [
      ...shown.map((one) => {
        const [x, y] = [at(chart, chart.x), at(chart, one.column)];
        const found = new Map(one.rows.map((row) => [row[x] ?? null, row[y] ?? null]));
        const colour = all.length === 1 ? look.palette.accent : colourOf(look, one.index);
        return {
          type: "bar",
          id: `bar ${one.column} ${one.name}`,
          name: one.says,
          ...(stacked ? { stack: "whole" } : {}),
          barMaxWidth: THICK,
          barGap: "8%",
          itemStyle: { color: colour, decal: all.length === 1 ? undefined : decalOf(look, one.index), borderRadius: stacked ? 0 : upright ? [2, 2, 0, 0] : [0, 2, 2, 0] },
          label: { show: all.length === 1 && whiskers === null && places.length <= 40, position: upright ? "top" : "right", color: look.palette.ink, fontSize: 11, formatter: (given: { dataIndex: number }) => inWords(found.get(places[given.dataIndex] ?? null), columnOf(chart, one.column), look.words) },
          emphasis: { disabled: true },
          data: places.map((place) => found.get(place) ?? null),
        };
      }),
      ...(whiskers === null ? [] : [whiskers]),
    ],
  };
}

/** P10 to P90 over the bar of a median or a mean, where the table holds them. */
function whiskersOf(chart: Chart, look: Look, places: readonly Cell[]): Part | null {
  const drawn = chart.y.length === 1 ? chart.y[0] : undefined;
  if (chart.by !== "" || (drawn !== "p50" && drawn !== "mean") || at(chart, "p10") < 0 || at(chart, "p90") < 0) return null;
  const x = at(chart, chart.x);
  const rows = places.map((place) => chart.rows.find((row) => row[x] === place));
  return {
    type: "custom",
    id: "whiskers",
    silent: true,
    z: 5,
    clip: true,
    encode: { x: [1, 2], y: 0 },
    data: rows.map((row, k) => [k, row?.[at(chart, "p10")] ?? null, row?.[at(chart, "p90")] ?? null]),
    renderItem: (_: unknown, api: { value(k: number): number; coord(at: number[]): [number, number] }) => {
      const [k, low, high] = [api.value(0), api.value(1), api.value(2)];
      if (!Number.isFinite(low) || !Number.isFinite(high)) return null;
      const [from, y] = api.coord([low, k]);
      const [to] = api.coord([high, k]);
      const line = (x1: number, y1: number, x2: number, y2: number) => ({ type: "line", shape: { x1, y1, x2, y2 }, style: { stroke: look.palette.ink, lineWidth: 1.6 } });
      return { type: "group", children: [line(from, y, to, y), line(from, y - 4, from, y + 4), line(to, y - 4, to, y + 4)] };
    },
  };
}
