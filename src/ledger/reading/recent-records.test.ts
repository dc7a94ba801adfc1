import { expect, test } from "bun:test";
import type { CallRecord } from "../contract.ts";
import { startOf } from "../ledger.fixture.ts";
import { createCallOpener } from "../open-call.ts";
import { createRecentRecords } from "./recent-records.ts";

const place = { segment: 1, offset: 0, record: 0 };

test("keeps the latest records and lets the oldest go", () => {
  const recent = createRecentRecords(3);
  const records = Array.from({ length: 5 }, newRecord);
  for (const record of records) recent.add({ id: record.id, json: JSON.stringify(record), at: place });
  const ids = records.map(({ id }) => id);
  expect(
    recent
      .filter(() => true)
      .map(({ id }) => id)
      .toSorted(),
  ).toEqual(ids.slice(2));
  expect(recent.find(({ id }) => id === ids[1])).toBeUndefined();
  expect(recent.find(({ id }) => id === ids[4])?.record).toEqual(records[4] as CallRecord);
  expect(recent.findId(ids[3] ?? "")?.record).toEqual(records[3] as CallRecord);
  expect(recent.findId(ids[0] ?? "")).toBeUndefined();
});

function newRecord(_: unknown, index: number): CallRecord {
  const open = createCallOpener({
    bodies: { store: true, max_bytes: 1 },
    // Opening a call asks nothing more of the journal.
    journal: { reserve: () => undefined } as never,
    world: { nowMs: () => 1_790_000_000_000 + index },
    onClosed: () => undefined,
  });
  return open(startOf()).record;
}
