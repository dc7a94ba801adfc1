import { afterAll, beforeEach, describe, expect, test } from "bun:test";
import canonicalize from "canonicalize";
import type { TestDatabase } from "../../../test/support/database.ts";
import { createTestAudit, entry, linesOf, makeFolder, startAuditDatabase } from "../audit.fixture.ts";
import type { Audit } from "../index.ts";
import { rootByInclusion } from "../tree/check-proof.ts";
import { hashLeaf } from "../tree/hashes.ts";
import { verifyExport } from "../verifying/verify-export.ts";
import { type ExecutedCall, readCallNote, writeCallNote } from "./call-note.ts";

const databases: TestDatabase[] = [];
let database: TestDatabase;
let audit: Audit;
beforeEach(async () => {
  database = await startAuditDatabase();
  databases.push(database);
  audit = createTestAudit(database);
});
afterAll(() => Promise.all(databases.map((each) => each.close())));

const START = Date.UTC(2026, 10, 21, 12);
const idOf = (number: number): string =>
  `${START.toString(16)
    .padStart(12, "0")
    .replace(/^(.{8})/, "$1-")}-7000-8000-${String(number).padStart(12, "0")}`;

const call = (number: number, more: Partial<ExecutedCall> = {}): ExecutedCall => ({
  id: idOf(number),
  at_ms: START + number,
  action: "call",
  actor: { kind: "key", id: "k1", name: "a key", organisation: "default" },
  resource: { type: "model", id: "sim/sim-small" },
  outcome: "ok",
  policies: ["default:calls"],
  request_id: "trace",
  details: { model: "sim-small", record: "0".repeat(64), status: 200 },
  ...more,
});

async function add(calls: readonly ExecutedCall[]): Promise<void> {
  const notes = calls.map(audit.noteOfCall);
  await database.storage
    .tables<unknown>()
    .transaction()
    .execute((transaction) => audit.addCalls(transaction, notes));
  await audit.sequence();
}

const batch = (count: number) => Array.from({ length: count }, (_, number) => call(number));
const exported = async (filter = {}) => linesOf((await audit.export("ndjson", filter)).chunks);
async function* each(lines: readonly string[]): AsyncGenerator<string> {
  yield* lines;
}
const verifyLines = (lines: readonly string[]) => verifyExport(each(lines), []);

async function untriggered(statement: string): Promise<void> {
  const client = await database.storage.pool.connect();
  await client.query("set session_replication_role = replica");
  await client.query(statement);
  await client.query("set session_replication_role = origin");
  client.release();
}

describe("calls that come together", () => {
  test("have one entry, and each is shown and proven by its path and that of the entry", async () => {
    await add(batch(7));
    const { entries } = await audit.list({ limit: 10, action: "calls.executed" });
    expect(entries).toHaveLength(1);
    expect(entries[0]?.details).toMatchObject({ count: 7, failed: 0, from_ms: START, until_ms: START });
    for (let number = 0; number < 7; number += 1) {
      const shown = await audit.show(idOf(number));
      expect(shown).toMatchObject({ action: "call", batch: { id: entries[0]?.id, number, count: 7 }, index: 1 });
      const proof = await audit.proof(idOf(number));
      const { details } = JSON.parse(proof.leaf) as { details: { root: string } };
      const root = rootByInclusion({
        index: number,
        size: proof.call?.count ?? 0,
        leafHash: hashLeaf(proof.call?.leaf ?? ""),
        proof: (proof.call?.proof ?? []).map((hash) => Buffer.from(hash, "base64")),
      });
      expect(Buffer.from(root ?? []).toString("hex")).toBe(details.root);
    }
    expect(await audit.tally({ since_ms: 0, until_ms: START + 1e9 })).toContainEqual({
      action: "call",
      outcome: "ok",
      count: 7,
    });
  });

  test("but were refused have entries of their own, whole as ever", async () => {
    await add([call(0), call(1, { outcome: "refused" }), call(2, { outcome: "failed" })]);
    const { entries } = await audit.list({ limit: 10, outcome: "refused" });
    expect(entries).toMatchObject([{ id: idOf(1), action: "call" }]);
    expect((await audit.list({ limit: 10, call: idOf(2) })).entries[0]?.details).toMatchObject({ count: 2, failed: 1 });
    expect(await audit.verify()).toMatchObject({ ok: true, findings: [] });
  });

  test("name no person, and what was sealed goes with the person's key", async () => {
    await add([call(0, { on_behalf_of: "alice", personal: { session: "s1" }, subject: "user:alice" })]);
    const shown = await audit.show(idOf(0));
    expect(shown).toMatchObject({ on_behalf_of: "alice", personal: { session: "s1" }, is_sealed: true });
    expect((await exported()).join("")).not.toMatch(/alice|s1"/);
    await audit.erase("user:alice");
    await audit.sequence();
    expect(await audit.show(idOf(0))).toMatchObject({ on_behalf_of: null, personal: null });
    expect((await audit.verify()).ok).toBe(true);
    expect((await verifyLines(await exported())).ok).toBe(true);
  });
});

test("a call is noted in canonical JSON, whatever is in it", () => {
  const strange = { model: 'a "model"\n', names: ["\ud800", "x\0y"], z: 1e21, a: { b: 0.1 } };
  for (const each of [call(0), call(1, { details: strange }), call(2, { request_id: "x".repeat(600) })]) {
    const { leaf, id } = readCallNote(writeCallNote(each, 16_384));
    expect(leaf).toBe(canonicalize(JSON.parse(leaf)) ?? "");
    expect(id).toBe(each.id);
    expect(leaf).not.toContain("\n");
  }
  const long = readCallNote(writeCallNote(call(3, { details: { model: "m".repeat(500) } }), 100));
  expect(JSON.parse(long.leaf)).toMatchObject({ details: { too_long: { bytes: expect.any(Number) } } });
});

describe("what somebody did to calls that were added is found:", () => {
  const cases: [string, string, string][] = [
    ["a batch whose calls are gone", "delete from audit_calls", "calls_missing"],
    [
      "calls of another batch in their place",
      "update audit_calls set calls = (select max(calls) from audit_calls)",
      "calls_altered",
    ],
    ["bytes that are none", "update audit_calls set calls = '\\x00'", "calls_missing"],
    ["calls that were let go, and no entry says so", "update audit_calls set calls = null", "calls_missing"],
  ];
  test.each(cases)("%s", async (_, statement, kind) => {
    await add(batch(3));
    await add([call(10), call(11), call(12)]);
    expect((await audit.verify()).ok).toBe(true);
    await untriggered(statement);
    const { findings } = await audit.verify();
    expect(findings.map((finding): string => finding.kind)).toContain(kind);
    const offline = await verifyLines(await exported());
    expect(offline.findings.map((finding): string => finding.kind)).toContain(kind);
  });

  test("and without getting round the triggers it cannot be done", async () => {
    await add(batch(2));
    const statements = [
      "delete from audit_calls",
      "truncate audit_calls",
      "update audit_calls set ok = 7",
      "update audit_calls set calls = null",
    ];
    for (const statement of statements)
      expect(await database.storage.pool.query(statement).catch((error: Error) => error.message)).toContain("takes no");
  });

  test("a record that was altered, or is not there", async () => {
    audit = createTestAudit(database, {
      compareRecords: (said) =>
        Promise.resolve({ altered: said[0] ? [said[0].id] : [], missing: said[1] ? [said[1].id] : [], gone: 1 }),
    });
    await add(batch(3));
    expect((await audit.verify()).findings).toMatchObject([
      { kind: "record_altered", id: idOf(0) },
      { kind: "record_missing", id: idOf(1) },
    ]);
  });
});

describe("an export", () => {
  test("has each call, and one that is altered, left out or put elsewhere is found without a server", async () => {
    await add(batch(5));
    await audit.note(entry());
    await audit.sequence();
    const lines = await exported();
    expect(await verifyLines(lines)).toMatchObject({ ok: true, is_whole: true, entries: 3 });
    const at = lines.findIndex((line) => line.includes(idOf(2)) && line.startsWith('{"call"'));
    const kinds = async (some: string[]) => (await verifyLines(some)).findings.map(({ kind }) => kind);
    expect(await kinds(lines.with(at, (lines[at] ?? "").replace("sim-small", "sim-large")))).toEqual(["calls_altered"]);
    expect(await kinds(lines.toSpliced(at, 1))).toEqual(["calls_missing"]);
    expect(await kinds(lines.with(at, lines[at + 1] ?? "").with(at + 1, lines[at] ?? ""))).toEqual(["calls_altered"]);
  });

  test("of one call proves it, and shows nothing of the others", async () => {
    await add(batch(300));
    const lines = await exported({ call: idOf(123) });
    expect(lines).toHaveLength(4);
    expect(lines.join("")).toContain(idOf(123));
    expect(lines.join("")).not.toContain(idOf(124));
    expect(await verifyLines(lines)).toMatchObject({ ok: true, is_whole: false, entries: 1 });
    const forged = lines.map((line) => line.replace('\\"status\\":200', '\\"status\\":500'));
    expect((await verifyLines(forged)).findings).toMatchObject([{ kind: "proof_wrong", id: idOf(123) }]);
  });

  test("in other programs' words tells each call as an event", async () => {
    await add(batch(4));
    const lines = await linesOf((await audit.export("csv", {})).chunks);
    expect(lines.filter((line) => line.includes(",call,ok,"))).toHaveLength(4);
  });
});

describe("calls whose time is over", () => {
  const DAY = 86_400_000;
  let nowMs: number;
  let isHeld: boolean;
  let folder: string;
  beforeEach(async () => {
    [nowMs, isHeld, folder] = [START, false, makeFolder()];
    audit = createTestAudit(database, {
      folder,
      nowMs: () => nowMs,
      config: { executions: { keep: "30d" } },
      isHeld: () => Promise.resolve(isHeld),
    });
    await add(batch(3));
    nowMs += 32 * DAY;
    await add([call(10), call(11, { outcome: "failed" })]);
  });
  const codeOf = (work: Promise<unknown>): Promise<unknown> => work.catch((error: { code: string }) => error.code);
  const saidOf = async () => (await audit.list({ limit: 10, action: "calls.let_go" })).entries;

  test("are let go, which is an entry of its own; all else stays, and is proven", async () => {
    expect(await audit.letCallsGo()).toBe(true);
    expect(await codeOf(audit.show(idOf(0)))).toBe("audit.call_let_go");
    expect(await codeOf(audit.export("ndjson", { call: idOf(0) }))).toBe("audit.call_let_go");
    expect(await audit.show(idOf(10))).toMatchObject({ id: idOf(10) });
    expect(await saidOf()).toMatchObject([{ details: { before_ms: Math.floor((nowMs - 30 * DAY) / DAY) * DAY } }]);
    expect(await audit.tally({ since_ms: 0, until_ms: nowMs + DAY })).toContainEqual({
      action: "call",
      outcome: "ok",
      count: 4,
    });
    expect(await audit.verify()).toMatchObject({ ok: true, findings: [] });
    expect(await verifyLines(await exported())).toMatchObject({ ok: true, is_whole: true });
    expect(await verifyLines(await exported({ action: "calls.executed" }))).toMatchObject({ ok: true, entries: 2 });
    await audit.letCallsGo();
    expect(await saidOf()).toHaveLength(1);
  });

  test("are let go while another process gives entries their places", async () => {
    const other = createTestAudit(database, { nowMs: () => nowMs, folder });
    let isOver = false;
    const placing = (async () => {
      while (!isOver) await other.sequence();
    })();
    await audit.letCallsGo();
    isOver = true;
    await placing;
    expect(await codeOf(audit.show(idOf(0)))).toBe("audit.call_let_go");
  });

  test("do not cover others: what goes beside them is found", async () => {
    await audit.letCallsGo();
    await untriggered("update audit_calls set calls = null");
    for (const { findings } of [await audit.verify(), await verifyLines(await exported())])
      expect(findings.map(({ kind }) => kind)).toEqual(["calls_missing"]);
  });

  test("stay while data is held, and where no time is set", async () => {
    isHeld = true;
    await audit.letCallsGo();
    await createTestAudit(database, { nowMs: () => nowMs }).letCallsGo();
    expect(await saidOf()).toEqual([]);
    expect(await audit.show(idOf(0))).toMatchObject({ id: idOf(0) });
  });
});
