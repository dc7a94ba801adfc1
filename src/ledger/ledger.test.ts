// The ledger as the rooms above see it: a call is there from the moment it is closed, with the database or without.
import { afterAll, beforeAll, expect, test } from "bun:test";
import type { TestDatabase } from "../../test/support/database.ts";
import { callRecordSchema, callSummarySchema, ledgerStateSchema, type CallRecord } from "./contract.ts";
import { type Ledger, ledgerConfigSchema } from "./index.ts";
import {
  recordCall,
  startLedgerDatabase,
  startTestLedger,
  until,
  untilProjected,
  withoutServer,
} from "./ledger.fixture.ts";

const held = { database: undefined as never as TestDatabase };
beforeAll(async () => void (held.database = await startLedgerDatabase()), 60_000);
afterAll(() => held.database.close());

const sha256 = (text: string): string => new Bun.CryptoHasher("sha256").update(text).digest("hex");

async function answerOf(ledger: Ledger, id: string): Promise<string> {
  const bodies = await ledger.readBodies(id);
  return Buffer.from(bodies?.response ?? []).toString();
}

test("a call is found, listed and read in the moment it is closed, and no differently when it is in PostgreSQL", async () => {
  const { ledger } = await startTestLedger(held.database, { config: { projector: { interval: 300 } } });
  const id = recordCall(ledger, { response: "the answer" });
  expect(ledger.state().pending_records).toBeGreaterThan(0);
  const early = structuredClone(await ledger.findCall(id));
  expect(await answerOf(ledger, id)).toBe("the answer");
  const earlyPage = await ledger.listCalls({ limit: 1 });
  expect(earlyPage.calls[0]?.id).toBe(id);
  expect(callSummarySchema.parse(earlyPage.calls[0])).toEqual(earlyPage.calls[0] ?? (undefined as never));
  await untilProjected(ledger);
  const { ledger: other } = await startTestLedger(held.database);
  const late = await other.findCall(id);
  expect(callRecordSchema.parse(late)).toEqual(late as CallRecord);
  expect(late).toEqual(early as CallRecord);
  expect(await answerOf(other, id)).toBe("the answer");
  expect((await other.listCalls({ limit: 1 })).calls).toEqual(earlyPage.calls);
  await ledger.close();
  await other.close();
});

test("a list counts a call once that is in memory and in PostgreSQL", async () => {
  const { ledger } = await startTestLedger(held.database);
  const key = "a-key-of-its-own";
  const who = { key_id: key, key_name: "k", user: null, team: null, project: null, tags: [] };
  const ids = Array.from({ length: 30 }, () => recordCall(ledger, { start: { who } }));
  await untilProjected(ledger);
  ids.push(...Array.from({ length: 5 }, () => recordCall(ledger, { start: { who } })));
  const first = await ledger.listCalls({ limit: 20, key_id: key });
  const second = await ledger.listCalls({ limit: 20, key_id: key, cursor: first.next_cursor ?? "" });
  expect([...first.calls, ...second.calls].map(({ id }) => id)).toEqual(ids.toSorted().toReversed());
  expect(second.next_cursor).toBeNull();
  await ledger.close();
});

test("while the database is away the latest calls can be read, and the rest is said to be out of reach", async () => {
  const { ledger } = await startTestLedger(
    { storage: withoutServer(held.database.storage) },
    { config: { recent_records_max: 10 } },
  );
  const ids = Array.from({ length: 15 }, (_, index) => recordCall(ledger, { response: `answer ${index}` }));
  const { calls, next_cursor } = await ledger.listCalls({ limit: 50 });
  expect(calls.map(({ id }) => id)).toEqual(ids.slice(5).toSorted().toReversed());
  expect(next_cursor).toBeNull();
  expect(await answerOf(ledger, ids[14] ?? "")).toBe("answer 14");
  const unavailable = { code: "ledger.unavailable", status: 503, retry: "later" };
  expect(await ledger.findCall(ids[0] ?? "").catch((error: unknown) => error)).toMatchObject(unavailable);
  expect(await ledger.readBodies(ids[0] ?? "").catch((error: unknown) => error)).toMatchObject(unavailable);
  expect(await ledger.findCall("garbage")).toBeUndefined();
  await ledger.close();
});

test("a recent call is still whole when its segment has gone", async () => {
  const config = { journal: { segment_bytes: 2000 }, bodies: { max_bytes: 1000 } };
  const { ledger } = await startTestLedger(held.database, { config });
  const ids = Array.from({ length: 20 }, (_, index) => recordCall(ledger, { response: `answer ${index}` }));
  await untilProjected(ledger);
  const record = await ledger.findCall(ids[0] ?? "");
  expect(record?.bodies.response?.hash).toBe(sha256("answer 0"));
  expect(await answerOf(ledger, ids[0] ?? "")).toBe("answer 0");
  await ledger.close();
});

test("bodies of every size come back as they were", async () => {
  const { ledger } = await startTestLedger(held.database, {
    config: { recent_records_max: 1, journal: { segment_bytes: 1000 } },
  });
  const noise = (length: number): string =>
    Buffer.from(crypto.getRandomValues(new Uint8Array(length / 2))).toString("hex");
  const answers = [
    "a",
    "b".repeat(2047),
    "c".repeat(2048),
    noise(60_000),
    "d🙂".repeat(30_000),
    "e".repeat(1024 * 1024),
  ];
  const ids = answers.map((response) => recordCall(ledger, { response }));
  recordCall(ledger);
  await untilProjected(ledger);
  for (const [index, id] of ids.entries()) {
    const record = await ledger.findCall(id);
    expect(record?.bodies.response?.hash).toBe(sha256(answers[index] ?? ""));
    expect((await answerOf(ledger, id)) === answers[index]).toBe(true);
  }
  await ledger.close();
});

test("a body beyond the bound comes back cut, and its record says so", async () => {
  const { ledger } = await startTestLedger(held.database, { config: { bodies: { max_bytes: 5 } } });
  const id = recordCall(ledger, { response: "0123456789" });
  const record = await ledger.findCall(id);
  expect(record?.bodies.response).toMatchObject({ size_bytes: 10, stored_bytes: 5 });
  expect(await answerOf(ledger, id)).toBe("01234");
  await ledger.close();
});

test("listeners hear of each call after it is on record", async () => {
  const { ledger } = await startTestLedger(held.database);
  const heard: string[] = [];
  const stop = ledger.subscribe(({ id }) => heard.push(id));
  const ids = Array.from({ length: 3 }, () => recordCall(ledger));
  expect(heard).toEqual([]);
  await until("they have heard", () => heard.length === 3);
  expect(heard).toEqual(ids);
  stop();
  await ledger.close();
});

test("its state has the shape that the API promises", async () => {
  const { ledger } = await startTestLedger({ storage: withoutServer(held.database.storage) });
  recordCall(ledger);
  const state = ledger.state();
  expect(ledgerStateSchema.parse(state)).toEqual(state);
  expect(state).toMatchObject({ pending_records: 1, projected_records: 0, journal_max_bytes: 2 * 1024 ** 3 });
  expect(state.journal_bytes).toBeGreaterThan(500);
  await ledger.close();
});

test("closing a ledger that was never started does nothing", async () => {
  const { ledger } = await startTestLedger(held.database);
  await ledger.close();
  await ledger.close();
});

test("the configuration refuses a journal that a few calls could fill", () => {
  expect(() => ledgerConfigSchema.parse({ journal: { max_bytes: "1MiB" } })).toThrow("8 times");
  expect(() => ledgerConfigSchema.parse({ journal: { max_bytes: 1000 }, bodies: { max_bytes: 1 } })).toThrow("256 KiB");
  expect(() => ledgerConfigSchema.parse({ journal: { max_byte: 1 } })).toThrow();
});
