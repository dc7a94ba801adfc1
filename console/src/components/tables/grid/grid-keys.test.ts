import { expect, test } from "bun:test";
import { deedOf, moveIndex } from "./grid-keys.ts";

const plain = { ctrlKey: false, metaKey: false, altKey: false };

test("moves by arrows, by pages and to both ends", () => {
  expect(deedOf({ key: "ArrowDown", ...plain }, 10)).toEqual({ kind: "move", by: 1 });
  expect(deedOf({ key: "PageUp", ...plain }, 10)).toEqual({ kind: "move", by: -10 });
  expect(deedOf({ key: "End", ...plain }, 10)).toEqual({ kind: "move", by: Infinity });
});

test("leaves to the browser what is the browser's", () => {
  expect(deedOf({ key: "ArrowLeft", ...plain, altKey: true }, 10)).toBeNull();
  expect(deedOf({ key: "ArrowDown", ...plain, ctrlKey: true }, 10)).toBeNull();
  expect(deedOf({ key: "Tab", ...plain }, 10)).toBeNull();
  expect(deedOf({ key: "a", ...plain, metaKey: true }, 10)).toEqual({ kind: "select_all" });
});

test("holds the cursor within the list, and starts at the end that was asked for", () => {
  expect([moveIndex(0, -1, 5), moveIndex(3, 10, 5), moveIndex(2, Infinity, 5), moveIndex(2, -Infinity, 5)]).toEqual([
    0, 4, 4, 0,
  ]);
  expect([moveIndex(-1, 1, 5), moveIndex(-1, -1, 5), moveIndex(-1, Infinity, 5)]).toEqual([0, 0, 4]);
});
