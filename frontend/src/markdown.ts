// A small reader of Markdown for the method pages: headings, paragraphs, lists, tables, code, links, strong and emphasis.
// It makes a tree that a component draws as text, so that nothing in a page can become markup of its own.

export type Inline =
  | { kind: "text"; text: string }
  | { kind: "code"; text: string }
  | { kind: "strong"; children: Inline[] }
  | { kind: "emphasis"; children: Inline[] }
  | { kind: "link"; to: string; children: Inline[] };

export type Block =
  | { kind: "heading"; level: number; id: string; children: Inline[] }
  | { kind: "paragraph"; children: Inline[] }
  | { kind: "quote"; children: Block[] }
  | { kind: "code"; text: string; language: string }
  | { kind: "list"; ordered: boolean; start: number; items: Block[][] }
  | { kind: "table"; head: Inline[][]; align: ("start" | "end" | "center")[]; rows: Inline[][][] }
  | { kind: "rule" };

const ITEM = /^(\s*)([-*+]|\d{1,4}[.)])\s+(.*)$/;
const FENCE = /^\s*(```+|~~~+)\s*([\w-]*)\s*$/;
const HEADING = /^(#{1,6})\s+(.*?)\s*#*\s*$/;
const RULE = /^\s*([-*_])(?:\s*\1){2,}\s*$/;
const DIVIDER = /^\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?\s*$/;

/** The anchor of a heading. */
export function anchor(words: string): string {
  return words
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s-]/gu, "")
    .trim()
    .replaceAll(/\s+/g, "-");
}

export function parse(text: string): Block[] {
  return blocks(text.replaceAll("\r\n", "\n").split("\n"));
}

function blocks(lines: readonly string[]): Block[] {
  const found: Block[] = [];
  let at = 0;
  while (at < lines.length) {
    const line = lines[at] ?? "";
    if (line.trim() === "") {
      at += 1;
      continue;
    }
    const [block, next] = oneBlock(lines, at, line);
    found.push(block);
    at = next;
  }
  return found;
}

function oneBlock(lines: readonly string[], at: number, line: string): [Block, number] {
  const heading = HEADING.exec(line);
  if (heading) {
    const words = heading[2] ?? "";
    return [{ kind: "heading", level: (heading[1] ?? "#").length, id: anchor(words), children: inline(words) }, at + 1];
  }
  if (FENCE.test(line)) return fenced(lines, at);
  if (RULE.test(line)) return [{ kind: "rule" }, at + 1];
  if (line.includes("|") && DIVIDER.test(lines[at + 1] ?? "")) return table(lines, at);
  if (/^\s*>/.test(line)) return quote(lines, at);
  if (ITEM.test(line)) return list(lines, at);
  return paragraph(lines, at);
}

function fenced(lines: readonly string[], at: number): [Block, number] {
  const [, fence = "```", language = ""] = FENCE.exec(lines[at] ?? "") ?? [];
  let end = at + 1;
  while (end < lines.length && !(lines[end] ?? "").trim().startsWith(fence)) end += 1;
  return [{ kind: "code", language, text: lines.slice(at + 1, end).join("\n") }, end + 1];
}

function quote(lines: readonly string[], at: number): [Block, number] {
  let end = at;
  while (end < lines.length && /^\s*>/.test(lines[end] ?? "")) end += 1;
  return [{ kind: "quote", children: blocks(lines.slice(at, end).map((line) => line.replace(/^\s*>\s?/, ""))) }, end];
}

function list(lines: readonly string[], at: number): [Block, number] {
  const first = ITEM.exec(lines[at] ?? "");
  const indent = (first?.[1] ?? "").length;
  const mark = first?.[2] ?? "-";
  const ordered = /\d/.test(mark);
  const items: string[][] = [];
  let end = at;
  while (end < lines.length) {
    const line = lines[end] ?? "";
    const item = ITEM.exec(line);
    if (item && (item[1] ?? "").length === indent && /\d/.test(item[2] ?? "") === ordered) items.push([item[3] ?? ""]);
    else if (line.trim() === "") {
      const next = lines[end + 1] ?? "";
      if (!/^\s/.test(next) && !ITEM.test(next)) break;
      if (ITEM.test(next) && (ITEM.exec(next)?.[1] ?? "").length < indent) break;
      items.at(-1)?.push("");
    } else if (/^\s/.test(line) || (items.at(-1)?.at(-1) ?? "") !== "") items.at(-1)?.push(line.slice(Math.min(indent + 2, line.length - line.trimStart().length)));
    else break;
    end += 1;
  }
  return [{ kind: "list", ordered, start: ordered ? Number.parseInt(mark, 10) : 1, items: items.map(blocks) }, end];
}

function table(lines: readonly string[], at: number): [Block, number] {
  const align = cells(lines[at + 1] ?? "").map((cell) => (/^:-+:$/.test(cell) ? "center" : /-:$/.test(cell) ? "end" : "start"));
  const rows: Inline[][][] = [];
  let end = at + 2;
  while (end < lines.length && (lines[end] ?? "").includes("|")) {
    rows.push(cells(lines[end] ?? "").map(inline));
    end += 1;
  }
  return [{ kind: "table", head: cells(lines[at] ?? "").map(inline), align, rows }, end];
}

/** The cells of a row; a bar in code or behind a backslash is none. */
function cells(line: string): string[] {
  const found: string[] = [];
  let cell = "";
  let code = false;
  for (let at = 0; at < line.length; at += 1) {
    const letter = line[at] ?? "";
    if (letter === "\\" && line[at + 1] === "|") {
      cell += "|";
      at += 1;
    } else if (letter === "|" && !code) {
      found.push(cell.trim());
      cell = "";
    } else {
      if (letter === "`") code = !code;
      cell += letter;
    }
  }
  found.push(cell.trim());
  if (found[0] === "") found.shift();
  if (found.at(-1) === "") found.pop();
  return found;
}

function paragraph(lines: readonly string[], at: number): [Block, number] {
  let end = at + 1;
  while (end < lines.length) {
    const line = lines[end] ?? "";
    if (line.trim() === "" || HEADING.test(line) || FENCE.test(line) || ITEM.test(line) || /^\s*>/.test(line)) break;
    if (line.includes("|") && DIVIDER.test(lines[end + 1] ?? "")) break;
    end += 1;
  }
  return [{ kind: "paragraph", children: inline(lines.slice(at, end).map((line) => line.trim()).join(" ")) }, end];
}

const INLINE = /(`+)(.+?)\1(?!`)|\*\*(.+?)\*\*|__(.+?)__|\[([^\]]+)\]\(([^)\s]+)\)|\*([^*\s][^*]*?)\*(?!\w)|<(https?:\/\/[^>\s]+)>/;

export function inline(text: string): Inline[] {
  const found: Inline[] = [];
  let rest = text;
  while (rest !== "") {
    const match = INLINE.exec(rest);
    if (match === null) {
      found.push({ kind: "text", text: unescaped(rest) });
      break;
    }
    if (match.index > 0) found.push({ kind: "text", text: unescaped(rest.slice(0, match.index)) });
    found.push(piece(match));
    rest = rest.slice(match.index + match[0].length);
  }
  return found;
}

function piece(match: RegExpExecArray): Inline {
  const [, , code, strong, strongToo, words, to, emphasis, address] = match;
  if (code !== undefined) return { kind: "code", text: code.trim() };
  if (strong !== undefined || strongToo !== undefined) return { kind: "strong", children: inline(strong ?? strongToo ?? "") };
  if (words !== undefined && to !== undefined) return { kind: "link", to, children: inline(words) };
  if (emphasis !== undefined) return { kind: "emphasis", children: inline(emphasis) };
  return { kind: "link", to: address ?? "", children: [{ kind: "text", text: address ?? "" }] };
}

function unescaped(text: string): string {
  return text.replaceAll(/\\([\\`*_{}[\]()#+\-.!|<>])/g, "$1");
}

/** The words of inline pieces, without their dress. */
export function plain(children: readonly Inline[]): string {
  return children.map((child) => ("text" in child ? child.text : plain(child.children))).join("");
}
