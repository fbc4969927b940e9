// Everything that the page shows comes through here: from the API of the machine it runs on, or, in a report, from its own file.
import { fromReport as inReport } from "./report";
import type { Problem } from "./types";

export { samePath } from "./report";

export type FailureKind = "offline" | "missing" | "refused" | "failed";

/** Why something could not be shown: what, where, and what mends it. */
export class Failure extends Error {
  constructor(
    readonly kind: FailureKind,
    readonly problems: readonly Problem[],
  ) {
    super(problems.map((problem) => problem.what).join("; ") || kind);
  }
}

let inlined: Record<string, unknown> | null | undefined;

function report(): Record<string, unknown> | null {
  if (inlined === undefined) {
    const element = typeof document === "undefined" ? null : document.getElementById("morava-data");
    inlined = element === null ? null : (JSON.parse(element.textContent ?? "{}") as Record<string, unknown>);
  }
  return inlined;
}

/** The language that a report was made in; empty of a page that is served. */
export function reportLanguage(): string {
  return typeof document === "undefined" ? "" : (document.documentElement.dataset.report ?? "");
}

/** Whether this page is a report: one file with its data in it. */
export function isReport(): boolean {
  return report() !== null;
}

async function fromReport(path: string, held: Record<string, unknown>, asText: boolean): Promise<unknown> {
  const found = await inReport(path, held, asText);
  if (found === undefined) throw new Failure("missing", [{ what: "not-in-report", where: path, mend: "" }]);
  return found;
}

async function problemsOf(answer: Response): Promise<Problem[]> {
  try {
    const content = (await answer.json()) as { problems?: Problem[]; detail?: unknown };
    if (Array.isArray(content.problems)) return content.problems;
  } catch {
    // Not ours: a proxy or a broken answer; the status says what is known.
  }
  return [{ what: `HTTP ${answer.status}`, where: answer.url.replace(window.location.origin, ""), mend: "" }];
}

async function ask(path: string, options: RequestInit = {}): Promise<Response> {
  let answer: Response;
  try {
    answer = await fetch(path, { credentials: "same-origin", ...options });
  } catch {
    throw new Failure("offline", []);
  }
  if (answer.ok) return answer;
  const kind: FailureKind = answer.status === 404 ? "missing" : answer.status < 500 ? "refused" : "failed";
  throw new Failure(kind, await problemsOf(answer));
}

const kept = new Map<string, Promise<unknown>>();
const KEPT_AT_MOST = 200;

function remembered<T>(path: string, made: () => Promise<T>): Promise<T> {
  const known = kept.get(path);
  if (known !== undefined) return known as Promise<T>;
  const promise = made();
  kept.set(path, promise);
  promise.catch(() => kept.delete(path));
  if (kept.size > KEPT_AT_MOST) kept.delete(kept.keys().next().value ?? "");
  return promise;
}

/** Get what stands at an address of the API. A run never changes, so its answers are kept; `fresh` asks again. */
export function get<T>(path: string, fresh = false): Promise<T> {
  const held = report();
  if (fresh) kept.delete(path);
  return remembered(path, async () => {
    if (held !== null) return (await fromReport(path, held, false)) as T;
    return (await (await ask(path)).json()) as T;
  });
}

/** The same for plain text. */
export function getText(path: string): Promise<string> {
  const held = report();
  return remembered(path, async () => {
    if (held !== null) return String(await fromReport(path, held, true));
    return (await ask(path)).text();
  });
}

export async function post<T>(path: string, content: unknown): Promise<T> {
  const headers = { "Content-Type": "application/json" };
  return (await (await ask(path, { method: "POST", headers, body: JSON.stringify(content) })).json()) as T;
}

export async function remove(path: string): Promise<void> {
  await ask(path, { method: "DELETE" });
}

/** Forget what was kept of addresses that begin so. */
export function forget(start: string): void {
  for (const path of [...kept.keys()]) if (path.startsWith(start)) kept.delete(path);
}

/** An address with parameters; empty ones are left out. */
export function path(base: string, parameters: Readonly<Record<string, string | number | null | undefined>> = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) if (value !== null && value !== undefined && value !== "") query.set(name, String(value));
  const written = query.toString();
  return written === "" ? base : `${base}?${written}`;
}

export function runPath(run: string, rest = ""): string {
  return `/api/runs/${encodeURIComponent(run)}${rest === "" ? "" : `/${rest}`}`;
}
