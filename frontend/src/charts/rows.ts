// Reading a chart's table: columns by name, rows by series, cells in words.
import type { Cell, Chart, Column } from "../types";
import type { Words } from "./look";

export const NEVER = "never";

const BLANK: Column = { name: "", key: "", kind: "text", dim: "", unit: "" };

export function columnOf(chart: Chart, name: string): Column {
  return chart.columns.find((column) => column.name === name) ?? BLANK;
}

/** Where a column stands in a row; -1 where there is none. */
export function at(chart: Chart, name: string): number {
  return chart.columns.findIndex((column) => column.name === name);
}

export function cellOf(chart: Chart, row: readonly Cell[], name: string): Cell {
  return row[at(chart, name)] ?? null;
}

export function numberOf(cell: Cell | undefined): number | null {
  return typeof cell === "number" && Number.isFinite(cell) ? cell : null;
}

/** A day, a month or a year as a decimal year; null for one that does not come or is not known. */
export function decimalYear(cell: Cell | undefined): number | null {
  if (typeof cell === "number") return cell;
  const found = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?/.exec(typeof cell === "string" ? cell : "");
  if (found === null) return null;
  const year = Number(found[1]);
  const start = Date.UTC(year, 0, 1);
  const moment = Date.UTC(year, Number(found[2] ?? 1) - 1, Number(found[3] ?? 1));
  return year + (moment - start) / (Date.UTC(year + 1, 0, 1) - start);
}

export interface Series {
  /** The label of the series, or of the drawn column; empty where there is only one. */
  name: string;
  says: string;
  rows: Cell[][];
  /** Its place among all series, which gives it its colour and stroke whatever else is switched off. */
  index: number;
}

/** The rows of a chart by the label of `by`, in the order in which labels come. */
export function seriesOf(chart: Chart, words: Words): Series[] {
  if (chart.by === "") return [{ name: "", says: "", rows: chart.rows, index: 0 }];
  const place = at(chart, chart.by);
  const column = columnOf(chart, chart.by);
  const found = new Map<string, Cell[][]>();
  for (const row of chart.rows) {
    const name = String(row[place] ?? "");
    const rows = found.get(name);
    if (rows === undefined) found.set(name, [row]);
    else rows.push(row);
  }
  return [...found].map(([name, rows], index) => ({ name, says: inWords(name, column, words), rows, index }));
}

/** The distinct values along the axis, years and hours in order, labels as they come. */
export function placesOf(chart: Chart): Cell[] {
  const place = at(chart, chart.x);
  const found = [...new Set(chart.rows.map((row) => row[place] ?? null))];
  return found.every((one) => typeof one === "number") ? (found as number[]).sort((a, b) => a - b) : found;
}

/** Whether the axis counts (years, hours, shares) or names. */
export function counts(chart: Chart): boolean {
  const column = columnOf(chart, chart.x);
  return column.kind !== "label" && column.kind !== "text" && column.kind !== "initiative" && placesOf(chart).every((one) => typeof one === "number");
}

/** A cell in words, without its unit. */
export function inWords(cell: Cell | undefined, column: Column, words: Words): string {
  if (cell === null || cell === undefined || cell === "") return "–";
  if (column.kind === "year") return String(cell);
  if (column.kind === "date") return words.date(cell);
  if (typeof cell === "boolean") return words.t(cell ? "state-yes" : "state-no");
  if (typeof cell === "number") {
    if (column.kind === "share") return words.percent(cell, Math.abs(cell) < 0.1 ? 1 : 0);
    return words.number(cell);
  }
  if (cell === NEVER) return words.date(cell);
  if (column.kind === "label" || column.kind === "initiative") return words.label(column.dim || column.name, cell);
  return cell;
}

/** A cell in words with its unit. */
export function withUnit(cell: Cell | undefined, column: Column, words: Words): string {
  const said = inWords(cell, column, words);
  const unit = column.kind === "number" && typeof cell === "number" ? words.unit(column.unit) : "";
  return unit === "" ? said : `${said} ${unit}`;
}
