// Some addresses give a list, some a list in a record of that name; both are read.
export function listOf<T>(content: unknown, name: string): T[] {
  if (Array.isArray(content)) return content as T[];
  const held = (content as Record<string, unknown> | null)?.[name];
  return Array.isArray(held) ? (held as T[]) : [];
}
