// A chart's table as a file: CSV as RFC 4180 has it, with names and units in the head, and JSON as the API gives it.
import type { Cell, Chart } from "../types";

/** One cell: quoted where it must be; a text that a spreadsheet would run as a formula begins with an apostrophe. */
function written(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell !== "string") return String(cell);
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Names of columns as in the API, with the unit in square brackets; numbers with a point, as machines read them. */
export function csv(chart: Chart): string {
  const head = chart.columns.map((column) => written(column.unit === "" || column.unit === "1" ? column.name : `${column.name} [${column.unit}]`));
  return [head, ...chart.rows.map((row) => row.map(written))].map((line) => `${line.join(",")}\r\n`).join("");
}

export function json(chart: Chart): string {
  return `${JSON.stringify(chart, null, 1)}\n`;
}

/** A name for a file: the run, the screen and the chart. */
export function fileName(parts: readonly (string | undefined)[], ending: string): string {
  const name = parts.filter((part) => part !== undefined && part !== "").join("-");
  return `${name.replaceAll(/[^A-Za-z0-9._-]+/g, "-")}.${ending}`;
}
