// Facts by what is looked for, as the API picks them: every word somewhere in the fact.
import type { FactRow } from "./types";

export function matching(facts: readonly FactRow[], asked: { find: string; status: string; quantity: string }): FactRow[] {
  const words = asked.find.toLowerCase().split(/\s+/).filter(Boolean);
  return facts.filter((fact) => {
    if (asked.status && fact.status !== asked.status) return false;
    if (asked.quantity && fact.quantity !== asked.quantity) return false;
    const hay = [fact.fact, fact.quantity, ...Object.values(fact.where), fact.text, fact.period, fact.note, fact.source, fact.source_title].join(" ").toLowerCase();
    return words.every((word) => hay.includes(word));
  });
}

/** Whether a fact is read as its words: it has no number, or it is a day that the pack holds as a part of a year. */
export function isWords(fact: FactRow): boolean {
  if (fact.low === null && fact.high === null) return true;
  return fact.unit === "year" && fact.text !== "" && fact.low !== null && fact.low > 1500 && fact.low < 2500;
}
