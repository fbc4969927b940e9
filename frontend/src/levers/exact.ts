// What a run that was made with the levers so says of a watched number: read off its own charts.
import type { Cell, Chart, Screen } from "../types";
import type { Output } from "./types";

const LEVELS = ["p10", "p50", "p90"] as const;

/** P10, P50 and P90 by year of an output, in the first chart of the screens that has just this; null where none has. */
export function exactOf(screens: readonly Screen[], output: Output): Map<number, number[]> | null {
  for (const screen of screens) {
    for (const chart of screen.charts) {
      const found = within(chart, output);
      if (found !== null) return found;
    }
  }
  return null;
}

function within(chart: Chart, output: Output): Map<number, number[]> | null {
  const quantity = output.quantity.replaceAll("_", "-");
  if (chart.name !== quantity && !chart.name.startsWith(`${quantity}-all`) && chart.key !== `quantity-${output.quantity}`) return null;
  const at = (name: string) => chart.columns.findIndex((column) => column.name === name);
  const dims = chart.columns.filter((column) => column.kind === "label" || column.kind === "initiative").map((column) => column.name);
  const wanted = Object.entries(output.where).filter(([, label]) => label !== "sum");
  if (at("year") < 0 || LEVELS.some((level) => at(level) < 0) || dims.length !== wanted.length) return null;
  if (wanted.length !== Object.keys(output.where).length || wanted.some(([dim]) => !dims.includes(dim))) return null;
  if (chart.unit !== output.unit) return null;
  const rows = chart.rows.filter((row) => wanted.every(([dim, label]) => row[at(dim)] === label));
  const found = new Map<number, number[]>();
  for (const row of rows) {
    const levels = LEVELS.map((level): Cell => row[at(level)] ?? null);
    const year = row[at("year")];
    if (typeof year === "number" && levels.every((value) => typeof value === "number")) found.set(year, levels as number[]);
  }
  return found.size > 0 ? found : null;
}
