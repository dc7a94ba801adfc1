import { expect, test } from "bun:test";
import { pairFiles } from "./pair-files.ts";

test("puts files together by name, and leaves out those that are the same", () => {
  const before = [
    { name: "data.cedar", text: "a" },
    { name: "old.cedar", text: "gone" },
  ];
  const after = [
    { name: "tools.cedar", text: "new" },
    { name: "data.cedar", text: "a" },
  ];
  expect(pairFiles(before, after)).toEqual([
    { name: "old.cedar", before: "gone", after: "" },
    { name: "tools.cedar", before: "", after: "new" },
  ]);
  expect(pairFiles(before, before)).toEqual([]);
});
