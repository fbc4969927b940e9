// All state of the page stands in the query of its address, so that back, undo, a bookmark and a link are one thing.
// In a report on disk, where the query cannot be changed, it stands behind the # sign, and where that fails, in memory.
import { signal } from "./signal.svelte";

export type State = Readonly<Record<string, string>>;
/** What is to change: null or "" takes a name away. */
export type Change = Readonly<Record<string, string | number | null | undefined>>;

const FIRST = ["run", "screen", "claim"];
const LAST = ["lang", "theme"];
/** What stays when another screen is opened. */
const KEPT = new Set(["run", "lang", "theme"]);

export function parse(query: string): State {
  const found: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(query.replace(/^[?#]/, ""))) if (value !== "") found[name] = value;
  return found;
}

function place(name: string): string {
  const first = FIRST.indexOf(name);
  if (first >= 0) return `0${first}`;
  const last = LAST.indexOf(name);
  return last >= 0 ? `2${last}` : `1${name}`;
}

/** Write a state as a query, always in the same order, so that equal states have equal addresses. */
export function print(state: State): string {
  const names = Object.keys(state).sort((a, b) => (place(a) < place(b) ? -1 : 1));
  const query = new URLSearchParams(names.map((name) => [name, state[name] ?? ""]));
  return query.toString().replaceAll("%2C", ",").replaceAll("%3A", ":").replaceAll("%2F", "/");
}

export function changed(state: State, change: Change): State {
  const next: Record<string, string> = { ...state };
  for (const [name, value] of Object.entries(change)) {
    if (value === null || value === undefined || value === "") delete next[name];
    else next[name] = String(value);
  }
  return next;
}

/** The state of another screen: what belongs to the one that is left is dropped; the levers stay where they stand. */
export function elsewhere(state: State, screen: string, change: Change = {}): State {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(state)) if (KEPT.has(name) || name.startsWith("lever.")) kept[name] = value;
  return changed(kept, { screen, ...change });
}

interface Place {
  read(): string;
  push(query: string): void;
  replace(query: string): void;
  back(): void;
  listen(heard: () => void): void;
}

let depth = 0;

function inQuery(): Place {
  return {
    read: () => window.location.search,
    push: (query) => window.history.pushState({ depth: depth + 1 }, "", query === "" ? window.location.pathname : `?${query}`),
    replace: (query) => window.history.replaceState({ depth }, "", query === "" ? window.location.pathname : `?${query}`),
    back: () => window.history.back(),
    listen: (heard) =>
      window.addEventListener("popstate", (event) => {
        depth = (event.state as { depth?: number } | null)?.depth ?? 0;
        heard();
      }),
  };
}

/** States kept here, and shown behind the # sign where the browser lets us. */
function inMemory(hash: boolean): Place {
  const past: string[] = [];
  let now = hash ? window.location.hash.slice(1) : "";
  const show = (query: string) => {
    now = query;
    if (!hash) return;
    try {
      window.location.replace(`#${query}`);
    } catch {
      hash = false;
    }
  };
  return {
    read: () => now,
    push: (query) => {
      past.push(now);
      show(query);
    },
    replace: show,
    back: () => {
      show(past.pop() ?? now);
      depth = past.length;
      refresh();
    },
    listen: (heard) => {
      if (hash)
        window.addEventListener("hashchange", () => {
          if (window.location.hash.slice(1) === now) return;
          past.push(now);
          now = window.location.hash.slice(1);
          depth = past.length;
          heard();
        });
    },
  };
}

function chosen(): Place {
  if (typeof window === "undefined") return { read: () => "", push: () => {}, replace: () => {}, back: () => {}, listen: () => {} };
  const onDisk = window.location.protocol === "file:" || document.getElementById("morava-data") !== null;
  return onDisk ? inMemory(true) : inQuery();
}

const where = chosen();
if (typeof window !== "undefined") depth = (window.history.state as { depth?: number } | null)?.depth ?? 0;
const current = signal<State>(parse(where.read()));
const depths = signal(depth);

function refresh(): void {
  current.set(parse(where.read()));
  depths.set(depth);
}

where.listen(refresh);

/** The whole state. */
export function all(): State {
  return current.get();
}

/** One name of the state. */
export function get(name: string, otherwise = ""): string {
  return current.get()[name] ?? otherwise;
}

/** Change the state: a choice is a new entry of the history, a slider on its way (`replace`) is not. */
export function go(change: Change, replace = false): void {
  move(changed(current.get(), change), replace);
}

/** Open another screen. */
export function open(screen: string, change: Change = {}): void {
  move(elsewhere(current.get(), screen, change), false);
}

function move(next: State, replace: boolean): void {
  const query = print(next);
  if (query === print(current.get())) return;
  if (replace) where.replace(query);
  else {
    where.push(query);
    depth += 1;
  }
  current.set(next);
  depths.set(depth);
}

/** The address of a state, for a link that can also be opened in another window. */
export function href(change: Change): string {
  return linkTo(changed(current.get(), change));
}

export function hrefOf(screen: string, change: Change = {}): string {
  return linkTo(elsewhere(current.get(), screen, change));
}

function linkTo(state: State): string {
  const onDisk = typeof window !== "undefined" && document.getElementById("morava-data") !== null;
  return `${onDisk ? "#" : "?"}${print(state)}`;
}

/** Whether there is a state of this page before the present one. */
export function canUndo(): boolean {
  return depths.get() > 0;
}

/** Go back to the state before. */
export function undo(): void {
  if (depth > 0) where.back();
}

/** Let plain clicks on our own links change the state or scroll, without loading the page; all other clicks are the browser's. */
export function followLinks(event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = (event.target as Element | null)?.closest?.("a[href]");
  const to = link?.getAttribute("href") ?? "";
  if (/^#[\w.-]+$/.test(to)) {
    event.preventDefault();
    document.getElementById(to.slice(1))?.scrollIntoView();
    return;
  }
  if (!/^[?#].*=/.test(to) || link?.hasAttribute("download")) return;
  event.preventDefault();
  move(parse(to), false);
}
