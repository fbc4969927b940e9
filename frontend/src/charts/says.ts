// One sentence that says what a chart shows, to those who do not see it.
import type { Cell, Chart } from "../types";
import type { Look } from "./look";
import { cellOf, columnOf, counts, decimalYear, inWords, numberOf, placesOf, seriesOf, withUnit, type Series } from "./rows";

/** How many series are said; of more, the first, and how many there are. */
const SAID = 4;

export function says(chart: Chart, look: Look): string {
  const { words } = look;
  if (chart.rows.length === 0) return words.t("chart-says-nothing", { title: look.title });
  const series = seriesOf(chart, words);
  if (chart.drawn === "gantt") return ganttSays(chart, look);
  if (counts(chart) && chart.drawn !== "heat" && chart.drawn !== "tree") {
    const places = placesOf(chart);
    const x = columnOf(chart, chart.x);
    const head = words.t("chart-says-range", {
      title: look.title,
      from: inWords(places[0], x, words),
      to: inWords(places.at(-1), x, words),
      column: words.column(x),
    });
    const parts = series.slice(0, SAID).map((one) => lastOf(chart, look, one));
    return [head, ...parts, ...(series.length > SAID ? [words.t("chart-says-more", { count: series.length - SAID })] : [])].join(" ");
  }
  return ranked(chart, look);
}

/** The first and the last value of a series, and the band of the last. */
function lastOf(chart: Chart, look: Look, one: Series): string {
  const { words } = look;
  const banded = chart.y.length === 3;
  const middle = columnOf(chart, (banded ? chart.y[1] : chart.y[0]) ?? "");
  const known = one.rows.filter((row) => numberOf(cellOf(chart, row, middle.name)) !== null);
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined) return words.t("chart-says-unknown", { series: one.says });
  const args = {
    series: one.says,
    first: withUnit(cellOf(chart, first, middle.name), middle, words),
    last: withUnit(cellOf(chart, last, middle.name), middle, words),
    low: banded ? inWords(cellOf(chart, last, chart.y[0] ?? ""), middle, words) : "",
    high: banded ? inWords(cellOf(chart, last, chart.y[2] ?? ""), middle, words) : "",
  };
  const key = one.says === "" ? "alone" : "series";
  return words.t(banded ? `chart-says-band-${key}` : `chart-says-line-${key}`, args);
}

/** The largest of the named values. */
function ranked(chart: Chart, look: Look): string {
  const { words } = look;
  const value = columnOf(chart, chart.y[0] ?? "");
  const name = columnOf(chart, chart.x);
  const by = columnOf(chart, chart.by);
  const rows = chart.rows
    .filter((row) => numberOf(cellOf(chart, row, value.name)) !== null)
    .sort((a, b) => Number(cellOf(chart, b, value.name)) - Number(cellOf(chart, a, value.name)));
  const top = rows.slice(0, 3).map((row) => {
    const of = by.name === "" ? "" : `, ${inWords(cellOf(chart, row, by.name), by, words)}`;
    return `${inWords(cellOf(chart, row, name.name), name, words)}${of}: ${withUnit(cellOf(chart, row, value.name), value, words)}`;
  });
  return words.t("chart-says-ranked", { title: look.title, count: chart.rows.length, top: top.join("; ") });
}

function ganttSays(chart: Chart, look: Look): string {
  const { words } = look;
  const [low = "", middle = "", high = ""] = chart.y;
  const dates = (name: string) => chart.rows.map((row) => decimalYear(cellOf(chart, row, name) as Cell)).filter((one): one is number => one !== null);
  const medians = dates(middle);
  return words.t("chart-says-gantt", {
    title: look.title,
    count: chart.rows.length,
    from: medians.length > 0 ? words.date(Math.min(...medians)) : "–",
    to: medians.length > 0 ? words.date(Math.max(...medians)) : "–",
    low: dates(low).length > 0 ? words.date(Math.min(...dates(low))) : "–",
    high: dates(high).length > 0 ? words.date(Math.max(...dates(high))) : "–",
  });
}
