// P10 to P90 as an area and P50 as a line; several series differ by stroke and end label, not by colour alone.
import type { Cell, Chart } from "../types";
import { axisTip, base, colourOf, countAxis, decalOf, grid, legend, nameAxis, valueAxis, type Option, type Part } from "./frame";
import { isNarrow, type Look } from "./look";
import { markLine, rangeWith } from "./marks";
import { DASHES, SYMBOLS } from "./palette";
import { at, columnOf, counts, inWords, numberOf, placesOf, seriesOf, withUnit, type Series } from "./rows";

/** Of so few places each is drawn as a point. */
const FEW = 8;

export function bands(chart: Chart, look: Look): Option {
  const all = seriesOf(chart, look.words);
  const shown = all.filter((one) => !look.hidden.has(one.name));
  const [low = "", middle = "", high = ""] = chart.y;
  const values = shown.flatMap((one) => one.rows.flatMap((row) => [low, high].map((name) => numberOf(row[at(chart, name)])).filter((v): v is number => v !== null)));
  const axis = alongX(chart, look);
  const range = rangeWith(chart, values);
  const labelled = all.length > 1 && !isNarrow(look);
  return {
    ...base(chart, look),
    grid: grid(look, { right: labelled ? endRoom(shown) : 20, bottom: axis.named ? 22 : 8 }),
    legend: legend(look, shown.map((one) => one.says)),
    xAxis: axis.option,
    yAxis: { ...valueAxis(chart, look, { range }), ...limits(range, values) },
    tooltip: axisTip(chart, look, all, (row) => bandWords(chart, look, row)),
    series: all.flatMap((one) => bandOf(chart, look, one, { labelled, alone: all.length === 1, points: axis.places <= FEW, few: shown.length, from: axis.from, to: axis.to, names: [low, middle, high], first: one === shown[0] })),
  };
}

/** `95,000 (90,000 to 101,000) unit`. */
export function bandWords(chart: Chart, look: Look, row: readonly Cell[]): string {
  const [low = "", middle = "", high = ""] = chart.y;
  const column = columnOf(chart, middle);
  const [from, to] = [low, high].map((name) => inWords(row[at(chart, name)], column, look.words));
  return look.words.t("chart-band", { middle: withUnit(row[at(chart, middle)], column, look.words), low: from, high: to });
}

export interface Along {
  option: Part;
  from: number;
  to: number;
  places: number;
  named: boolean;
}

/** The axis along which a chart runs. */
export function alongX(chart: Chart, look: Look): Along {
  const column = columnOf(chart, chart.x);
  const places = placesOf(chart);
  if (counts(chart)) {
    const [from, to] = [Number(places[0]), Number(places.at(-1))];
    return { option: countAxis(column, look, from, to), from, to, places: places.length, named: column.kind !== "year" && column.kind !== "hour" };
  }
  return { option: nameAxis(column, places, look, 90), from: 0, to: places.length - 1, places: places.length, named: false };
}

/** Room for the names at the ends of lines. */
export function endRoom(shown: readonly Series[]): number {
  return Math.min(Math.max(...shown.map((one) => one.says.length), 0) * 6.4 + 22, 190);
}

/** Let bounds of claims lie inside the drawing. */
export function limits(range: [number, number] | null, values: readonly number[]): Part {
  if (range === null || values.length === 0) return {};
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const pad = (range[1] - range[0]) * 0.06;
  return {
    ...(range[0] < low ? { min: (seen: { min: number }) => nice(Math.min(seen.min, range[0] - pad), range[1] - range[0], false) } : {}),
    ...(range[1] > high ? { max: (seen: { max: number }) => nice(Math.max(seen.max, range[1] + pad), range[1] - range[0], true) } : {}),
  };
}

/** Round outwards to a step that suits a span. */
function nice(value: number, span: number, up: boolean): number {
  const step = 10 ** Math.floor(Math.log10(span || 1)) / 2;
  return (up ? Math.ceil(value / step) : Math.floor(value / step)) * step;
}

interface How {
  labelled: boolean;
  alone: boolean;
  points: boolean;
  few: number;
  from: number;
  to: number;
  names: [string, string, string];
  first: boolean;
}

function bandOf(chart: Chart, look: Look, one: Series, how: How): Part[] {
  const hidden = look.hidden.has(one.name);
  const colour = how.alone ? look.palette.accent : colourOf(look, one.index);
  const fill = how.alone ? look.palette.band : colour;
  const [low, middle, high] = how.names.map((name) => at(chart, name)) as [number, number, number];
  const x = at(chart, chart.x);
  const named = !counts(chart);
  const place = (row: readonly Cell[]) => (named ? inWords(row[x], columnOf(chart, chart.x), look.words) : row[x]);
  const rows = hidden ? [] : one.rows;
  const common = { type: "line", silent: true, symbol: "none", animation: false, stack: `band ${one.name}`, stackStrategy: "all" };
  const width = (row: readonly Cell[]) => {
    const [from, to] = [numberOf(row[low]), numberOf(row[high])];
    return from === null || to === null ? null : to - from;
  };
  return [
    { ...common, id: `low ${one.name}`, lineStyle: { opacity: 0 }, tooltip: { show: false }, data: rows.map((row) => [place(row), row[low]]) },
    {
      ...common,
      id: `band ${one.name}`,
      lineStyle: { opacity: 0 },
      areaStyle: { color: fill, opacity: how.alone ? 0.55 : how.few > 3 ? 0.1 : 0.2 },
      itemStyle: { decal: how.alone ? undefined : decalOf(look, one.index) },
      data: rows.map((row) => [place(row), width(row)]),
    },
    {
      type: "line",
      id: `middle ${one.name}`,
      name: one.says,
      z: 3,
      showSymbol: how.points,
      symbol: SYMBOLS[one.index % SYMBOLS.length],
      symbolSize: 7,
      color: colour,
      lineStyle: { color: colour, width: 2.4, type: DASHES[one.index % DASHES.length] },
      endLabel: {
        show: how.labelled && !hidden,
        formatter: "{a}",
        color: look.palette.ink,
        fontSize: 11,
        distance: 6,
        width: 170,
        overflow: "truncate",
      },
      labelLayout: { moveOverlap: "shiftY" },
      emphasis: { disabled: true },
      data: rows.map((row) => [place(row), row[middle]]),
      ...(how.first ? { markLine: markLine(chart, look, how.from, how.to) } : {}),
    },
  ];
}
