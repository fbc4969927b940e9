// Points: value against value or date against date, points of one name joined in their order; names on the axis get whiskers.
import type { Cell, Chart } from "../types";
import { base, colourOf, grid, legend, nameAxis, rowTip, tooltip, valueAxis, type Option, type Part } from "./frame";
import { isNarrow, type Look } from "./look";
import { DASHES, SYMBOLS } from "./palette";
import { at, columnOf, counts, decimalYear, inWords, numberOf, placesOf, seriesOf } from "./rows";

export function dotsHeight(chart: Chart): number {
  return counts(chart) || columnOf(chart, chart.x).kind === "date" ? 360 : Math.max(90 + placesOf(chart).length * 26, 150);
}

export function dots(chart: Chart, look: Look): Option {
  const x = columnOf(chart, chart.x);
  return x.kind === "date" || counts(chart) ? against(chart, look) : named(chart, look);
}

function valueOf(cell: Cell | undefined, date: boolean): number | null {
  return date ? decimalYear(cell) : numberOf(cell);
}

function against(chart: Chart, look: Look): Option {
  const all = seriesOf(chart, look.words);
  const [x, y] = [columnOf(chart, chart.x), columnOf(chart, chart.y[chart.y.length === 3 ? 1 : 0] ?? "")];
  const dates = x.kind === "date" && y.kind === "date";
  const points = (rows: readonly Cell[][]) =>
    rows
      .map((row) => [valueOf(row[at(chart, x.name)], x.kind === "date"), valueOf(row[at(chart, y.name)], y.kind === "date")])
      .filter((pair): pair is [number, number] => pair[0] !== null && pair[1] !== null);
  const every = points(chart.rows);
  const [from, to] = [Math.floor(Math.min(...every.map((one) => one[0]))), Math.ceil(Math.max(...every.map((one) => one[0])))];
  return {
    ...base(chart, look),
    grid: grid(look, { bottom: 26, top: 40 }),
    legend: legend(look, all.map((one) => one.says)),
    xAxis: axis(chart, look, x.name, { min: x.kind === "date" || x.kind === "year" ? from : undefined, max: x.kind === "date" || x.kind === "year" ? to : undefined }, false),
    yAxis: axis(chart, look, y.name, {}, true),
    tooltip: tooltip(look, "item", (given) => {
      const { data } = given as { data?: { row?: number } };
      const row = chart.rows[data?.row ?? -1];
      return row === undefined ? "" : rowTip(chart, look, row, chart.columns.filter((one) => one.name !== chart.by).map((one) => one.name), chart.by === "" ? look.title : inWords(row[at(chart, chart.by)], columnOf(chart, chart.by), look.words));
    }),
    series: [
      ...all.map((one) => ({
        type: "line",
        id: `dots ${one.name}`,
        name: one.says,
        showSymbol: true,
        symbol: SYMBOLS[one.index % SYMBOLS.length],
        symbolSize: 7,
        color: colourOf(look, one.index),
        lineStyle: { width: chart.by === "" ? 0 : 1.4, type: DASHES[one.index % DASHES.length], color: colourOf(look, one.index) },
        emphasis: { disabled: true },
        data: look.hidden.has(one.name)
          ? []
          : one.rows
              .map((row) => ({ value: [valueOf(row[at(chart, x.name)], x.kind === "date"), valueOf(row[at(chart, y.name)], y.kind === "date")], row: chart.rows.indexOf(row) }))
              .filter((point) => point.value.every((value) => value !== null))
              .sort((a, b) => Number(a.value[0]) - Number(b.value[0])),
      })),
      ...(dates ? [{ type: "line", id: "said", silent: true, symbol: "none", lineStyle: { color: look.palette.line, width: 1, type: "dashed" }, data: [[from, from], [to, to]], tooltip: { show: false } }] : []),
    ],
  };
}

function axis(chart: Chart, look: Look, name: string, limits: Part, up: boolean): Part {
  const column = columnOf(chart, name);
  const year = column.kind === "date" || column.kind === "year";
  const made = valueAxis({ ...chart, y: [name], unit: column.unit }, look, { name: [look.words.column(column), year || column.kind === "share" ? "" : look.words.unit(column.unit)].filter(Boolean).join(", ") });
  return {
    ...made,
    ...limits,
    minInterval: year ? 1 : undefined,
    nameLocation: up ? "end" : "middle",
    nameGap: up ? 14 : 26,
    nameTextStyle: { color: look.palette.muted, fontSize: 11, align: up ? "left" : "center" },
    splitNumber: isNarrow(look) ? 3 : 6,
    axisLabel: { color: look.palette.muted, fontSize: 11, hideOverlap: true, formatter: (value: number) => (year ? (Number.isInteger(value) ? String(value) : "") : column.kind === "share" ? look.words.percent(value) : look.words.short(value)) },
  };
}

/** A name a row: P50 as a point, P10 to P90 as a line. */
function named(chart: Chart, look: Look): Option {
  const column = columnOf(chart, chart.x);
  const places = placesOf(chart);
  const all = seriesOf(chart, look.words);
  const banded = chart.y.length === 3;
  const middle = columnOf(chart, (banded ? chart.y[1] : chart.y[0]) ?? "");
  const shift = (index: number) => (all.length === 1 ? 0 : (index - (all.length - 1) / 2) * Math.min(7, 18 / all.length));
  return {
    ...base(chart, look),
    grid: grid(look, { top: 10, bottom: 26, right: 24 }),
    legend: legend(look, all.map((one) => one.says)),
    xAxis: axis(chart, look, middle.name, {}, false),
    yAxis: { ...nameAxis(column, places, look, Math.min(look.width * 0.4, 240)), inverse: true },
    tooltip: tooltip(look, "item", (given) => {
      const { data } = given as { data?: { row?: number } };
      const row = chart.rows[data?.row ?? -1];
      return row === undefined ? "" : rowTip(chart, look, row, chart.columns.filter((one) => one.kind === "number" || one.kind === "share" || one.kind === "date").map((one) => one.name), inWords(row[at(chart, chart.x)], column, look.words));
    }),
    series: all.map((one) => ({
      type: "custom",
      id: `dots ${one.name}`,
      name: one.says,
      color: colourOf(look, one.index),
      encode: { x: banded ? [1, 2, 3] : 2, y: 0 },
      data: look.hidden.has(one.name)
        ? []
        : one.rows.map((row) => {
            const value = (name: string | undefined) => valueOf(row[at(chart, name ?? "")], columnOf(chart, name ?? "").kind === "date");
            return { value: [places.indexOf(row[at(chart, chart.x)] ?? null), value(banded ? chart.y[0] : middle.name), value(middle.name), value(banded ? chart.y[2] : middle.name)], row: chart.rows.indexOf(row) };
          }),
      renderItem: (_: unknown, api: { value(k: number): number; coord(at: number[]): [number, number] }) => {
        const [k, low, mid, high] = [0, 1, 2, 3].map((each) => api.value(each)) as [number, number, number, number];
        if (!Number.isFinite(mid)) return null;
        const colour = all.length === 1 ? look.palette.accent : colourOf(look, one.index);
        const [cx, y] = api.coord([mid, k]);
        const cy = y + shift(one.index);
        const [from] = api.coord([low, k]);
        const [to] = api.coord([high, k]);
        return {
          type: "group",
          children: [
            { type: "line", shape: { x1: from, y1: cy, x2: to, y2: cy }, style: { stroke: colour, lineWidth: 3, opacity: 0.5 } },
            { type: "circle", shape: { cx, cy, r: 5 }, style: { fill: colour, stroke: look.palette.surface, lineWidth: 1.5 } },
          ],
        };
      },
    })),
  };
}
