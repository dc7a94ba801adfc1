import { describe, expect, test } from "bun:test";
import { readErrorTables } from "./error-tables.ts";

const read = (table: string) =>
  readErrorTables("src/ledger/errors.ts", `const FIX = "Wait.";\nexport const x = defineErrors("ledger", {${table}});`);

describe("tables of errors", () => {
  test("are read with the names of their parameters", () => {
    const table =
      'full: (p: { max: number; at: string }) => ({ status: 503, retry: "later", message: `${JSON.stringify(p.at)} holds ${p.max}.`, fix: FIX })';
    expect(read(table)).toEqual([
      { code: "ledger.full", status: "503", retry: "later", message: "‹at› holds ‹max›.", fix: "Wait." },
    ]);
  });

  test("show both sides of a choice, and what is not always there in brackets", () => {
    const table =
      'x: (p: { a: boolean }) => ({ status: p.a ? 500 : 502, message: `It broke${p.a ? "" : " again"}.`, fix: p.a ? "Mend." : "Wait." })';
    expect(read(table)).toEqual([
      { code: "ledger.x", status: "varies", retry: "never", message: "It broke[ again].", fix: "Mend. / Wait." },
    ]);
  });

  test("must be written in place", () => {
    expect(() => read("x: (p) => elsewhere(p)")).toThrow("ledger.x: write status, message and fix in the table itself");
  });
});
