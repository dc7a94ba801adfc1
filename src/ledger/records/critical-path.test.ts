import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { findCriticalPath } from "./critical-path.ts";
import { placeInTree } from "./tree.ts";

interface Span {
  id: string;
  span_id: string;
  parent_span_id: string | null;
  started_at_ms: number;
  duration_ms: number;
}

const span = (id: string, parent: string | null, [from, to]: [number, number]): Span => ({
  id,
  span_id: id,
  parent_span_id: parent,
  started_at_ms: from,
  duration_ms: to - from,
});

function pathOf(spans: Span[]): Record<string, number> {
  return Object.fromEntries([...findCriticalPath(placeInTree(spans))].map(([item, ms]) => [item.id, ms]));
}

test("the time of a record is its own where no child was at work", () => {
  expect(pathOf([span("root", null, [0, 100]), span("call", "root", [10, 40])])).toEqual({ root: 70, call: 30 });
});

test("of children at once, the one that ended last was waited for", () => {
  const spans = [span("root", null, [0, 100]), span("fast", "root", [10, 50]), span("slow", "root", [10, 90])];
  expect(pathOf(spans)).toEqual({ root: 20, slow: 80 });
});

test("of children in turn, each was waited for in its time", () => {
  const spans = [span("root", null, [0, 100]), span("a", "root", [0, 40]), span("b", "root", [50, 100])];
  expect(pathOf(spans)).toEqual({ root: 10, a: 40, b: 50 });
});

test("a child that outlives its parent counts as long as the parent ran", () => {
  expect(pathOf([span("root", null, [0, 100]), span("late", "root", [90, 500])])).toEqual({ root: 90, late: 10 });
});

test("the shares come to no more than the trace's time", () => {
  const times = fc.tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 100 }));
  const any = fc.array(fc.tuple(times, fc.integer({ min: 0, max: 8 })), { minLength: 1, maxLength: 9 });
  fc.assert(
    fc.property(any, (given) => {
      const spans = given.map(([[from, ms], parent], at) =>
        span(`s${at}`, at === 0 || parent >= at ? null : `s${parent}`, [from, from + ms]),
      );
      const shares = Object.values(pathOf(spans));
      const start = Math.min(...spans.map(({ started_at_ms }) => started_at_ms));
      const end = Math.max(...spans.map(({ started_at_ms, duration_ms }) => started_at_ms + duration_ms));
      expect(shares.reduce((sum, ms) => sum + ms, 0)).toBeLessThanOrEqual(end - start);
      expect(shares.every((ms) => ms > 0)).toBe(true);
    }),
  );
});
