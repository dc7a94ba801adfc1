// What of somebody lies in clear goes with an erasure, whoever wrote it; what is others' stays.
import { afterAll, beforeAll, expect, test } from "bun:test";
import type { TestDatabase } from "../../../test/support/database.ts";
import type { Ledger } from "../index.ts";
import { recordCall, startLedgerDatabase, startOf, startTestLedger, untilProjected } from "../ledger.fixture.ts";
import type { RecordsOf } from "./clear-text.ts";

let database: TestDatabase;
let ledger: Ledger;

beforeAll(async () => {
  database = await startLedgerDatabase();
  ({ ledger } = await startTestLedger(database));
});
afterAll(() => database.close());

const who = (user: string) => ({ ...startOf().who, user });
const asked = (user: string): string => recordCall(ledger, { start: { who: who(user) } });

async function comment(id: string, user: string): Promise<string> {
  const giver = { key_id: `key-of-${user}`, key_name: "", user, team: null };
  const score = await ledger.scores.give(
    { id, name: "good", value: 1, comment: `by ${user}` },
    { giver, within: undefined },
  );
  return score?.id ?? "";
}

const commentOf = async (id: string) => {
  const { record } = (await ledger.records.findRecord(id)) ?? {};
  return record && "score" in record ? record.score : undefined;
};

async function erase(of: RecordsOf) {
  await untilProjected(ledger);
  return ledger.clearText(of);
}

test("bodies that were never sealed go, and the record with its hashes stays", async () => {
  const [hers, his] = [asked("ada"), asked("bob")];
  await untilProjected(ledger);
  const before = await ledger.findCall(hers);
  expect(await erase({ user: "ada" })).toEqual({ records: 1, texts: 1 });
  expect((await ledger.readBodies(hers))?.request).toEqual(expect.anything());
  ledger.forgetBodies();
  expect(await ledger.readBodies(hers)).toBeUndefined();
  expect((await ledger.readBodies(his))?.request).not.toBeNull();
  expect(await ledger.findCall(hers)).toEqual(before);
  expect(await erase({ user: "ada" })).toEqual({ records: 1, texts: 0 });
});

test("comments go that somebody gave, or that were given on their records; what was scored stays", async () => {
  const [hers, his] = [asked("eve"), asked("dan")];
  await untilProjected(ledger);
  const [onHers, byHer, neither] = [await comment(hers, "dan"), await comment(his, "eve"), await comment(his, "dan")];
  await erase({ user: "eve" });
  for (const id of [onHers, byHer])
    expect(await commentOf(id)).toMatchObject({ name: "good", value: 1, explanation: null });
  expect(await commentOf(neither)).toMatchObject({ explanation: "by dan" });
});

test("all that is named must hold, and each day is a step", async () => {
  const id = recordCall(ledger, { start: { who: { ...who("kim"), project: "apollo" } } });
  let steps = 0;
  await untilProjected(ledger);
  const none = await ledger.clearText({ user: "kim", project: "gemini" }, () => Promise.resolve((steps += 1)));
  expect(none).toEqual({ records: 0, texts: 0 });
  expect(steps).toBeGreaterThanOrEqual(2);
  expect((await ledger.readBodies(id))?.request).not.toBeNull();
  expect(await erase({ user: "kim", project: "apollo" })).toEqual({ records: 1, texts: 1 });
});
