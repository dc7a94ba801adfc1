// A trace's records as a tree. What programs report may lack parents, name itself as its own, go round in circles or come
// twice: every record is shown, once, wherever it can hang.

/** What the tree needs to know of a record. */
export interface TreeRecord {
  id: string;
  span_id: string | null;
  parent_span_id: string | null;
  started_at_ms: number;
}

export interface Placed<Item> {
  item: Item;
  parent: Item | undefined;
  depth: number;
  /** It names a parent, which is not there or cannot be above it. */
  isOrphan: boolean;
}

/** Each record after what it hangs on, those on one parent in the order in which they began. */
export function placeInTree<Item extends TreeRecord>(records: readonly Item[]): Placed<Item>[] {
  const ordered = records.toSorted(byStart);
  const bySpan = new Map<string, Item>();
  for (const record of ordered)
    if (record.span_id !== null && !bySpan.has(record.span_id)) bySpan.set(record.span_id, record);
  const parents = new Map<Item, Item>();
  for (const record of ordered) {
    const parent = record.parent_span_id === null ? undefined : bySpan.get(record.parent_span_id);
    if (parent) parents.set(record, parent);
  }
  cutCircles(ordered, parents);
  return walk(ordered, parents);
}

/** Goes up from each record, once in all; whatever comes back to where it came from hangs on nothing. */
function cutCircles<Item>(records: readonly Item[], parents: Map<Item, Item>): void {
  const cleared = new Set<Item>();
  for (const record of records) {
    const path = new Set<Item>();
    for (let at: Item | undefined = record; at && !cleared.has(at); at = parents.get(at)) {
      path.add(at);
      const parent = parents.get(at);
      if (parent && path.has(parent)) parents.delete(at);
    }
    for (const item of path) cleared.add(item);
  }
}

function walk<Item extends TreeRecord>(ordered: readonly Item[], parents: ReadonlyMap<Item, Item>): Placed<Item>[] {
  const children = Map.groupBy(ordered, (record) => parents.get(record));
  const placed: Placed<Item>[] = [];
  // Backwards, so that what began first is taken first.
  const waiting = (children.get(undefined) ?? []).toReversed().map((item) => ({ item, depth: 0 }));
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { item, depth } = next;
    const parent = parents.get(item);
    placed.push({ item, parent, depth, isOrphan: item.parent_span_id !== null && !parent });
    for (const child of (children.get(item) ?? []).toReversed()) waiting.push({ item: child, depth: depth + 1 });
  }
  return placed;
}

function byStart(one: TreeRecord, other: TreeRecord): number {
  return one.started_at_ms - other.started_at_ms || (one.id < other.id ? -1 : 1);
}
