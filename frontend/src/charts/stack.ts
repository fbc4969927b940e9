// Parts of a whole over years or hours: parts above zero stand on each other, parts below hang under it.
import type { Cell, Chart } from "../types";
import { alongX, type Along } from "./bands";
import { axisTip, base, colourOf, decalOf, grid, legend, nameAxis, valueAxis, type Option, type Part } from "./frame";
import { lineOf } from "./lines";
import { isNarrow, type Look } from "./look";
import { at, columnOf, counts, inWords, numberOf, placesOf, seriesOf, withUnit, type Series } from "./rows";

/** Parts thinner than this share of the drawing carry no label. */
const THIN = 0.04;
/** So few places are columns: nothing is known between them. */
const FEW = 4;
const THICK = 72;

export function stack(chart: Chart, look: Look): Option {
  const all = seriesOf(chart, look.words);
  const shown = all.filter((one) => !look.hidden.has(one.name));
  const [value = "", ...over] = chart.y;
  const places = placesOf(chart);
  const few = places.length <= FEW;
  const axis = few ? columnsX(chart, look, places) : alongX(chart, look);
  const held = valuesOf(chart, all, value, places);
  const labels = isNarrow(look) ? [] : labelsOf(shown, held, places, look);
  const column = columnOf(chart, value);
  const xs = few || !counts(chart) ? places.map((place) => inWords(place, columnOf(chart, chart.x), look.words)) : places;
  const whole = seriesOf({ ...chart, by: "" }, look.words)[0];
  return {
    ...base(chart, look),
    grid: grid(look, { right: labels.length > 0 ? Math.min(Math.max(...labels.map((one) => one.says.length)) * 6.4 + 18, 180) : 20, bottom: axis.named ? 22 : 8 }),
    legend: legend(look, shown.map((one) => one.says), true),
    xAxis: axis.option,
    yAxis: valueAxis(chart, look, { zero: true }),
    tooltip: axisTip(chart, look, all, (row) => withUnit(row[at(chart, value)], column, look.words)),
    series: [
      ...all.flatMap((one) => partsOf(chart, look, one, held.get(one.name) ?? [], places, few)),
      ...(whole === undefined ? [] : over.map((name) => lineOf(chart, look, { ...firstOfPlace(chart, whole, places), says: look.words.column(columnOf(chart, name)), name: `over ${name}` }, name, { labelled: false, points: false, ink: true }, false))),
      ...(labels.length > 0 ? [labelSeries(look, labels, xs, few ? THICK / 2 + 6 : 6)] : []),
    ],
  };
}

/** An axis of a few columns. */
function columnsX(chart: Chart, look: Look, places: readonly Cell[]): Along {
  return { option: nameAxis(columnOf(chart, chart.x), places, look, 90), from: 0, to: places.length - 1, places: places.length, named: false };
}

/** What is the same for all parts of a place: the first row of each. */
function firstOfPlace(chart: Chart, whole: Series, places: readonly Cell[]): Series {
  const x = at(chart, chart.x);
  const first = new Map<Cell, Cell[]>();
  for (const row of whole.rows) if (!first.has(row[x] ?? null)) first.set(row[x] ?? null, row);
  return { ...whole, rows: places.map((place) => first.get(place)).filter((row): row is Cell[] => row !== undefined) };
}

/** The value of every part at every place; nothing is zero. */
export function valuesOf(chart: Chart, all: readonly Series[], value: string, places: readonly Cell[]): Map<string, number[]> {
  const [x, y] = [at(chart, chart.x), at(chart, value)];
  return new Map(
    all.map((one) => {
      const found = new Map(one.rows.map((row) => [row[x] ?? null, numberOf(row[y]) ?? 0]));
      return [one.name, places.map((place) => found.get(place) ?? 0)];
    }),
  );
}

function partsOf(chart: Chart, look: Look, one: Series, values: readonly number[], places: readonly Cell[], few: boolean): Part[] {
  const hidden = look.hidden.has(one.name);
  const colour = colourOf(look, one.index);
  const named = few || !counts(chart);
  const column = columnOf(chart, chart.x);
  const made = (side: "above" | "below", keep: (value: number) => number): Part => ({
    id: `${side} ${one.name}`,
    name: one.says,
    stack: side,
    stackStrategy: "all",
    color: colour,
    ...(few
      ? { type: "bar", barWidth: Math.min(THICK, (look.width * 0.5) / places.length), barGap: "-100%" }
      : { type: "line", symbol: "none", lineStyle: { width: 0.8, color: look.palette.surface }, areaStyle: { color: colour, opacity: 0.92 } }),
    itemStyle: { color: colour, decal: decalOf(look, one.index), ...(few ? { borderColor: look.palette.surface, borderWidth: 0.8 } : {}) },
    emphasis: { disabled: true },
    animation: false,
    data: hidden ? places.map((place) => [named ? inWords(place, column, look.words) : place, 0]) : places.map((place, k) => [named ? inWords(place, column, look.words) : place, keep(values[k] ?? 0)]),
  });
  const parts: Part[] = [];
  if (values.some((value) => value > 0) || !values.some((value) => value < 0)) parts.push(made("above", (value) => Math.max(value, 0)));
  if (values.some((value) => value < 0)) parts.push(made("below", (value) => Math.min(value, 0)));
  return parts;
}

export interface PartLabel {
  says: string;
  /** The place, counted from 0. */
  x: number;
  y: number;
}

/** The names of the parts at the right edge, in the middle of each. */
export function labelsOf(shown: readonly Series[], held: ReadonlyMap<string, readonly number[]>, places: readonly Cell[], look: Look): PartLabel[] {
  const last = places.length - 1;
  const at = (one: Series) => held.get(one.name)?.[last] ?? 0;
  const span = Math.max(...places.map((_, k) => shown.reduce((sum, one) => sum + Math.abs(held.get(one.name)?.[k] ?? 0), 0)), 0);
  let [above, below] = [0, 0];
  const found: PartLabel[] = [];
  for (const one of shown) {
    const value = at(one);
    const middle = value >= 0 ? above + value / 2 : below + value / 2;
    if (value >= 0) above += value;
    else below += value;
    if (Math.abs(value) >= span * THIN) found.push({ says: one.says, x: last, y: middle });
  }
  return look.words && found;
}

function labelSeries(look: Look, labels: readonly PartLabel[], xs: readonly unknown[], distance: number): Part {
  return {
    type: "scatter",
    id: "labels",
    silent: true,
    symbolSize: 1,
    itemStyle: { color: "transparent" },
    tooltip: { show: false },
    clip: false,
    label: { show: true, position: "right", distance, color: look.palette.ink, fontSize: 11, width: 165, overflow: "truncate", formatter: (given: { dataIndex: number }) => labels[given.dataIndex]?.says ?? "" },
    labelLayout: { moveOverlap: "shiftY" },
    animation: false,
    data: labels.map((one) => [xs[one.x], one.y]),
  };
}
