// Light or dark: what the address says, else what the system prefers.
import { get } from "./address";
import { signal } from "./signal.svelte";

export type Theme = "light" | "dark";

const system = typeof window === "undefined" || !window.matchMedia ? null : window.matchMedia("(prefers-color-scheme: dark)");
const prefersDark = signal(system?.matches ?? false);
system?.addEventListener("change", (event) => prefersDark.set(event.matches));

/** The theme in use; a chart that reads it is drawn anew when it changes. */
export function theme(): Theme {
  const asked = get("theme");
  if (asked === "dark" || asked === "light") return asked;
  return prefersDark.get() ? "dark" : "light";
}
