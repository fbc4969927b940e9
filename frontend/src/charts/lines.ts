// Plain lines over an axis: hours of a week, years, or shares.
import type { Cell, Chart } from "../types";
import { alongX, endRoom, limits } from "./bands";
import { axisTip, base, colourOf, grid, legend, valueAxis, type Option, type Part } from "./frame";
import { isNarrow, type Look } from "./look";
import { markLine, rangeWith } from "./marks";
import { DASHES, SYMBOLS } from "./palette";
import { at, columnOf, counts, inWords, numberOf, seriesOf, withUnit, type Series } from "./rows";

const FEW = 12;

/** A series for each label of `by`, or for each drawn column. */
export function linesOf(chart: Chart, look: Look): (Series & { column: string })[] {
  if (chart.by !== "" || chart.y.length === 1) return seriesOf(chart, look.words).map((one) => ({ ...one, column: chart.y[0] ?? "" }));
  return chart.y.map((column, index) => ({ name: column, says: look.words.column(columnOf(chart, column)), rows: chart.rows, index, column }));
}

export function lines(chart: Chart, look: Look): Option {
  const all = linesOf(chart, look);
  const shown = all.filter((one) => !look.hidden.has(one.name));
  const axis = alongX(chart, look);
  const values = shown.flatMap((one) => one.rows.map((row) => numberOf(row[at(chart, one.column)])).filter((value): value is number => value !== null));
  const range = rangeWith(chart, values);
  const labelled = all.length > 1 && all.length <= 12 && !isNarrow(look);
  const columns = new Map(all.map((one) => [one.name, one.column]));
  return {
    ...base(chart, look),
    grid: grid(look, { right: labelled ? endRoom(shown) : 20, bottom: axis.named ? 22 : 8 }),
    legend: legend(look, shown.map((one) => one.says)),
    xAxis: axis.option,
    yAxis: { ...valueAxis(chart, look, { range }), ...limits(range, values) },
    tooltip: axisTip(chart, look, all, (row, one) => {
      const column = columnOf(chart, columns.get(one.name) ?? "");
      return withUnit(row[at(chart, column.name)], column, look.words);
    }),
    series: all.map((one) => lineOf(chart, look, one, one.column, { labelled, points: axis.places <= FEW, ...(one === shown[0] ? { markLine: markLine(chart, look, axis.from, axis.to) } : {}) }, all.length === 1)),
  };
}

/** One line; a further one over a stack is drawn in ink. */
export function lineOf(chart: Chart, look: Look, one: Series, column: string, how: { labelled: boolean; points: boolean; markLine?: Part | undefined; ink?: boolean }, alone: boolean): Part {
  const colour = how.ink ? look.palette.ink : alone ? look.palette.accent : colourOf(look, one.index);
  const hidden = look.hidden.has(one.name);
  const [x, y] = [at(chart, chart.x), at(chart, column)];
  const place = (row: readonly Cell[]) => (counts(chart) ? row[x] : inWords(row[x], columnOf(chart, chart.x), look.words));
  return {
    type: "line",
    id: `line ${column} ${one.name}`,
    name: one.says,
    z: 4,
    showSymbol: how.points,
    symbol: SYMBOLS[one.index % SYMBOLS.length],
    symbolSize: 7,
    color: colour,
    lineStyle: { color: colour, width: how.ink ? 2 : 2.2, type: how.ink ? [5, 3] : DASHES[one.index % DASHES.length] },
    endLabel: { show: how.labelled && !hidden, formatter: "{a}", color: look.palette.ink, fontSize: 11, distance: 6, width: 170, overflow: "truncate" },
    labelLayout: { moveOverlap: "shiftY" },
    emphasis: { disabled: true },
    data: hidden ? [] : one.rows.map((row) => [place(row), row[y]]),
    ...(how.markLine ? { markLine: how.markLine } : {}),
  };
}
