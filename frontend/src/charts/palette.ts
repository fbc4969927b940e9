// Colours that people with colour blindness can tell apart, darkened or lightened until they stand out on their ground.
import type { Theme } from "../theme";

export interface Palette {
  surface: string;
  ink: string;
  muted: string;
  line: string;
  grid: string;
  accent: string;
  band: string;
  bound: string;
  series: readonly string[];
  /** From little to much, for heat maps and trees. */
  ramp: readonly string[];
  /** What is drawn in fills so that they can be told apart without colour. */
  decal: string;
}

const LIGHT: Palette = {
  surface: "#ffffff",
  ink: "#18222d",
  muted: "#545f6b",
  line: "#8a919a",
  grid: "#e6e4de",
  accent: "#0d5470",
  band: "#8fb9cb",
  bound: "#b23c0e",
  series: ["#0072b2", "#c85200", "#007f5f", "#a8478a", "#8a6500", "#4b5563", "#1784a8", "#7c4a2d"],
  ramp: ["#eef4f7", "#b9d6e2", "#7fb2c8", "#3f86a6", "#0d5470"],
  decal: "rgba(255, 255, 255, 0.42)",
};

const DARK: Palette = {
  surface: "#181f27",
  ink: "#e7ebef",
  muted: "#a5afba",
  line: "#77828e",
  grid: "#2c3641",
  accent: "#7fc4e0",
  band: "#3f6f85",
  bound: "#f2926a",
  series: ["#56b4e9", "#f08a4b", "#3fc79a", "#e39bc8", "#e6b93f", "#b8c1cc", "#8fdcec", "#cf9f7d"],
  ramp: ["#1f2a34", "#274a5c", "#316f8a", "#4f9dbb", "#9bd6ec"],
  decal: "rgba(10, 16, 22, 0.4)",
};

export function paletteOf(theme: Theme): Palette {
  return theme === "dark" ? DARK : LIGHT;
}

/** Strokes that tell lines apart without colour, in the order of the series. */
export const DASHES: readonly ("solid" | number[])[] = ["solid", [7, 4], [2, 3], [10, 3, 2, 3], [14, 4], [4, 2, 1, 2], [1, 2], [8, 2, 8, 6]];

/** Points that tell series apart without colour. */
export const SYMBOLS = ["circle", "rect", "triangle", "diamond", "emptyCircle", "emptyRect", "emptyTriangle", "emptyDiamond"] as const;

export interface Decal {
  symbol: string;
  symbolSize: number;
  color: string;
  dashArrayX: number | number[] | number[][];
  dashArrayY: number | number[];
  rotation: number;
}

/** Fills that tell areas apart without colour; the first is plain. */
export function decals(palette: Palette): Decal[] {
  const made = (symbol: string, size: number, x: number | number[] | number[][], y: number | number[], turn = 0): Decal => ({
    symbol,
    symbolSize: size,
    color: palette.decal,
    dashArrayX: x,
    dashArrayY: y,
    rotation: (turn * Math.PI) / 180,
  });
  return [
    made("none", 1, [1, 0], [1, 0]),
    made("rect", 1, [1, 0], [2, 6], 45),
    made("circle", 0.7, [[7, 7], [0, 7, 7, 0]], [6, 0]),
    made("rect", 1, [1, 0], [2, 6], -45),
    made("rect", 1, [1, 0], [2, 6]),
    made("rect", 1, [2, 6], [1, 0]),
    made("rect", 1, [1, 0], [4, 4], 45),
    made("triangle", 0.8, [[9, 9], [0, 9, 9, 0]], [8, 3]),
    made("rect", 1, [[6, 6], [0, 6, 6, 0]], [6, 0]),
  ];
}

/** The contrast of two colours as #rrggbb, from 1 to 21 (WCAG 2). */
export function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
