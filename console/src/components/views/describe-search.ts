// What a view is set to, as it reads rather than as an address writes it.

export function describeSearch(search: string): string {
  const parts = [...new URLSearchParams(search)].map(([name, value]) => `${name} ${value}`);
  return parts.length === 0 ? "everything, as the page opens" : parts.join(", ");
}
