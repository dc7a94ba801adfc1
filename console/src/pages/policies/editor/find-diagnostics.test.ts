import { expect, test } from "bun:test";
import { findDiagnostic } from "./find-diagnostics.ts";

test("finds the file and the line that the server names", () => {
  const unreadable = {
    message: "The policies in data.cedar, line 12 cannot be read: unexpected token.",
    fix: "Mend the text.",
  };
  expect(findDiagnostic(unreadable)).toEqual({
    file: "data.cedar",
    diagnostic: { message: `${unreadable.message} Mend the text.`, line: 12 },
  });
  expect(findDiagnostic({ message: "The policy x in a-b.cedar does not fit the schema: no.", fix: "" })).toMatchObject({
    file: "a-b.cedar",
    diagnostic: { line: undefined },
  });
});

test("finds files of cases too", () => {
  const message = "The cases in data.cases.yaml, line 3 cannot be read: a colon is missing.";
  expect(findDiagnostic({ message, fix: "" })).toMatchObject({ file: "data.cases.yaml", diagnostic: { line: 3 } });
});

test("leaves what names no file to all of them", () => {
  expect(
    findDiagnostic({ message: "Under these policies nobody could change policies any more.", fix: "f" }).file,
  ).toBeNull();
});
