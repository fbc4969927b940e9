// What /api/runs/{run}/levers gives: what can be chosen otherwise, and what answers at once when it is.

export type LeverKind = "size" | "start" | "financing" | "policy";

export interface Lever {
  name: string;
  kind: LeverKind;
  initiative: string;
  initiatives?: string[];
  quantity?: string;
  unit: string;
  at_least: number;
  at_most: number;
  /** Where the strategy stands as written. */
  plan: number;
  /** Where the shown run itself stands. */
  run?: number;
  step: number;
  source: string;
  facts?: string[];
  sources?: string[];
}

export interface Range {
  name: string;
  at_least: number;
  at_most: number;
  plan: number;
}

export interface Output {
  name: string;
  quantity: string;
  where: Record<string, string>;
  unit: string;
  /** `share` is read in percent. */
  kind?: string;
  years: number[];
  levels: string[];
  /** [year][level], where every lever stands at the plan. */
  base: number[][];
  /** Root mean square of what was held out, by year, in the unit of the output. */
  error: number[];
  offset: number;
}

export interface Share {
  claim: string;
  test: string;
  base: number;
  error: number;
  offset: number;
}

export interface Fitted {
  run: string;
  country: string;
  strategy: string;
  design_points: number;
  held_out_points: number;
  futures: number;
  power_futures: number;
}

export interface EmulatorDocument {
  fitted: Fitted;
  current: boolean;
  stale: string[];
  levers: Range[];
  terms: number[][];
  outputs: Output[];
  claims: Share[];
  answered: Share;
  /** base64 of little-endian float32, [row, term]. */
  coefficients: string;
}

export interface LeversDocument {
  levers: Lever[];
  emulator: EmulatorDocument | null;
}

/** Where levers stand, by name; what is not named stands at the plan. */
export type Settings = Readonly<Record<string, number>>;
