import { expect, test } from "bun:test";
import { addTags } from "./tags-field.tsx";

test("adds what was typed or pasted, each once, without the space around it", () => {
  expect(addTags(["a"], " b, a ,\nc,,")).toEqual(["a", "b", "c"]);
  expect(addTags(["a"], " ")).toEqual(["a"]);
});
