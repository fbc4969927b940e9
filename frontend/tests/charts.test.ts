// Charts as pure functions: what is drawn is what the table says, and it can be read without colour and without eyes.
import { describe, expect, it } from "vitest";
import { picture } from "../src/charts/engine";
import { yearTicks } from "../src/charts/frame";
import { barsOf, spanOf } from "../src/charts/gantt";
import type { Look, Words } from "../src/charts/look";
import { boundsOf } from "../src/charts/marks";
import { AT_FIRST, heightOf, hiddenAtFirst, legendOf, optionOf } from "../src/charts/option";
import { contrast, DASHES, decals, paletteOf, SYMBOLS } from "../src/charts/palette";
import { decimalYear, inWords, placesOf, seriesOf } from "../src/charts/rows";
import { says } from "../src/charts/says";
import { labelsOf, valuesOf } from "../src/charts/stack";
import { csv, fileName, json } from "../src/charts/written";
import type { Cell, Chart, Column, ColumnKind, Drawn } from "../src/types";

const words: Words = {
  t: (key, args) => [key, ...Object.values(args ?? {})].join(" "),
  label: (_, name) => name.toUpperCase(),
  column: (column) => column.name,
  unit: (name) => (name === "1" ? "" : name),
  number: (value) => value.toFixed(1),
  short: String,
  percent: (value) => `${Math.round(value * 100)}%`,
  date: String,
  claim: (name) => name,
};

const look: Look = { palette: paletteOf("light"), words, width: 900, patterns: true, motion: false, hidden: new Set(), today: 2026.5, keep: false, title: "Title", credit: "Morava, ab12", font: "sans-serif" };
const column = (name: string, kind: ColumnKind, dim = "", unit = ""): Column => ({ name, key: `column-${name}`, kind, dim, unit });
const QUANTILES = [column("p10", "number", "", "MW"), column("p50", "number", "", "MW"), column("p90", "number", "", "MW")];

function chart(drawn: Drawn, columns: Column[], rows: Cell[][], more: Partial<Chart> = {}): Chart {
  return { name: "one", key: "chart-one", drawn, columns, rows, x: columns[0]?.name ?? "", y: [columns.at(-1)?.name ?? ""], by: "", unit: "MW", marks: [], sources: [], notes: [], ...more };
}

const banded = chart("bands", [column("year", "year"), ...QUANTILES], [[2025, 1, 2, 4], [2030, -3, 0, 5], [2040, 2, 3, 9]], { y: ["p10", "p50", "p90"] });
const parts = chart(
  "stack",
  [column("technology", "label", "technology"), column("hour", "hour"), column("power", "number", "", "MW"), column("load", "number", "", "MW")],
  [["coal", 0, 5, 4], ["coal", 1, 5, 6], ["coal", 2, 5, 6], ["coal", 3, 5, 6], ["coal", 4, 5, 6], ["net", 0, -1, 4], ["net", 1, 1, 6], ["net", 2, 1, 6], ["net", 3, 1, 6], ["net", 4, 1, 6]],
  { x: "hour", y: ["power", "load"], by: "technology" },
);
const timeline = chart(
  "gantt",
  [column("initiative", "initiative", "initiative"), column("stage", "label", "stage"), column("p10", "date"), column("p50", "date"), column("p90", "date"), column("promised", "date"), column("earlier", "text")],
  [
    ["sun", "", "2027-01-01", "2028-01-01", "never", "2027-06-30", "2025-12-31 2026-12-31"],
    ["sun", "sun/grid", "2027-01-01", "2027-05-01", "2027-09-01", null, null],
  ],
  { x: "initiative", y: ["p10", "p50", "p90", "promised"], by: "stage" },
);

interface Drawing {
  series: { id: string; name?: string; type: string; data: (Cell[] | { value: Cell[] } | Cell)[]; markLine?: { data: unknown[] }; lineStyle?: { type?: unknown }; itemStyle?: { decal?: unknown } }[];
}
const drawing = (of: Chart, how: Look = look, stages = false) => optionOf(of, how, stages) as unknown as Drawing;
const data = (of: Drawing, id: string) => of.series.find((one) => one.id === id)?.data;

describe("bands", () => {
  it("stack the width of the band on P10, through negative values too", () => {
    const made = drawing(banded);
    expect(data(made, "low ")).toEqual([[2025, 1], [2030, -3], [2040, 2]]);
    expect(data(made, "band ")).toEqual([[2025, 3], [2030, 8], [2040, 7]]);
    expect(data(made, "middle ")).toEqual([[2025, 2], [2030, 0], [2040, 3]]);
  });

  it("leave a gap where a value is not known", () => {
    const made = drawing({ ...banded, rows: [[2025, null, null, null], [2030, 1, 2, 3]] });
    expect(data(made, "band ")).toEqual([[2025, null], [2030, 2]]);
  });

  it("draw the bounds of claims with their names, one line for a bound of many years", () => {
    const marks = [2027, 2028, 2029].map((year) => ({ claim: "C1", test: "t", year, at_least: null, at_most: 4 }));
    expect(boundsOf(marks)).toEqual([{ claim: "C1", years: [2027, 2029], value: 4, least: false }]);
    const line = drawing({ ...banded, marks }).series.find((one) => one.markLine)?.markLine;
    expect(JSON.stringify(line?.data)).toContain("C1 ≤ 4.0");
  });

  it("differ by stroke and point where there are several, and draw a few of many at first", () => {
    const rows = Array.from({ length: 9 }, (_, k) => [[`s${k}`, 2025, k, k + 1, k + 2] as Cell[], [`s${k}`, 2030, k, k + 1, k + 2] as Cell[]]).flat();
    const many = chart("bands", [column("sector", "label", "sector"), column("year", "year"), ...QUANTILES], rows, { x: "year", y: ["p10", "p50", "p90"], by: "sector" });
    const strokes = drawing(many).series.filter((one) => one.id.startsWith("middle")).map((one) => JSON.stringify(one.lineStyle?.type));
    expect(new Set(strokes.slice(0, DASHES.length)).size).toBe(DASHES.length);
    expect(legendOf(many, look)).toHaveLength(9);
    const hidden = hiddenAtFirst(many, look);
    expect(hidden.size).toBe(9 - AT_FIRST);
    expect(hidden.has("s8")).toBe(false);
    expect(data(drawing(many, { ...look, hidden }), "middle s0")).toEqual([]);
  });
});

describe("stacks", () => {
  it("hang what is below zero under it, and draw a total over the parts", () => {
    const made = drawing(parts);
    expect(data(made, "below net")).toEqual([[0, -1], [1, 0], [2, 0], [3, 0], [4, 0]]);
    expect(data(made, "above net")).toEqual([[0, 0], [1, 1], [2, 1], [3, 1], [4, 1]]);
    expect(made.series.some((one) => one.id === "below coal")).toBe(false);
    expect(data(made, "line load over load")).toEqual([[0, 4], [1, 6], [2, 6], [3, 6], [4, 6]]);
  });

  it("are columns where there are few places: nothing is known between them", () => {
    const few = drawing({ ...parts, rows: parts.rows.filter((row) => Number(row[1]) < 2) });
    expect(few.series.find((one) => one.id === "above coal")?.type).toBe("bar");
  });

  it("carry patterns that can be switched off", () => {
    const decal = (how: Look) => drawing(parts, how).series.find((one) => one.id === "above net")?.itemStyle?.decal;
    expect(decal(look)).toBeDefined();
    expect(decal({ ...look, patterns: false })).toBeUndefined();
  });

  it("name each part in the middle of its last value", () => {
    const all = seriesOf(parts, words);
    const held = valuesOf(parts, all, "power", placesOf(parts));
    expect(labelsOf(all, held, placesOf(parts), look).map((one) => [one.says, one.x, one.y])).toEqual([["COAL", 4, 2.5], ["NET", 4, 5.5]]);
  });
});

describe("timelines", () => {
  it("show initiatives, and stages when asked", () => {
    expect(barsOf(timeline, look, false).map((one) => one.says)).toEqual(["SUN"]);
    expect(barsOf(timeline, look, true).map((one) => one.says)).toEqual(["SUN", "· SUN/GRID"]);
    expect(heightOf(timeline, look, true)).toBeGreaterThan(heightOf(timeline, look, false));
  });

  it("keep all promises in order, the latest last, and an end that never comes open", () => {
    const [bar] = barsOf(timeline, look, false);
    expect(bar?.promised.map((date) => Math.floor(date))).toEqual([2025, 2026, 2027]);
    expect(bar?.open).toBe(true);
    expect(spanOf(barsOf(timeline, look, false), 2026.5)).toEqual([2025, 2029]);
  });
});

describe("every kind", () => {
  const named = [column("name", "label", "sector"), ...QUANTILES];
  const rows: Cell[][] = [["steel", 1, 2, 3], ["coal", 0, 1, null]];
  const kinds: Chart[] = [
    banded,
    parts,
    timeline,
    { ...banded, drawn: "lines", y: ["p50"] },
    chart("bars", named, rows, { y: ["p50"] }),
    chart("bars", named, rows, { y: ["p10", "p50"] }),
    chart("dots", named, rows, { y: ["p10", "p50", "p90"] }),
    chart("dots", [column("said", "date"), column("promised", "date"), column("of", "label", "initiative")], [["2020-01-01", "2025-01-01", "a"], ["2022-01-01", "2027-01-01", "a"]], { y: ["promised"], by: "of" }),
    chart("tree", named, rows, { y: ["p50"] }),
    chart("heat", [column("name", "label", "sector"), column("partner", "label", "partner"), column("mean", "share", "", "1")], [["steel", "China", 0.5], ["coal", "China", null]], { by: "partner", y: ["mean"] }),
  ];

  it.each(kinds.map((one) => [one.drawn, one] as const))("%s draws a picture in both themes, narrow and wide, and says what it shows", (_, one) => {
    for (const theme of ["light", "dark"] as const) {
      for (const width of [300, 960]) {
        const how = { ...look, palette: paletteOf(theme), width, keep: true };
        const svg = picture(optionOf(one, how) ?? {}, width, heightOf(one, how) + 90);
        expect(svg).toMatch(/^<svg/);
        expect(svg).toContain("<path");
        expect(svg).not.toMatch(/NaN|undefined/);
      }
    }
    expect(says(one, look)).toContain("Title");
  });

  it.each(kinds.map((one) => [one.drawn, one] as const))("%s of an empty table says so", (_, one) => {
    expect(says({ ...one, rows: [] }, look)).toBe("chart-says-nothing Title");
  });

  it("a table alone is not drawn", () => {
    expect(optionOf(chart("none", named, rows), look)).toBeNull();
  });
});

describe("words and numbers", () => {
  it("write years without a thousands sign and shares in percent", () => {
    expect(inWords(2030, column("year", "year"), words)).toBe("2030");
    expect(inWords(0.25, column("share", "share"), words)).toBe("25%");
    expect(inWords(null, column("p50", "number"), words)).toBe("–");
  });

  it("read days as decimal years", () => {
    expect(decimalYear("2027-07-02")).toBeCloseTo(2027.4986, 3);
    expect(decimalYear("2027")).toBe(2027);
    expect(decimalYear("never")).toBeNull();
  });

  it("write round years, fewer where there is little room", () => {
    expect(yearTicks(2023, 2045, { ...look, width: 300 })).toEqual([2030, 2040]);
    expect(yearTicks(2025, 2030, look)).toEqual([2025, 2026, 2027, 2028, 2029, 2030]);
  });

  it("say the range and the last band of each series", () => {
    expect(says(banded, look)).toBe("chart-says-range Title 2025 2040 year chart-says-band-alone  2.0 MW 3.0 MW 2.0 9.0");
  });
});

describe("files", () => {
  const written = chart("none", [column("name", "text"), column("value", "number", "", "MW")], [["a, \"b\"\nc", 1.5], ["=1+1", null], ["-x", -2]]);

  it("are CSV as RFC 4180 has it, with units, and no formula for a spreadsheet to run", () => {
    expect(csv(written)).toBe('name,value [MW]\r\n"a, ""b""\nc",1.5\r\n\'=1+1,\r\n\'-x,-2\r\n');
  });

  it("are JSON that reads back, under names that every system takes", () => {
    expect(JSON.parse(json(written))).toEqual(written);
    expect(fileName(["ab12", "trade", "by/part: x", undefined, ""], "csv")).toBe("ab12-trade-by-part-x.csv");
  });
});

describe("colours", () => {
  it.each(["light", "dark"] as const)("of the %s theme stand out on their ground", (theme) => {
    const palette = paletteOf(theme);
    for (const colour of [...palette.series, palette.bound, palette.accent]) expect(contrast(colour, palette.surface)).toBeGreaterThanOrEqual(3);
    for (const ink of [palette.ink, palette.muted]) expect(contrast(ink, palette.surface)).toBeGreaterThanOrEqual(4.5);
    expect(new Set(palette.series).size).toBe(palette.series.length);
  });

  it("are never alone: as many strokes and points as colours, and more patterns", () => {
    expect(DASHES).toHaveLength(paletteOf("light").series.length);
    expect(SYMBOLS).toHaveLength(paletteOf("light").series.length);
    expect(decals(paletteOf("light")).length).toBeGreaterThan(paletteOf("light").series.length);
  });
});
