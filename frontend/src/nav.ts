// Which screens there are, in the order of the navigation.
import { has, orElse, t } from "./messages";

/** Screens that this page draws by itself; all others are made of the charts that the API gives for them. */
const OWN = new Set(["claims", "levers", "findings", "compare", "sources", "runs"]);

const ORDER = [
  "country",
  "claims",
  "levers",
  "initiatives",
  "economy",
  "trade",
  "power",
  "dependence",
  "findings",
  "compare",
  "sources",
  "runs",
];

/** What groups of screens ask. */
export const GROUPS: readonly { key: string; screens: readonly string[] }[] = [
  { key: "nav-plan", screens: ["country", "claims", "levers", "initiatives"] },
  { key: "nav-world", screens: ["economy", "trade", "power", "dependence"] },
  { key: "nav-check", screens: ["findings", "compare", "sources", "runs"] },
];

/** The screens of a run in order: those it has, and those that every run has. */
export function screensOf(given: readonly string[], report: boolean): string[] {
  const always = ["claims", "levers", "findings", "sources", ...(report ? [] : ["compare", "runs"])];
  const all = [...new Set([...given, ...always])].filter((name) => !(report && (name === "compare" || name === "runs")));
  const at = (name: string) => (ORDER.includes(name) ? ORDER.indexOf(name) : ORDER.length - 4.5);
  return all.sort((a, b) => at(a) - at(b));
}

/** The screens by group; a screen that no group names stands with the world. */
export function grouped(screens: readonly string[]): { key: string; screens: string[] }[] {
  const known = new Set(GROUPS.flatMap((group) => group.screens));
  return GROUPS.map((group) => ({
    key: group.key,
    screens: screens.filter((name) => group.screens.includes(name) || (group.key === "nav-world" && !known.has(name))),
  })).filter((group) => group.screens.length > 0);
}

export function isOwn(screen: string): boolean {
  return OWN.has(screen);
}

export function title(screen: string): string {
  return orElse(`screen-${screen}`, screen);
}

export function about(screen: string): string {
  return has(`screen-${screen}-about`) ? t(`screen-${screen}-about`) : "";
}
