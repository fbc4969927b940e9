// Which builder draws a chart, and how high it stands.
import type { Chart } from "../types";
import { bands } from "./bands";
import { bars, barsHeight } from "./bars";
import { dots, dotsHeight } from "./dots";
import type { Option } from "./frame";
import { gantt, ganttHeight } from "./gantt";
import { heat, heatHeight } from "./heat";
import { lines, linesOf } from "./lines";
import { isNarrow, type Look } from "./look";
import { cellOf, numberOf, seriesOf, type Series } from "./rows";
import { stack } from "./stack";
import { tree } from "./tree";

/** So many series are drawn at first; the reader switches the others on. */
export const AT_FIRST = 6;

/** The option of a chart; null for one that is a table only. */
export function optionOf(chart: Chart, look: Look, stages = false): Option | null {
  switch (chart.drawn) {
    case "bands":
      return bands(chart, look);
    case "lines":
      return lines(chart, look);
    case "stack":
      return stack(chart, look);
    case "bars":
      return bars(chart, look);
    case "gantt":
      return gantt(chart, look, stages);
    case "heat":
      return heat(chart, look);
    case "tree":
      return tree(chart, look);
    case "dots":
      return dots(chart, look);
    default:
      return null;
  }
}

/** Pixels that a chart needs. */
export function heightOf(chart: Chart, look: Look, stages = false): number {
  switch (chart.drawn) {
    case "bars":
      return barsHeight(chart);
    case "gantt":
      return ganttHeight(chart, look, stages);
    case "heat":
      return heatHeight(chart);
    case "dots":
      return dotsHeight(chart);
    case "tree":
      return isNarrow(look) ? 420 : 460;
    default:
      return isNarrow(look) ? 260 : 320;
  }
}

/** The series that a legend names; none where there is only one, or where names stand on an axis. */
export function legendOf(chart: Chart, look: Look): Series[] {
  if (chart.drawn === "heat" || chart.drawn === "tree" || chart.drawn === "gantt" || chart.drawn === "none") return [];
  const all = chart.drawn === "lines" || chart.drawn === "bars" ? linesOf(chart, look) : seriesOf(chart, look.words);
  return all.length > 1 ? all : [];
}

/** Series that are off at first: of many lines all but those that end highest; a stack is always whole. */
export function hiddenAtFirst(chart: Chart, look: Look): Set<string> {
  const all = legendOf(chart, look);
  if (all.length <= AT_FIRST || (chart.drawn !== "bands" && chart.drawn !== "lines")) return new Set();
  const middle = (chart.y.length === 3 ? chart.y[1] : chart.y[0]) ?? "";
  const last = (one: Series) => {
    const value = numberOf(cellOf(chart, one.rows.at(-1) ?? [], middle));
    return value === null ? -1 : Math.abs(value);
  };
  const kept = new Set([...all].sort((a, b) => last(b) - last(a)).slice(0, AT_FIRST).map((one) => one.name));
  return new Set(all.map((one) => one.name).filter((name) => !kept.has(name)));
}

/** Whether filled parts of a chart may carry patterns. */
export function hasPatterns(chart: Chart, look: Look): boolean {
  if (chart.drawn === "tree") return chart.y.length < 2;
  return (chart.drawn === "stack" || chart.drawn === "bars" || chart.drawn === "bands") && legendOf(chart, look).length > 1;
}
