// How things are said: one Fluent catalogue for page, report and command line, and numbers and dates as each language writes them.
import { FluentBundle, type FluentFunction, FluentNumber, FluentResource, type FluentVariable } from "@fluent/bundle";
import { get, getText, runPath } from "./data";
import { signal } from "./signal.svelte";
import type { Cell, Note } from "./types";

/** The languages, each named in itself, with the locale that writes its numbers. */
export const LANGUAGES = [
  { code: "en", name: "English", locale: "en-GB" },
  { code: "sr-Cyrl", name: "Српски", locale: "sr-Cyrl-RS" },
  { code: "sr-Latn", name: "Srpski", locale: "sr-Latn-RS" },
  { code: "zh-Hans", name: "中文", locale: "zh-Hans-CN" },
] as const;

export type Language = (typeof LANGUAGES)[number]["code"];

interface Spoken {
  code: Language;
  locale: string;
  bundle: FluentBundle | null;
}

const spoken = signal<Spoken>({ code: "en", locale: "en-GB", bundle: null });
const written = signal<{ own: Record<string, string>; english: Record<string, string> }>({ own: {}, english: {} });
const missed = new Set<string>();

/** The language asked for, the nearest of the browser's, or English. */
export function chooseLanguage(asked: string, browser: readonly string[]): Language {
  for (const wanted of [asked, ...browser]) {
    const exact = LANGUAGES.find((one) => one.code.toLowerCase() === wanted.toLowerCase());
    if (exact) return exact.code;
    const low = wanted.toLowerCase();
    if (/^(sr|sh)\b.*latn/.test(low)) return "sr-Latn";
    if (/^sr\b/.test(low)) return "sr-Cyrl";
    if (/^zh\b/.test(low)) return "zh-Hans";
    if (/^en\b/.test(low)) return "en";
  }
  return "en";
}

/** A number as a message wants it; unlike Fluent's own NUMBER it also writes percents, as the catalogue's other reader does. */
const NUMBER: FluentFunction = ([given], wanted) => {
  const options = Object.fromEntries(Object.entries(wanted).map(([name, one]) => [name, one instanceof FluentNumber ? one.value : String(one)]));
  if (given instanceof FluentNumber) return new FluentNumber(given.value, { ...given.opts, ...options });
  return given ?? "";
};

/** Make a bundle of a catalogue; what cannot be read of it is told, and the rest serves. */
export function bundleOf(code: Language, text: string): FluentBundle {
  const bundle = new FluentBundle(localeOf(code), { useIsolating: false, functions: { NUMBER } });
  for (const error of bundle.addResource(new FluentResource(text))) console.error(`messages: ${error.message}`);
  return bundle;
}

/** Load a language and speak it. */
export async function speak(code: Language): Promise<void> {
  const text = await getText(`/api/languages/${code}.ftl`);
  use(code, text);
}

/** Speak a catalogue that is at hand. */
export function use(code: Language, text: string): void {
  missed.clear();
  spoken.set({ code, locale: localeOf(code), bundle: bundleOf(code, text) });
}

function localeOf(code: Language): string {
  return LANGUAGES.find((one) => one.code === code)?.locale ?? "en-GB";
}

export function language(): Language {
  return spoken.get().code;
}

export function locale(): string {
  return spoken.get().locale;
}

export function isSpoken(): boolean {
  return spoken.get().bundle !== null;
}

export function has(key: string): boolean {
  return spoken.get().bundle?.hasMessage(key) ?? false;
}

/** What is said when no catalogue came: the one thing that a catalogue cannot say. */
const WITHOUT_CATALOGUE: Readonly<Record<string, string>> = {
  "state-offline": "No answer from Morava",
  "state-offline-about": "This page asks the program on your own machine. It may have been stopped: start `morava serve` again, then try again.",
  "state-failed": "Something went wrong",
  "state-failed-about": "This is a fault of Morava or of the data, not yours.",
  "state-missing": "Not there",
  "state-missing-about": "Morava has no words in this language.",
  "state-refused": "This cannot be shown",
  "state-refused-about": "Morava refused the request, and says why.",
  "state-what": "What",
  "state-where": "Where",
  "state-mend": "What mends it",
  "action-try-again": "Try again",
};

/** Say a message. A missing one shows its key and is told in the console, where tests find it. */
export function t(key: string, args: Record<string, Cell | undefined> = {}): string {
  const { bundle } = spoken.get();
  if (bundle === null) return WITHOUT_CATALOGUE[key] ?? key;
  const pattern = bundle.getMessage(key)?.value;
  if (pattern === null || pattern === undefined) {
    if (!missed.has(key)) {
      missed.add(key);
      console.error(`messages: ${language()} has no ${key}`);
    }
    return key;
  }
  const errors: Error[] = [];
  const said = bundle.formatPattern(pattern, variables(args), errors);
  for (const error of errors) console.error(`messages: ${key}: ${error.message}`);
  return said;
}

function variables(args: Record<string, Cell | undefined>): Record<string, FluentVariable> {
  const found: Record<string, FluentVariable> = {};
  for (const [name, value] of Object.entries(args)) {
    if (typeof value === "number") found[name] = value;
    else if (value === null || value === undefined) found[name] = "–";
    else found[name] = String(value);
  }
  return found;
}

/** Say a key that may not be in the catalogue, or else these words. */
export function orElse(key: string, words: string, args: Record<string, Cell | undefined> = {}): string {
  return has(key) ? t(key, args) : words;
}

/** Lower case, every run of other characters than letters and digits one hyphen: as `languages.slug`. */
export function slug(words: string): string {
  return words
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "");
}

/** What people wrote in a pack, by the dimension that it labels. */
const OWN_WORDS = new Set(["initiative", "stage", "claim", "test", "agreement", "envelope", "class", "conflict", "lever", "milestone"]);

/** A label of a dimension: a message, the pack's own words, or the label as it is. */
export function label(dim: string, name: string): string {
  if (dim === "answer") return answer(name);
  if (dim === "basis") return basis(name);
  if (dim === "quantity") return quantity(name);
  const own = OWN_WORDS.has(dim) ? textOf(`${dim}:${name}`) : "";
  if (own !== "") return own;
  const key = slug(name);
  return has(`label-${dim}-${key}`) ? t(`label-${dim}-${key}`) : orElse(`${dim}-${key}`, name);
}

/** An answer in a word or two, as on a chip. */
export function answer(name: string): string {
  const key = slug(name);
  return has(`verdict-${key}`) ? t(`verdict-${key}`) : t(`answer-${key}`);
}

/** An answer as a sentence says it. */
export function answerLong(name: string): string {
  return t(`answer-${slug(name)}`);
}

/** What an answer rests on; of several, joined by plus, each. */
export function basis(name: string): string {
  return name
    .split("+")
    .map((one) => orElse(`basis-${slug(one)}`, one))
    .join(" + ");
}

export function quantity(name: string): string {
  return orElse(`quantity-${name}`, name);
}

const MONEY = /\b([A-Z]{3})_(\d{4})\b/;

/** The unit of a number in words, with the money of the pack in it: `million EUR_2025 / year`. */
export function unit(name: string): string {
  if (name === "" || name === "1") return "";
  const money = MONEY.exec(name);
  const base = money ? orElse("price-base", `${money[1]} ${money[2]}`, { currency: money[1], year: money[2] }) : "";
  const key = `unit-${slug(name.replace(MONEY, "money"))}`;
  return orElse(key, name.replace(MONEY, "$1 $2"), { base });
}

const numbers = new Map<string, Intl.NumberFormat>();

function formatter(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = locale() + JSON.stringify(options);
  let found = numbers.get(key);
  if (found === undefined) {
    found = new Intl.NumberFormat(locale(), options);
    numbers.set(key, found);
  }
  return found;
}

/** A number as it is read: four significant digits, or so many decimals. */
export function number(value: Cell | undefined, decimals?: number): string {
  if (value === null || value === undefined) return "–";
  if (value === "never") return t("state-never");
  if (typeof value !== "number") return String(value);
  if (decimals !== undefined) return formatter({ minimumFractionDigits: decimals, maximumFractionDigits: decimals }).format(value);
  const size = Math.abs(value);
  if (size >= 1000 || Number.isInteger(value)) return formatter({ maximumFractionDigits: 0 }).format(value);
  return formatter({ maximumSignificantDigits: size >= 100 ? 4 : 3 }).format(value);
}

/** A share as percent. */
export function percent(value: Cell | undefined, decimals = 0): string {
  if (value === null || value === undefined) return "–";
  if (typeof value !== "number") return String(value);
  return formatter({ style: "percent", minimumFractionDigits: 0, maximumFractionDigits: decimals }).format(value);
}

/** A share of futures as percent: near none and near all with a decimal, so that few is not said to be none. */
export function share(value: number | null | undefined): string {
  if (value === null || value === undefined) return "–";
  const left = Math.min(value, 1 - value);
  return percent(value, left <= 0 || left >= 0.02 ? 0 : left >= 0.0005 ? 1 : 2);
}

/** A year, never with a thousands sign. */
export function year(value: Cell | undefined): string {
  return value === null || value === undefined ? "–" : String(value);
}

/** A date written as a day, a month, a quarter, a half, a year, or `never`. */
export function date(value: Cell | undefined): string {
  if (value === null || value === undefined || value === "") return "–";
  if (value === "never") return t("state-never");
  if (typeof value === "number") return date(dayOf(value));
  if (typeof value === "boolean") return String(value);
  const found = /^(\d{4})-(\d{2})(?:-(\d{2}))?/.exec(value);
  if (found === null) return value;
  const [, y, m, d] = found;
  const moment = new Date(Date.UTC(Number(y), Number(m) - 1, Number(d ?? "1")));
  if (Number.isNaN(moment.getTime())) return value;
  const options: Intl.DateTimeFormatOptions = d === undefined ? { month: "short" } : { day: "numeric", month: "short" };
  return new Intl.DateTimeFormat(locale(), { ...options, year: "numeric", timeZone: "UTC" }).format(moment);
}

/** The day of a decimal year. */
function dayOf(moment: number): string {
  const whole = Math.floor(moment);
  const start = Date.UTC(whole, 0, 1);
  const length = Date.UTC(whole + 1, 0, 1) - start;
  return new Date(start + (moment - whole) * length).toISOString().slice(0, 10);
}

/** A moment on the clock. */
export function moment(value: string): string {
  const when = new Date(value);
  if (Number.isNaN(when.getTime())) return value;
  return new Intl.DateTimeFormat(locale(), { dateStyle: "medium", timeStyle: "short" }).format(when);
}

/** Some seconds, as a person says them. */
export function duration(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined || !Number.isFinite(seconds)) return "–";
  if (seconds < 90) return t("state-seconds", { count: Math.max(1, Math.round(seconds)) });
  if (seconds < 5400) return t("state-minutes", { count: Math.round(seconds / 60) });
  return t("state-hours", { count: Number((seconds / 3600).toFixed(1)) });
}

/** A value of a kind with its unit. */
export function value(of: Cell | undefined, kind: string, unitName: string): string {
  if (of === null || of === undefined) return "–";
  if (kind === "date" || (typeof of === "string" && /^\d{4}-\d{2}/.test(of))) return date(of);
  if (kind === "share" && typeof of === "number") return percent(of, Math.abs(of) < 0.1 ? 1 : 0);
  const words = unit(unitName);
  return words === "" ? number(of) : `${number(of)} ${words}`;
}

export function note(one: Note): string {
  const args: Record<string, Cell | undefined> = {};
  for (const [name, given] of Object.entries(one.arguments ?? {})) {
    if (typeof given === "string" && name === "quantity") args[name] = quantity(given);
    else if (typeof given === "string" && name === "unit") args[name] = unit(given);
    else if (typeof given === "number" && /year$/.test(name)) args[name] = String(given);
    else args[name] = given;
  }
  return t(one.key, args);
}

/** Load what people wrote in the pack of a run, in a language, with English behind it. */
export async function read(run: string, code: Language): Promise<void> {
  const load = async (one: string) => {
    const found = await get<Record<string, string> | { texts: Record<string, string> }>(runPath(run, `texts/${one}`));
    return (typeof found.texts === "object" ? found.texts : found) as Record<string, string>;
  };
  try {
    const english = await load("en");
    written.set({ english, own: code === "en" ? english : await load(code).catch(() => english) });
  } catch {
    written.set({ english: {}, own: {} });
  }
}

/** A text of the pack and the language that it is in; empty where there is none. */
export function text(id: string, otherwise = ""): { text: string; lang: string } {
  const { own, english } = written.get();
  const mine = own[id];
  const base = english[id];
  if (mine !== undefined && mine !== "" && (mine !== base || language() === "en")) return { text: mine, lang: language() };
  return { text: base ?? otherwise, lang: "en" };
}

export function textOf(id: string, otherwise = ""): string {
  return text(id, otherwise).text;
}
