import { expect, test } from "bun:test";
import { shareSelected, toggleAll, toggleRows } from "./select-rows.ts";

const keys = ["a", "b", "c", "d"];

test("picks out a row and lets it go again", () => {
  const one = toggleRows(new Set(), keys, { key: "b", fromKey: null });
  expect([...one]).toEqual(["b"]);
  expect(toggleRows(one, keys, { key: "b", fromKey: null }).size).toBe(0);
});

test("takes every row between two, in either direction", () => {
  expect([...toggleRows(new Set(["a"]), keys, { key: "c", fromKey: "a" })]).toEqual(["a", "b", "c"]);
  expect([...toggleRows(new Set(["d"]), keys, { key: "b", fromKey: "d" })].sort()).toEqual(["b", "c", "d"]);
  expect([...toggleRows(new Set(), keys, { key: "b", fromKey: "gone" })]).toEqual(["b"]);
});

test("takes all rows or none, and leaves those of other pages as they are", () => {
  const all = toggleAll(new Set(["elsewhere", "a"]), keys);
  expect(shareSelected(all, keys)).toBe("all");
  expect([...toggleAll(all, keys)]).toEqual(["elsewhere"]);
  expect([shareSelected(new Set(["a"]), keys), shareSelected(new Set(), keys)]).toEqual(["some", "none"]);
});
