import { expect, test } from "bun:test";
import { refuseName, removeFile, setText } from "./edit-files.ts";

const files = [
  { name: "a.cedar", text: "one" },
  { name: "b.cedar", text: "two" },
];

test("changes and removes one file, and leaves the others", () => {
  expect(setText(files, "b.cedar", "2")).toEqual([
    { name: "a.cedar", text: "one" },
    { name: "b.cedar", text: "2" },
  ]);
  expect(removeFile(files, "a.cedar")).toEqual([{ name: "b.cedar", text: "two" }]);
});

test("takes the names that the server takes, once each", () => {
  expect(refuseName(files, "c-1.cedar")).toBeNull();
  expect(refuseName(files, "a.cedar")).toBe("There is a file of that name.");
  expect(refuseName(files, "a.cases.yaml")).toBeNull();
  for (const name of ["a.yaml", "a.txt", "../a.cedar", ".cedar ", ""])
    expect(refuseName(files, name)).toContain(".cedar");
});
