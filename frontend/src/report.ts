// What a report holds: answers of the API by address, packed where they are large, and alike ones as one group.

type Packed = { gzip: string };
/** Alike addresses: a number among the charts of a content says which of the parts it is, so that none stands twice. */
type Group = { parts: unknown[]; held: Record<string, unknown> };

function isPacked(value: unknown): value is Packed {
  return typeof value === "object" && value !== null && "gzip" in value && typeof (value as Packed).gzip === "string";
}

async function unpacked(packed: Packed): Promise<string> {
  const bytes = Uint8Array.from(atob(packed.gzip), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text();
}

/** Addresses whose parameters stand in another order are the same address. */
export function samePath(path: string): string {
  const [bare = "", query] = path.split("?");
  if (query === undefined || query === "") return bare;
  const pairs = [...new URLSearchParams(query)].sort(([a], [b]) => (a < b ? -1 : 1));
  return `${bare}?${new URLSearchParams(pairs).toString()}`;
}

function find(path: string, held: Record<string, unknown>): string | undefined {
  const direct = [path, samePath(path), decodeURI(path)].find((one) => one in held);
  return direct ?? Object.keys(held).find((one) => samePath(one) === samePath(path));
}

const groups = new Map<string, Promise<Group>>();

function groupAt(address: string, value: unknown): Promise<Group> {
  let group = groups.get(address);
  if (group === undefined) {
    group = isPacked(value) ? unpacked(value).then((text) => JSON.parse(text) as Group) : Promise.resolve(value as Group);
    groups.set(address, group);
  }
  return group;
}

function whole(content: unknown, parts: readonly unknown[]): unknown {
  const charts = (content as { charts?: unknown } | null)?.charts;
  if (!Array.isArray(charts)) return content;
  return { ...(content as object), charts: charts.map((one: unknown) => (typeof one === "number" ? parts[one] : one)) };
}

/** What stands at an address of a report; undefined where it has nothing there. */
export async function fromReport(path: string, held: Record<string, unknown>, asText: boolean): Promise<unknown> {
  const key = find(path, held);
  if (key !== undefined) {
    const value = held[key];
    if (!isPacked(value)) return value;
    const text = await unpacked(value);
    return asText ? text : JSON.parse(text);
  }
  for (const address of Object.keys(held)) {
    if (!address.endsWith("*") || !path.startsWith(address.slice(0, -1))) continue;
    const group = await groupAt(address, held[address]);
    const inside = find(path, group.held);
    if (inside !== undefined) return whole(group.held[inside], group.parts);
  }
  return undefined;
}
