// What is told once, and what is not.
import { expect, test } from "bun:test";
import type { CallSummary } from "../../../../src/ledger/contract.ts";
import { groupRefusals } from "./group-refusals.ts";

const refused = (id: string, message: string, key: string) =>
  ({ id, model: "fast", who: { key_id: key }, error: { message } }) as CallSummary;

test("refusals for one reason are one line, with the newest of them", () => {
  const groups = groupRefusals([
    refused("3", "too much", "a"),
    refused("2", "too much", "b"),
    refused("1", "too much", "a"),
  ]);
  expect(groups.map(({ call, count }) => [call.id, count])).toEqual([
    ["3", 2],
    ["2", 1],
  ]);
});
