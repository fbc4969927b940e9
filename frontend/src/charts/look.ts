// How a chart is to look: its colours, its room, and the words of the reader's language. Builders know nothing else of the page.
import type { Cell, Column } from "../types";
import type { Palette } from "./palette";

/** What builders need of the messages; a test gives plain ones. */
export interface Words {
  t(key: string, args?: Record<string, Cell | undefined>): string;
  label(dim: string, name: string): string;
  column(column: Column): string;
  unit(name: string): string;
  number(value: number): string;
  /** A number in little room, as on an axis. */
  short(value: number): string;
  percent(value: number, decimals?: number): string;
  date(value: Cell): string;
  /** What a claim says, by its name. */
  claim(name: string): string;
}

export interface Look {
  palette: Palette;
  words: Words;
  /** Width of the drawing in pixels. */
  width: number;
  /** Whether fills carry patterns. */
  patterns: boolean;
  /** Whether changes may be animated. */
  motion: boolean;
  /** Series that the reader switched off. */
  hidden: ReadonlySet<string>;
  /** Today of the run, as a decimal year. */
  today: number | null;
  /** A picture to keep, which says its title and its series itself. */
  keep: boolean;
  title: string;
  /** Which run a picture that is kept comes from. */
  credit: string;
  font: string;
}

export function isNarrow(look: Look): boolean {
  return look.width < 520;
}
