// Which claims are shown, and in which order: what the address says of it.
import type { State } from "./address";
import { label, locale, textOf } from "./messages";
import { orderOf, sorted } from "./sorting";
import type { Cell, ClaimRow } from "./types";
import { order as orderOfAnswer } from "./verdicts";

export const FILTERS = ["answer", "basis", "sector", "kind"] as const;
export type Filter = (typeof FILTERS)[number];

/** The values of a row that a filter may ask for. */
export function valuesOf(row: ClaimRow, filter: Filter): string[] {
  if (filter === "basis") return row.basis.split("+");
  return [row[filter]];
}

/** The values that occur, with how often; most often first. */
export function valuesIn(rows: readonly ClaimRow[], filter: Filter): { value: string; count: number }[] {
  const found = new Map<string, number>();
  for (const row of rows) for (const value of valuesOf(row, filter)) found.set(value, (found.get(value) ?? 0) + 1);
  const all = [...found].map(([value, count]) => ({ value, count }));
  if (filter === "answer") return all.sort((a, b) => orderOfAnswer(a.value) - orderOfAnswer(b.value));
  return all.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}

export function says(row: ClaimRow): string {
  return textOf(`claim:${row.claim}`, row.says);
}

function plain(words: string): string {
  return words.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
}

/** Whether every word asked for stands in the claim, in the reader's language or in English. */
export function matches(row: ClaimRow, asked: string): boolean {
  const hay = plain([row.claim, row.says, says(row), row.sector, label("sector", row.sector), ...row.partners, ...(row.conflicts ?? [])].join(" "));
  return plain(asked)
    .split(/\s+/)
    .every((word) => hay.includes(word));
}

function sortValue(row: ClaimRow, by: string): Cell | undefined {
  switch (by) {
    case "claim":
      return row.claim;
    case "answer":
      return orderOfAnswer(row.answer);
    case "basis":
      return label("basis", row.basis);
    case "share":
      return row.share;
    case "margin":
      return row.margin;
    case "hinges":
      return row.hinges_on[0]?.share ?? null;
    case "conflicts":
      return row.conflicts.length;
    case "paragraph":
      return row.paragraph;
    case "sector":
      return label("sector", row.sector);
    default:
      return null;
  }
}

/** The claims that the state of the page asks for, in its order. */
export function selected(rows: readonly ClaimRow[], state: State): ClaimRow[] {
  const kept = rows.filter(
    (row) =>
      FILTERS.every((filter) => !state[filter] || valuesOf(row, filter).includes(state[filter])) &&
      (!state.find || matches(row, state.find)),
  );
  return sorted(kept, orderOf(state.sort ?? ""), sortValue, locale());
}
