// A whole cut into areas; a further drawn column colours them.
import type { Cell, Chart } from "../types";
import { base, colourOf, decalOf, rowTip, tooltip, type Option, type Part } from "./frame";
import type { Look } from "./look";
import { at, cellOf, columnOf, inWords, numberOf } from "./rows";

export function tree(chart: Chart, look: Look): Option {
  const [name, size, shade] = [columnOf(chart, chart.x), columnOf(chart, chart.y[0] ?? ""), chart.y[1] === undefined ? null : columnOf(chart, chart.y[1])];
  const rows = chart.rows.map((row, index) => ({ row, index, size: numberOf(row[at(chart, size.name)]) ?? 0 })).filter((one) => one.size > 0);
  const shades = shade === null ? [] : rows.map(({ row }) => numberOf(row[at(chart, shade.name)])).filter((one): one is number => one !== null);
  const span: [number, number] = [Math.min(...shades, Infinity), Math.max(...shades, -Infinity)];
  const groups = new Map<string, typeof rows>();
  for (const one of rows) {
    const group = chart.by === "" ? "" : String(one.row[at(chart, chart.by)] ?? "");
    groups.set(group, [...(groups.get(group) ?? []), one]);
  }
  const whole = rows.reduce((sum, one) => sum + one.size, 0);
  /** About how many square pixels a value gets. */
  const roomOf = (of: number) => (of / (whole || 1)) * look.width * 420;
  const leaf = (one: (typeof rows)[number], index: number): Part => ({
    name: inWords(one.row[at(chart, name.name)], name, look.words),
    value: one.size,
    row: one.index,
    itemStyle: { color: shade === null ? colourOf(look, index) : shadeOf(look, numberOf(one.row[at(chart, shade.name)]), span), decal: shade === null ? decalOf(look, index) : undefined },
    label: { show: roomOf(one.size) > 2200, color: shade === null ? look.palette.surface : inkFor(look, numberOf(one.row[at(chart, shade.name)]), span), textBorderColor: shade === null ? colourOf(look, index) : "transparent", textBorderWidth: look.patterns ? 3 : 0 },
  });
  const data = [...groups].map(([group, members], index) =>
    group === "" && groups.size === 1
      ? members.map((one, k) => leaf(one, k))
      : [{ name: inWords(group as Cell, columnOf(chart, chart.by), look.words), itemStyle: { color: colourOf(look, index), borderColor: look.palette.grid }, upperLabel: { show: roomOf(members.reduce((sum, one) => sum + one.size, 0)) > 4000 }, children: members.map((one) => leaf(one, index)) }],
  );
  return {
    ...base(chart, look),
    tooltip: tooltip(look, "item", (given) => {
      const row = chart.rows[(given as { data?: { row?: number } }).data?.row ?? -1];
      if (row === undefined) return String((given as { name?: string }).name ?? "");
      return rowTip(chart, look, row, chart.columns.filter((one) => one !== name).map((one) => one.name), inWords(cellOf(chart, row, name.name), name, look.words));
    }),
    series: [
      {
        type: "treemap",
        id: "tree",
        left: 0,
        right: 0,
        top: look.keep ? 44 : 0,
        bottom: 0,
        roam: false,
        nodeClick: false,
        breadcrumb: { show: false },
        animation: false,
        itemStyle: { borderColor: look.palette.surface, borderWidth: 1, gapWidth: 2 },
        label: { fontSize: 11, overflow: "truncate", ellipsis: "…", lineHeight: 14, formatter: (given: { name: string; value: number }) => `${given.name}\n${inWords(given.value, size, look.words)}` },
        upperLabel: { show: groups.size > 1, height: 20, color: look.palette.ink, fontWeight: 600, fontSize: 11 },
        levels: [{ itemStyle: { gapWidth: 4, borderWidth: 0 }, upperLabel: { show: false } }, { itemStyle: { gapWidth: 1, borderWidth: 2 } }, { itemStyle: { gapWidth: 0, borderWidth: 0.5 } }],
        data: data.flat(),
      },
    ],
  };
}

function part(value: number | null, [low, high]: [number, number]): number {
  return value === null || high <= low ? 0 : (value - low) / (high - low);
}

function shadeOf(look: Look, value: number | null, span: [number, number]): string {
  const { ramp } = look.palette;
  return ramp[Math.round(part(value, span) * (ramp.length - 1))] ?? look.palette.band;
}

function inkFor(look: Look, value: number | null, span: [number, number]): string {
  return part(value, span) > 0.62 ? look.palette.surface : look.palette.ink;
}
