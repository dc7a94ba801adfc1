// Fields of a record that may be of another version, or damaged: what is not there is undefined.

export type Unchecked = Partial<Record<string, unknown>>;

export function fieldOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as Unchecked)[name] : undefined;
}

/** Undefined also where the list is empty. */
export function listOf(value: unknown, name: string): unknown[] | undefined {
  const list = fieldOf(value, name);
  return Array.isArray(list) && list.length > 0 ? (list as unknown[]) : undefined;
}
