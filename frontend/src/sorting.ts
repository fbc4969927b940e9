// Order of rows: numbers by size, words as the language orders them, what is unknown always last.
import type { Cell } from "./types";

export interface Order {
  by: string;
  down: boolean;
}

/** Read an order from the address: `share`, or `-share` from the largest down. */
export function orderOf(written: string): Order | null {
  if (written === "") return null;
  return written.startsWith("-") ? { by: written.slice(1), down: true } : { by: written, down: false };
}

export function printOrder(order: Order | null): string {
  return order === null ? "" : `${order.down ? "-" : ""}${order.by}`;
}

/** The order after another press on a heading: up, down, and then as it came. */
export function pressed(order: Order | null, by: string, downFirst = false): Order | null {
  if (order === null || order.by !== by) return { by, down: downFirst };
  return order.down === downFirst ? { by, down: !downFirst } : null;
}

export function ariaSort(order: Order | null, by: string): "ascending" | "descending" | "none" {
  if (order === null || order.by !== by) return "none";
  return order.down ? "descending" : "ascending";
}

function isUnknown(value: Cell | undefined): boolean {
  return value === null || value === undefined || value === "" || (typeof value === "number" && Number.isNaN(value));
}

export function compare(a: Cell | undefined, b: Cell | undefined, down: boolean, collator: Intl.Collator): number {
  if (isUnknown(a) || isUnknown(b)) return Number(isUnknown(a)) - Number(isUnknown(b));
  const sign = down ? -1 : 1;
  if (typeof a === "number" && typeof b === "number") return sign * (a - b);
  return sign * collator.compare(String(a), String(b));
}

/** Return rows in an order; equal ones stay as they came. */
export function sorted<T>(rows: readonly T[], order: Order | null, value: (row: T, by: string) => Cell | undefined, locale: string): T[] {
  if (order === null) return [...rows];
  const collator = new Intl.Collator(locale, { numeric: true, sensitivity: "base" });
  return rows
    .map((row, place) => ({ row, place, key: value(row, order.by) }))
    .sort((a, b) => compare(a.key, b.key, order.down, collator) || a.place - b.place)
    .map(({ row }) => row);
}
