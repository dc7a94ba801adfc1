// Which rows are picked out, after one box was pressed: that row, or with Shift every row since the one pressed before.

/** `keys` in the order of the page. `fromKey` is the row pressed before, null for a single one. */
export function toggleRows(
  selected: ReadonlySet<string>,
  keys: readonly string[],
  pressed: { key: string; fromKey: string | null },
): ReadonlySet<string> {
  const on = !selected.has(pressed.key);
  const to = keys.indexOf(pressed.key);
  const from = pressed.fromKey === null ? -1 : keys.indexOf(pressed.fromKey);
  const touched = from < 0 ? [pressed.key] : keys.slice(Math.min(from, to), Math.max(from, to) + 1);
  return on ? selected.union(new Set(touched)) : selected.difference(new Set(touched));
}

/** All of the rows on the page or, where they all are already, none of them. */
export function toggleAll(selected: ReadonlySet<string>, keys: readonly string[]): ReadonlySet<string> {
  return shareSelected(selected, keys) === "all" ? selected.difference(new Set(keys)) : selected.union(new Set(keys));
}

export function shareSelected(selected: ReadonlySet<string>, keys: readonly string[]): "none" | "some" | "all" {
  if (selected.size === 0 || keys.length === 0) return "none";
  const count = keys.reduce((sum, key) => sum + (selected.has(key) ? 1 : 0), 0);
  if (count === 0) return "none";
  return count === keys.length ? "all" : "some";
}
