// Where levers stand: in the address as `lever.NAME`, only for those that are moved from where the run stands.
import type { State } from "../address";
import type { Lever, Settings } from "./types";

export const PREFIX = "lever.";

/** Where the run itself stands. */
export function homeOf(lever: Lever): number {
  return lever.run ?? lever.plan;
}

/** Where every lever stands; a value in the address that is no number counts as none. */
export function standing(levers: readonly Lever[], state: State): Settings {
  return Object.fromEntries(
    levers.map((lever) => {
      const written = state[PREFIX + lever.name];
      const value = written === undefined ? NaN : Number(written);
      return [lever.name, Number.isFinite(value) ? value : homeOf(lever)];
    }),
  );
}

/** Names of levers in the address that the strategy does not have. */
export function strangers(levers: readonly Lever[], state: State): string[] {
  const known = new Set(levers.map((lever) => lever.name));
  return Object.keys(state)
    .filter((name) => name.startsWith(PREFIX))
    .map((name) => name.slice(PREFIX.length))
    .filter((name) => !known.has(name));
}

/** As the address writes a value: no rounding error of a step is written, and where the run stands nothing is. */
export function written(lever: Lever, value: number): string | null {
  const rounded = Number(value.toPrecision(10));
  return rounded === homeOf(lever) ? null : String(rounded);
}

/** The levers that do not stand at the plan: what a run is asked for. */
export function movedFrom(levers: readonly Lever[], settings: Settings): Record<string, number> {
  return Object.fromEntries(levers.filter((lever) => settings[lever.name] !== lever.plan).map((lever) => [lever.name, settings[lever.name] ?? lever.plan]));
}

/** Percent for what is a part or a multiple, else the value itself. */
export function isPart(lever: Lever): boolean {
  return lever.unit === "1" || lever.unit === "";
}
