import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import { placeInTree, type TreeRecord } from "./tree.ts";

const record = (id: string, parent: string | null, started_at_ms: number): TreeRecord => ({
  id,
  span_id: id,
  parent_span_id: parent,
  started_at_ms,
});

/** `name@depth`, an orphan with a question mark. */
function drawn(records: TreeRecord[]): string {
  return placeInTree(records)
    .map(({ item, depth, isOrphan }) => `${item.id}@${depth}${isOrphan ? "?" : ""}`)
    .join(" ");
}

describe("a tree of records", () => {
  test("has each after what it hangs on, in the order in which they began", () => {
    const records = [record("c", "a", 3), record("a", null, 1), record("d", "b", 2.5), record("b", "a", 2)];
    expect(drawn(records)).toBe("a@0 b@1 d@2 c@1");
  });

  test("shows orphans at the top, and finds them their place once the parent is there", () => {
    const early = [record("b", "a", 2), record("c", "b", 3)];
    expect(drawn(early)).toBe("b@0? c@1");
    expect(drawn([...early, record("a", null, 1)])).toBe("a@0 b@1 c@2");
  });

  test("takes a child that began before its parent, as clocks have it", () => {
    expect(drawn([record("a", null, 5), record("b", "a", 1)])).toBe("a@0 b@1");
  });

  test("cuts circles, and shows twice what came twice", () => {
    expect(drawn([record("a", "a", 1)])).toBe("a@0?");
    expect(drawn([record("a", "b", 1), record("b", "a", 2)])).toBe("b@0? a@1");
    expect(drawn([record("a", null, 1), { ...record("a2", null, 2), span_id: "a" }, record("b", "a", 3)])).toBe(
      "a@0 b@1 a2@0",
    );
  });

  test("shows every record once, whatever names whatever as its parent", () => {
    const ids = fc.constantFrom("a", "b", "c", "d", "e", "f");
    const any = fc.uniqueArray(fc.tuple(ids, fc.option(ids), fc.integer({ min: 0, max: 5 })), {
      selector: ([id]) => id,
    });
    fc.assert(
      fc.property(any, (given) => {
        const records = given.map(([id, parent, at]) => record(id, parent, at));
        const placed = placeInTree(records);
        expect(placed.map(({ item }) => item.id).toSorted()).toEqual(records.map(({ id }) => id).toSorted());
        for (const [index, { item, parent, depth }] of placed.entries()) {
          const above = placed.findIndex((other) => other.item === parent);
          expect(parent === undefined ? depth : above).toBeLessThan(parent === undefined ? 1 : index);
          if (parent) expect(item.parent_span_id).toBe(parent.span_id);
        }
      }),
    );
  });

  test("is made of a hundred thousand records in one chain, and of as many on one parent", () => {
    const chain = Array.from({ length: 100_000 }, (_, at) => record(`s${at}`, at === 0 ? null : `s${at - 1}`, at));
    expect(placeInTree(chain).at(-1)?.depth).toBe(99_999);
    const star = Array.from({ length: 100_000 }, (_, at) => record(`s${at}`, at === 0 ? null : "s0", at));
    expect(placeInTree(star).at(-1)?.depth).toBe(1);
    const circle = chain.map((each, at) => (at === 0 ? { ...each, parent_span_id: "s99999" } : each));
    expect(placeInTree(circle)).toHaveLength(100_000);
  });
});
