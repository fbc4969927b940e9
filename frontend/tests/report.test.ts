import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { fromReport } from "../src/report";

const packed = (value: unknown) => ({ gzip: gzipSync(typeof value === "string" ? value : JSON.stringify(value)).toString("base64") });
const group = {
  parts: [{ name: "a" }, { name: "b" }],
  held: {
    "/api/runs/r/screens/trade": { name: "trade", charts: [0, 1] },
    "/api/runs/r/screens/trade?scenario=a+b%26c": { name: "trade", charts: [1] },
  },
};
const held = {
  "/api/runs/r": { run: "r" },
  "/api/languages/en.ftl": packed("a = б"),
  "/api/runs/r/facts": packed({ total: 1 }),
  "/api/runs/r/facts/*": { parts: [], held: { "/api/runs/r/facts/x": { row: 1 } } },
  "/api/runs/r/screens/trade*": packed(group),
};

describe("what a report holds", () => {
  it("is given as it is, or unpacked", async () => {
    expect(await fromReport("/api/runs/r", held, false)).toEqual({ run: "r" });
    expect(await fromReport("/api/runs/r/facts", held, false)).toEqual({ total: 1 });
    expect(await fromReport("/api/languages/en.ftl", held, true)).toBe("a = б");
  });
  it("is found in its group, with the charts that it shares", async () => {
    expect(await fromReport("/api/runs/r/facts/x", held, false)).toEqual({ row: 1 });
    expect(await fromReport("/api/runs/r/screens/trade", held, false)).toEqual({ name: "trade", charts: [{ name: "a" }, { name: "b" }] });
    expect(await fromReport("/api/runs/r/screens/trade?scenario=a%20b%26c", held, false)).toEqual({ name: "trade", charts: [{ name: "b" }] });
  });
  it("is undefined where it is not held", async () => {
    expect(await fromReport("/api/runs/r/facts/y", held, false)).toBeUndefined();
    expect(await fromReport("/api/runs/r/screens/trade?scenario=d", held, false)).toBeUndefined();
    expect(await fromReport("/api/runs/r/screens/trades", held, false)).toBeUndefined();
  });
});
