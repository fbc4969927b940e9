// The words of builders, from the messages of the page.
import { date, label, locale, number, percent, quantity, t, textOf, unit, orElse } from "../messages";
import type { Chart, Column } from "../types";
import type { Words } from "./look";

const compact = new Map<string, Intl.NumberFormat>();

/** A number on an axis: whole up to a million, beyond it in the short form of the language. */
function short(value: number): string {
  if (Math.abs(value) < 1e6) return number(value);
  let format = compact.get(locale());
  if (format === undefined) {
    format = new Intl.NumberFormat(locale(), { notation: "compact", maximumFractionDigits: 1 });
    compact.set(locale(), format);
  }
  return format.format(value);
}

/** What heads a column; the bare name where no message does. */
function column(of: Column): string {
  return orElse(of.key, of.key.startsWith("quantity-") ? quantity(of.key.slice(9)) : of.name);
}

export function words(): Words {
  return { t, label, column, unit, number, short, percent, date, claim: (name) => textOf(`claim:${name}`, name) };
}

export function titleOf(chart: Chart): string {
  return orElse(chart.key, chart.key.startsWith("quantity-") ? quantity(chart.key.slice(9)) : chart.name);
}
