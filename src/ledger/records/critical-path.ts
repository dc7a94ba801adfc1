// Where a trace's time went: of every moment, which record the end was waiting for. Seen from the end of a record, that is the
// child that ended last; before that child began, the one that ended last before then; and where no child was at work,
// the record itself.
import type { Placed } from "./tree.ts";

export interface TimedRecord {
  started_at_ms: number;
  duration_ms: number | null;
}

/** Milliseconds of the trace's time by record; those that were not waited for are not in it. */
export function findCriticalPath<Item extends TimedRecord>(placed: readonly Placed<Item>[]): Map<Item, number> {
  const children = Map.groupBy(placed, ({ parent }) => parent);
  const itemsOn = (parent: Item | undefined) => (children.get(parent) ?? []).map(({ item }) => item).toSorted(byEnd);
  const spent = new Map<Item, number>();
  const waiting: { item: Item; from: number; to: number }[] = [];

  /** Shares a stretch of time out among those that worked in it; gives back what nobody did. */
  function share(items: readonly Item[], from: number, to: number): number {
    let rest = 0;
    let end = to;
    for (const item of items) {
      if (end <= from) break;
      const [start, stop] = [Math.max(item.started_at_ms, from), Math.min(endOf(item), end)];
      // It began only after what was waited for, or had ended before all this.
      if (start >= end || stop <= from) continue;
      rest += end - stop;
      waiting.push({ item, from: start, to: stop });
      end = start;
    }
    return rest + Math.max(0, end - from);
  }

  const tops = itemsOn(undefined);
  const start = tops.reduce((least, item) => Math.min(least, item.started_at_ms), Infinity);
  if (tops[0]) share(tops, start, endOf(tops[0]));
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { item, from, to } = next;
    const own = share(itemsOn(item), from, to);
    if (own > 0) spent.set(item, own);
  }
  return spent;
}

function endOf({ started_at_ms, duration_ms }: TimedRecord): number {
  return started_at_ms + Math.max(0, duration_ms ?? 0);
}

/** What ended last comes first. */
function byEnd(one: TimedRecord, other: TimedRecord): number {
  return endOf(other) - endOf(one) || other.started_at_ms - one.started_at_ms;
}
