// Judgements given here and elsewhere, over a real journal and database.
import { afterAll, beforeAll, expect, test } from "bun:test";
import type { TestDatabase } from "../../../test/support/database.ts";
import type { SpanRecord } from "../contract.ts";
import type { Ledger } from "../index.ts";
import { recordCall, startLedgerDatabase, startTestLedger, untilProjected, withoutServer } from "../ledger.fixture.ts";
import { spanOf } from "../spans/spans.fixture.ts";
import type { ScoreAsker } from "./scores.ts";

let database: TestDatabase;
let ledger: Ledger;
const heard: SpanRecord[] = [];

beforeAll(async () => {
  database = await startLedgerDatabase();
  ({ ledger } = await startTestLedger(database));
  ledger.subscribeSpans((record) => heard.push(record));
});
afterAll(() => database.close());

function asker(user: string | null, key = "key-9"): ScoreAsker {
  const giver = { key_id: key, key_name: `named ${key}`, user, team: "core" };
  return { giver, within: undefined };
}

async function scoresOf(id: string, as = asker("ann"), more: { limit?: number; cursor?: string } = {}) {
  await untilProjected(ledger);
  const page = await ledger.scores.list({ id, limit: 50, ...more }, { ...as, mayScore: () => true });
  return page ?? { scores: [], next_cursor: null };
}

test("a score is a record below the one that it judges, in its trace, and says who gave it", async () => {
  const id = recordCall(ledger);
  const given = await ledger.scores.give(
    { id, name: "helpful", value: 0.5, label: "fair", comment: "so so" },
    asker("ann"),
  );
  await untilProjected(ledger);
  const judged = await ledger.findCall(id);
  const found = await ledger.records.findRecord(given?.id ?? "");
  expect(found?.summary).toMatchObject({ kind: "score", own: false, counted: false, user: "ann", model: null });
  expect(found?.record).toMatchObject({
    source: "api",
    trace_id: judged?.trace_id,
    parent_span_id: judged?.span_id,
    who: { key_id: "key-9", user: "ann", team: "core", project: judged?.who.project ?? null },
    score: { name: "helpful", value: 0.5, label: "fair", explanation: "so so", of: { id, model: judged?.model } },
  });
  const trace = await ledger.records.readTrace({ id: judged?.trace_id ?? "", limit: 10 });
  expect(trace?.nodes.map(({ kind, depth, parent_id }) => ({ kind, depth, parent_id }))).toEqual([
    { kind: "call", depth: 0, parent_id: null },
    { kind: "score", depth: 1, parent_id: id },
  ]);
  expect(heard.at(-1)?.id).toBe(given?.id);
});

test("the latest word of each under each name is shown, and what was taken back is not", async () => {
  const id = recordCall(ledger);
  const give = (user: string | null, name: string, value: number) =>
    ledger.scores.give({ id, name, value }, asker(user));
  await give("ann", "thumb", 1);
  await give("ann", "helpful", 3);
  await give("bob", "thumb", 1);
  await give("ann", "thumb", 0);
  await give(null, "thumb", 0.25);
  const { scores } = await scoresOf(id);
  expect(scores.map(({ by, name, value, is_own }) => [by.user, name, value, is_own])).toEqual([
    [null, "thumb", 0.25, false],
    ["ann", "thumb", 0, true],
    ["bob", "thumb", 1, false],
    ["ann", "helpful", 3, true],
  ]);
  await ledger.scores.takeBack({ id, name: "thumb" }, asker("ann"));
  expect((await scoresOf(id)).scores.map(({ by, name }) => `${by.user} ${name}`)).toEqual([
    "null thumb",
    "bob thumb",
    "ann helpful",
  ]);
  await give("ann", "thumb", 1);
  expect((await scoresOf(id)).scores[0]).toMatchObject({ name: "thumb", value: 1, by: { user: "ann" } });
});

test("a key that is nobody's speaks for those whom it names, and a person's for that person", async () => {
  const id = recordCall(ledger);
  for (const user of ["eve", "fay"]) await ledger.scores.give({ id, name: "thumb", value: 1, user }, asker(null));
  await ledger.scores.give({ id, name: "thumb", value: 0, user: "eve" }, asker("ann"));
  const { scores } = await scoresOf(id, asker(null));
  expect(scores.map(({ by, value }) => [by.user, value])).toEqual([
    ["ann", 0],
    ["fay", 1],
    ["eve", 1],
  ]);
});

test("those that other programs reported stand among them, and those of other organisations do not", async () => {
  const id = recordCall(ledger);
  const judged = await ledger.findCall(id);
  const score = { name: "judge", value: 0.9, label: null, explanation: "ok" };
  const reported = (organisation?: string) =>
    spanOf({
      kind: "score",
      trace_id: judged?.trace_id,
      parent_span_id: judged?.span_id,
      tokens: null,
      score,
      who: { key_id: "k", key_name: "k", user: null, team: null, project: null, tags: [], organisation },
    } as Parameters<typeof spanOf>[0]);
  ledger.append([{ record: reported() }, { record: reported() }, { record: reported("acme") }]);
  const { scores } = await scoresOf(id);
  expect(scores.map(({ source, value, comment }) => [source, value, comment])).toEqual([
    ["otlp", 0.9, "ok"],
    ["otlp", 0.9, "ok"],
  ]);
});

test("pages have each score once", async () => {
  const id = recordCall(ledger);
  for (let number = 0; number < 5; number += 1)
    await ledger.scores.give({ id, name: `name ${number}`, value: number }, asker("ann"));
  const seen: (number | null)[] = [];
  let cursor: string | null | undefined;
  do {
    const page = await scoresOf(id, asker("ann"), { limit: 2, ...(cursor && { cursor }) });
    seen.push(...page.scores.map(({ value }) => value));
    cursor = page.next_cursor;
  } while (cursor);
  expect(seen).toEqual([4, 3, 2, 1, 0]);
  await expect(
    ledger.scores.list({ id, limit: 2, cursor: "x" }, { ...asker("ann"), mayScore: () => true }),
  ).rejects.toThrow("cursor");
});

test("nothing is said of a record that is not there, or not within the scope; nor without value and label", async () => {
  const id = recordCall(ledger);
  const other = { ...asker("ann"), within: { organisation: "acme" } };
  for (const [each, as] of [
    [id, other],
    [id.replace(/.$/, "z"), asker("ann")],
    ["nonsense", asker("ann")],
  ] as const) {
    expect(await ledger.scores.give({ id: each, name: "thumb", value: 1 }, as)).toBeUndefined();
    expect(await ledger.scores.takeBack({ id: each, name: "thumb" }, as)).toBeUndefined();
    expect(await ledger.scores.list({ id: each, limit: 1 }, { ...as, mayScore: () => true })).toBeUndefined();
  }
  await expect(ledger.scores.give({ id, name: "thumb", comment: "hm" }, asker("ann"))).rejects.toThrow("says nothing");
  expect((await scoresOf(id)).scores).toEqual([]);
});

test("a score that is given much later makes neither its trace nor its session longer", async () => {
  const atMs = Date.now() - 3_600_000;
  const span = spanOf({ started_at_ms: atMs, trace_id: "1af7651916cd43dd8448eb211c80319c", session: "long ago" });
  ledger.append([{ record: span }]);
  await untilProjected(ledger);
  await ledger.scores.give({ id: span.id, name: "thumb", value: 1 }, asker("ann"));
  await untilProjected(ledger);
  const [trace, cut, session] = await Promise.all([
    ledger.records.readTrace({ id: span.trace_id, limit: 10 }),
    ledger.records.readTrace({ id: span.trace_id, limit: 1 }),
    ledger.records.readSession("long ago"),
  ]);
  for (const totals of [trace?.totals, cut?.totals, session?.totals]) {
    expect(totals?.records).toBe(2);
    expect((totals?.ended_at_ms ?? 0) - atMs).toBeLessThan(1000);
  }
  expect(session?.turns[0]?.duration_ms).toBeLessThan(1000);
});

test("a call that was just made is scored while PostgreSQL is away", async () => {
  const away = await startTestLedger({ storage: withoutServer(database.storage) });
  const id = recordCall(away.ledger);
  expect(await away.ledger.scores.give({ id, name: "thumb", value: 1 }, asker("ann"))).toMatchObject({ value: 1 });
});
