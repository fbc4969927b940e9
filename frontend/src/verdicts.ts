// The answers a claim can get, in the order they are shown, each with the shape and the colour that stand for it.
import { slug } from "./messages";

/** Names as the store writes them. */
export const ANSWERS = [
  "holds",
  "hinges",
  "fails",
  "confirmed",
  "partly",
  "contradicted",
  "unverified",
  "not modelled",
  "opinion",
] as const;

const TONES: Readonly<Record<string, string>> = {
  holds: "holds",
  hinges: "hinges",
  fails: "fails",
  confirmed: "confirmed",
  partly: "partly",
  contradicted: "contradicted",
};

/** The colour name of an answer: a custom property of the style sheet. Answers without evidence are grey. */
export function tone(answer: string): string {
  return TONES[slug(answer)] ?? "unverified";
}

export function order(answer: string): number {
  const found = ANSWERS.findIndex((one) => slug(one) === slug(answer));
  return found < 0 ? ANSWERS.length : found;
}

/** Count claims by answer, in the order of the answers; none is left out. */
export function counted(rows: readonly { answer: string }[]): { answer: string; count: number }[] {
  const found = new Map<string, number>();
  for (const row of rows) found.set(row.answer, (found.get(row.answer) ?? 0) + 1);
  return [...found].map(([answer, count]) => ({ answer, count })).sort((a, b) => order(a.answer) - order(b.answer));
}
