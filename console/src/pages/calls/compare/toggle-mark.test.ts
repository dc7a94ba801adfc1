import { expect, test } from "bun:test";
import { toggleMark } from "./toggle-mark.ts";

test("marks two at most, the latest, and takes a mark back", () => {
  expect(toggleMark([], "a")).toEqual(["a"]);
  expect(toggleMark(["a", "b"], "c")).toEqual(["b", "c"]);
  expect(toggleMark(["a", "b"], "a")).toEqual(["b"]);
});
