// What the API gives: the same types as src/morava/views/types.py, and the pages made of them.

export type Cell = number | string | boolean | null;
export type Drawn = "bands" | "lines" | "stack" | "bars" | "gantt" | "heat" | "tree" | "dots" | "none";
export type ColumnKind =
  "year" | "number" | "share" | "date" | "hour" | "label" | "text" | "claim" | "fact" | "source" | "initiative" | "flag";

export interface Column {
  name: string;
  key: string;
  kind: ColumnKind;
  dim: string;
  unit: string;
}

/** A claim's bound drawn on a chart. */
export interface Mark {
  claim: string;
  test: string;
  year: number | null;
  at_least: number | null;
  at_most: number | null;
}

export interface Reference {
  kind: string;
  name: string;
}

export interface Note {
  key: string;
  arguments: Record<string, Cell>;
}

export interface Chart {
  name: string;
  key: string;
  drawn: Drawn;
  columns: Column[];
  rows: Cell[][];
  x: string;
  y: string[];
  by: string;
  unit: string;
  marks: Mark[];
  sources: Reference[];
  notes: Note[];
}

export interface Headline {
  name: string;
  key: string;
  unit: string;
  kind: string;
  year: number | null;
  p10: number | string | null;
  p50: number | string | null;
  p90: number | string | null;
  chart: string;
  notes: Note[];
  where: Record<string, string>;
}

export interface Screen {
  name: string;
  headlines: Headline[];
  charts: Chart[];
  choices: Record<string, string[]>;
  chosen: Record<string, string>;
  notes: Note[];
}

export interface Problem {
  what: string;
  where: string;
  mend: string;
}

export interface RunRow {
  run: string;
  country: string;
  strategy: string;
  futures: number;
  seed: number;
  finished: boolean;
  /** Whether it was made with the code and libraries of today; of another one only the saved verdicts can be read. */
  current: boolean;
  done: number;
  total: number;
  made: string;
  levers: Record<string, number>;
}

/** What a run is. */
export interface About {
  run: string;
  country: string;
  title: string;
  strategy: string;
  strategy_title: string;
  because: string;
  price_base: string;
  as_of: string;
  first_year: number;
  last_year: number;
  pack_version: string;
  boundary: string;
  futures: number;
  answered: number;
  failed: Record<string, string>;
  seed: number;
  power_futures: number;
  power_years: string;
  power_weeks: number;
  power_screened: number;
  hashes: Record<string, string>;
  versions: Record<string, string>;
  languages: string[];
  screens: string[];
  left_out: string[];
}

export interface Served {
  version: string;
  country: string;
  run: string | null;
  document: boolean;
  futures: number;
  packs: { country: string; strategies: string[] }[];
}

export interface Cost {
  run: string;
  done: number;
  total: number;
  seconds: number | null;
}

export interface Job {
  job: string;
  run: string;
  state: "waiting" | "running" | "done" | "failed" | "stopped";
  done: number;
  total: number;
  problems: Problem[];
  seconds_left: number | null;
  country: string;
  strategy: string;
  futures: number;
  levers: Record<string, number>;
}

export interface Hinge {
  factor: string;
  key: string;
  label: string;
  share: number;
}

export interface PromiseRow {
  initiative: string;
  promise: string;
  milestone: string;
  said: string;
  date: string;
  kind: string;
  source: string;
}

export interface ClaimRow {
  claim: string;
  says: string;
  sector: string;
  kind: string;
  voice: string;
  tense: string;
  partners: string[];
  document: string;
  paragraph: number;
  answer: string;
  basis: string;
  open: boolean;
  share: number | null;
  interval: [number, number] | null;
  required_share: number;
  margin: number | null;
  margin_unit: string;
  hinges_on: Hinge[];
  conflicts: string[];
  tests: number;
  promises: PromiseRow[];
  initiatives: string[];
}

export interface Look {
  quantity: string;
  where: Record<string, string[]>;
  year: [number, number] | null;
  over: Record<string, string>;
}

export interface TestRow {
  name: string;
  says: string;
  quantity: string;
  looks_at: Look;
  against: Look | null;
  without: string;
  compare: string;
  unit: string;
  is_date: boolean;
  at_least: number | null;
  at_most: number | null;
  by: string;
  not_before: string;
  bound: string;
  answer: string;
  basis: string;
  share: number | null;
  interval: [number, number] | null;
  p10: Cell;
  p50: Cell;
  p90: Cell;
  margin: number | null;
  hinges_on: Hinge[];
  reason: string;
  chart: string;
}

/** A fact as a claim's page shows it: its value is in words already. */
export interface ShownFact {
  fact: string;
  quantity: string;
  where: Record<string, string>;
  value: string;
  unit: string;
  period: string;
  known_on: string;
  status: string;
  source: string;
  address: string;
  grade: string;
  licence: string;
  note: string;
}

export interface ShownConflict {
  conflict: string;
  subject: string;
  kind: string;
  sides: (ShownFact | { claim: string; says: string })[][];
  weights: number[];
  chosen: number | null;
  reading: string;
}

export interface ShownInitiative {
  initiative: string;
  title: string;
  status: string;
  partners: string[];
  promises: { promise: string; milestone: string; said: string; date: string; kind: string }[];
  changes: { quantity: string; verb: string; unit: string; value: number | Record<string, number>; where: Record<string, string>; start: string; because: string }[];
  financing: { lender: string; partner: string; share: number; kind: string; status: string }[];
  financing_known: number;
  finish?: string[];
  latest_promise?: string;
  share_by_latest_promise?: number;
  cancelled_share?: number;
  initiative_outturn?: { quantiles: number[]; unit: string };
  funding_gap?: { quantiles: number[]; unit: string };
}

export interface SpreadRow {
  label: string;
  p10: number;
  p50: number;
  p90: number;
  holds: number | null;
  futures: number;
}

export interface ClaimPage {
  row: ClaimRow;
  passage: { document: string; paragraph: number; start: number; length: number; sha256: string; title: string; published: string };
  evidence: { status: string; note: string };
  awaits: string;
  reasons: string[];
  tests: TestRow[];
  charts: Chart[];
  conflicts: ShownConflict[];
  facts: ShownFact[];
  initiatives: ShownInitiative[];
  spread: { test: string; unit: string; choices: { by: string; of: string; moves: number; values: SpreadRow[] }[] }[];
  foreseen: { quantity: string; title: string; verdict: string; skill: number | null; coverage: number | null; effective_n: number | null; says: string }[];
  closure: { main: string; says: string; others: Record<string, string>; rows: Record<string, Cell>[] } | null;
  models: string[];
  sentence?: string | null;
}

export interface Finding {
  name: string;
  rule: string;
  subject: string;
  severity: string;
  says: string;
  mend: string;
  claims: string[];
  paragraphs: string[];
  facts: string[];
  initiatives: string[];
  agreements: string[];
  envelopes: string[];
  conflicts: string[];
  numbers: { what: string; low: number | null; high: number | null; unit: string }[];
}

export interface Findings {
  findings: Finding[];
  scores: { rule: string; title: string; applicable: number; met: number; share: number | null; points: number; possible: number }[];
  met: number;
  applicable: number;
  share: number | null;
}

export interface FactRow {
  fact: string;
  quantity: string;
  where: Record<string, string>;
  low: number | null;
  high: number | null;
  text: string;
  unit: string;
  period: string;
  known_on: string;
  vintage: string;
  status: string;
  locator: string;
  note: string;
  source: string;
  source_title: string;
  address: string;
  grade: string;
  licence: string;
}

export interface Facts {
  total: number;
  offset: number;
  limit: number;
  facts: FactRow[];
}

export interface FactPage {
  row: FactRow;
  base_unit: string;
  low_in_base: number | null;
  high_in_base: number | null;
  conflicts: string[];
  claims: string[];
  initiatives: string[];
  changed_by: string[];
  models: string[];
}

export interface SourceRow {
  source: string;
  title: string;
  producer: string;
  address: string;
  published: string;
  accessed: string;
  licence: string;
  sha256: string;
  grade: string;
  facts: number;
  series: string[];
  tables: string[];
}

export interface ConflictRow {
  conflict: string;
  subject: string;
  kind: string;
  sides: Reference[][];
  weights: number[];
  chosen: number | null;
  reading: string;
}

export interface Method {
  name: string;
  key: string;
  title: string;
  text: string;
  quantities: string[];
}
