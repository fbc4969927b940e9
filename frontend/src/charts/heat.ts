// A table by two names, as colours with the numbers in them.
import type { Chart } from "../types";
import { base, grid, nameAxis, rowTip, tooltip, type Option } from "./frame";
import { isNarrow, type Look } from "./look";
import { contrast } from "./palette";
import { at, columnOf, counts, inWords, numberOf, placesOf } from "./rows";

export function heatHeight(chart: Chart): number {
  return Math.max(130 + new Set(chart.rows.map((row) => row[at(chart, chart.by)])).size * 26, 200);
}

export function heat(chart: Chart, look: Look): Option {
  const [x, by, value] = [columnOf(chart, chart.x), columnOf(chart, chart.by), columnOf(chart, chart.y[0] ?? "")];
  const across = placesOf(chart);
  const down = [...new Set(chart.rows.map((row) => row[at(chart, by.name)] ?? null))];
  const cells = chart.rows.map((row, index) => ({ value: [across.indexOf(row[at(chart, x.name)] ?? null), down.indexOf(row[at(chart, by.name)] ?? null), numberOf(row[at(chart, value.name)]) ?? "-"], row: index }));
  const numbers = cells.map((cell) => cell.value[2]).filter((one): one is number => typeof one === "number");
  const [low, high] = [Math.min(...numbers, Infinity), Math.max(...numbers, -Infinity)];
  const { ramp } = look.palette;
  const top = ramp.at(-1) ?? look.palette.accent;
  const labelled = across.length * 46 < look.width * 0.75;
  return {
    ...base(chart, look),
    grid: grid(look, { top: 10, bottom: 56, right: 16 }),
    xAxis: { ...nameAxis(x, across, look, counts(chart) ? 60 : 84), splitArea: { show: false }, axisLabel: { color: look.palette.ink, fontSize: 11, rotate: counts(chart) || across.length < 7 ? 0 : 35, width: 110, overflow: "truncate", interval: isNarrow(look) && counts(chart) ? "auto" : 0 } },
    yAxis: { ...nameAxis(by, down, look, Math.min(look.width * 0.36, 220)), inverse: true },
    visualMap: {
      type: "continuous",
      min: numbers.length > 0 ? low : 0,
      max: numbers.length > 0 && high > low ? high : (numbers[0] ?? 0) + 1,
      orient: "horizontal",
      left: "center",
      bottom: look.keep ? 8 : 0,
      itemHeight: Math.min(look.width * 0.5, 260),
      itemWidth: 12,
      calculable: false,
      inRange: { color: ramp },
      text: numbers.length > 0 ? [inWords(high, value, look.words), inWords(low, value, look.words)] : [],
      textStyle: { color: look.palette.muted, fontSize: 11 },
    },
    tooltip: tooltip(look, "item", (given) => {
      const row = chart.rows[(given as { data?: { row?: number } }).data?.row ?? -1];
      if (row === undefined) return "";
      return rowTip(chart, look, row, chart.columns.filter((one) => one !== x && one !== by).map((one) => one.name), `${inWords(row[at(chart, by.name)], by, look.words)}, ${inWords(row[at(chart, x.name)], x, look.words)}`);
    }),
    series: [
      {
        type: "heatmap",
        id: "heat",
        itemStyle: { borderColor: look.palette.surface, borderWidth: 1.5 },
        label: { show: labelled, fontSize: 11, color: look.palette.ink, formatter: (given: { data: { row: number } }) => inWords(chart.rows[given.data.row]?.[at(chart, value.name)], value, look.words) },
        emphasis: { itemStyle: { borderColor: look.palette.ink } },
        data: cells.map((cell) => ({ ...cell, label: { color: inkOn(look, cell.value[2], low, high, top) } })),
      },
    ],
  };
}

/** Ink that can be read on the colour of a value. */
function inkOn(look: Look, value: unknown, low: number, high: number, top: string): string {
  if (typeof value !== "number" || high <= low) return look.palette.ink;
  const deep = (value - low) / (high - low) > 0.55;
  if (!deep) return look.palette.ink;
  return contrast(look.palette.surface, top) > contrast(look.palette.ink, top) ? look.palette.surface : look.palette.ink;
}
