// How an address carries what a view is set to: `?outcome=failed&model=fast`, plain enough to be typed, several values by the
// name said again. What is unset is left out.

export type Search = Record<string, unknown>;

export function parseSearch(text: string): Record<string, string | string[]> {
  const parameters = new URLSearchParams(text);
  const search: Record<string, string | string[]> = {};
  for (const name of new Set(parameters.keys())) {
    const values = parameters.getAll(name);
    search[name] = values.length === 1 ? (values[0] ?? "") : values;
  }
  return search;
}

export function formatSearch(search: Search): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    for (const each of Array.isArray(value) ? (value as unknown[]) : [value]) {
      const text = wordFor(each);
      if (text !== null) parameters.append(name, text);
    }
  }
  return parameters.size === 0 ? "" : `?${parameters}`;
}

function wordFor(value: unknown): string | null {
  if (typeof value === "string") return value === "" ? null : value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return null;
}
