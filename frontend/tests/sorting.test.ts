import { describe, expect, it } from "vitest";
import { ariaSort, orderOf, pressed, printOrder, sorted } from "../src/sorting";
import type { Cell } from "../src/types";

const rows: { name: string; share: number | null }[] = [
  { name: "Ж", share: 0.5 },
  { name: "а", share: null },
  { name: "Б", share: 0.9 },
  { name: "б10", share: 0.1 },
  { name: "б2", share: 0.5 },
];
const value = (row: (typeof rows)[number], by: string): Cell => (by === "share" ? row.share : row.name);

describe("order of rows", () => {
  it("orders numbers by size and keeps the unknown last both ways", () => {
    expect(sorted(rows, { by: "share", down: false }, value, "en-GB").map((row) => row.share)).toEqual([0.1, 0.5, 0.5, 0.9, null]);
    expect(sorted(rows, { by: "share", down: true }, value, "en-GB").map((row) => row.share)).toEqual([0.9, 0.5, 0.5, 0.1, null]);
  });
  it("leaves equal rows as they came", () => {
    expect(sorted(rows, { by: "share", down: true }, value, "en-GB").map((row) => row.name).slice(1, 3)).toEqual(["Ж", "б2"]);
  });
  it("orders words as the language does, numbers in them by size", () => {
    expect(sorted(rows, { by: "name", down: false }, value, "sr-Cyrl-RS").map((row) => row.name)).toEqual(["а", "Б", "б2", "б10", "Ж"]);
  });
  it("without an order gives the rows as they came", () => {
    expect(sorted(rows, null, value, "en-GB")).toEqual(rows);
  });
});

describe("order in the address", () => {
  it.each(["share", "-share", ""])("comes back as it was written: %s", (written) => {
    expect(printOrder(orderOf(written))).toBe(written);
  });
  it("goes up, down and back to none", () => {
    const up = pressed(null, "claim");
    const down = pressed(up, "claim");
    expect([up, down, pressed(down, "claim")]).toEqual([{ by: "claim", down: false }, { by: "claim", down: true }, null]);
    expect(pressed(down, "share", true)).toEqual({ by: "share", down: true });
  });
  it("is told to screen readers", () => {
    expect(ariaSort({ by: "share", down: true }, "share")).toBe("descending");
    expect(ariaSort({ by: "share", down: false }, "share")).toBe("ascending");
    expect(ariaSort({ by: "share", down: true }, "claim")).toBe("none");
  });
});
