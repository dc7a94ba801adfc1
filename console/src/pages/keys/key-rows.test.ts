// Which keys are shown.
import { expect, test } from "bun:test";
import { createKeySchema, type Key } from "../../../../src/governance/contract.ts";
import { findRows, rowsOf } from "./key-rows.ts";

const key = (id: string, change: object): Key => ({
  ...createKeySchema.parse({ name: `key ${id}` }),
  id,
  organisation: "default",
  created_at_ms: 1,
  revoked_at_ms: null,
  created_by: null,
  last_used_at_ms: null,
  previous_until_ms: null,
  ...change,
});
const rows = rowsOf(
  [
    key("a", { project: "atlas" }),
    key("b", { expires_at_ms: 50 }),
    key("c", { disabled: true, expires_at_ms: 500 }),
    key("d", { revoked_at_ms: 5, disabled: true }),
  ],
  [],
  100,
);
const found = (find: string, state: "all" | "active" | "disabled" | "expired" | "revoked"): string[] =>
  findRows(rows, { find, state }).map((row) => row.key.id);

test("keys are told apart by state, the graver one first", () => {
  expect(rows.map(({ state }) => state)).toEqual(["active", "expired", "disabled", "revoked"]);
  expect(found("", "expired")).toEqual(["b"]);
});

test("keys are found by name, id, owner and rights", () => {
  expect(found("KEY C", "all")).toEqual(["c"]);
  expect(found("project:atlas", "all")).toEqual(["a"]);
  expect(found("call (scope)", "all")).toEqual(["a", "b", "c", "d"]);
  expect(found("key c", "active")).toEqual([]);
});
