import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { anchor, inline, parse, plain, type Block } from "../src/markdown";

const PAGES = new URL("../../docs/models/", import.meta.url);

describe("blocks", () => {
  it("reads headings, paragraphs and rules", () => {
    expect(parse("# A title\n\nOne line\nand another.\n\n---\n")).toEqual([
      { kind: "heading", level: 1, id: "a-title", children: [{ kind: "text", text: "A title" }] },
      { kind: "paragraph", children: [{ kind: "text", text: "One line and another." }] },
      { kind: "rule" },
    ]);
  });
  it("reads a table; a bar in code or behind a backslash parts nothing", () => {
    const [table] = parse("| a | b |\n|---|--:|\n| `x|y` | 1 |\n| p\\|q | 2 |");
    expect(table).toMatchObject({ kind: "table", align: ["start", "end"] });
    if (table?.kind !== "table") throw new Error("no table");
    expect(table.rows.map((row) => row.map(plain))).toEqual([
      ["x|y", "1"],
      ["p|q", "2"],
    ]);
  });
  it("reads lists in lists, and lines that go on", () => {
    const [list] = parse("- one\n  goes on\n  - inner\n- two");
    if (list?.kind !== "list") throw new Error("no list");
    expect(list.items.map((item) => item.map((block) => block.kind))).toEqual([["paragraph", "list"], ["paragraph"]]);
    expect(parse("3. three\n4. four")).toMatchObject([{ kind: "list", ordered: true, start: 3 }]);
  });
  it("keeps code as it stands, markup and all", () => {
    expect(parse("```python\n<b>a | b</b>\n\n# no heading\n```")).toEqual([
      { kind: "code", language: "python", text: "<b>a | b</b>\n\n# no heading" },
    ]);
  });
});

describe("inline", () => {
  it("reads code, strong, emphasis and links", () => {
    expect(inline("a `x*y*` **b** *c* [d](e.md#f)")).toEqual([
      { kind: "text", text: "a " },
      { kind: "code", text: "x*y*" },
      { kind: "text", text: " " },
      { kind: "strong", children: [{ kind: "text", text: "b" }] },
      { kind: "text", text: " " },
      { kind: "emphasis", children: [{ kind: "text", text: "c" }] },
      { kind: "text", text: " " },
      { kind: "link", to: "e.md#f", children: [{ kind: "text", text: "d" }] },
    ]);
  });
  it("makes no markup of markup", () => {
    const hostile = '<img src=x onerror="alert(1)"> <script>1</script>';
    expect(inline(hostile)).toEqual([{ kind: "text", text: hostile }]);
  });
  it("leaves a product of two numbers alone", () => {
    expect(plain(inline("2 * 3 * 4"))).toBe("2 * 3 * 4");
  });
});

function words(blocks: readonly Block[]): string {
  return blocks
    .map((block) => {
      if (block.kind === "rule") return "";
      if (block.kind === "code") return block.text;
      if (block.kind === "list") return block.items.map(words).join(" ");
      if (block.kind === "table") return [block.head, ...block.rows].map((row) => row.map(plain).join(" ")).join(" ");
      if (block.kind === "quote") return words(block.children);
      return plain(block.children);
    })
    .join(" ");
}

describe("the method pages", () => {
  const bare = (text: string) => text.replaceAll(/[^\p{L}\p{N}]/gu, "");
  it.each(readdirSync(PAGES).filter((name) => name.endsWith(".md")))("%s loses no letter", (name) => {
    const text = readFileSync(new URL(name, PAGES), "utf-8");
    // Addresses of links, list numbers and the languages of code blocks are not drawn.
    const drawn = text.replaceAll(/\]\([^)]*\)/g, "]").replaceAll(/^(\s*)\d+[.)]\s/gm, "$1").replaceAll(/^(\s*```)[\w-]+$/gm, "$1");
    expect(bare(words(parse(text)))).toBe(bare(drawn));
  });
});

describe("anchors", () => {
  it("are the words with hyphens", () => {
    expect(anchor("Links with a model of the economy")).toBe("links-with-a-model-of-the-economy");
  });
});
