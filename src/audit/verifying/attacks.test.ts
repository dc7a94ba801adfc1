import { afterAll, beforeEach, describe, expect, test } from "bun:test";
import { cpSync, readFileSync } from "node:fs";
import type { TestDatabase } from "../../../test/support/database.ts";
import { createTestAudit, entry, linesOf, makeFolder, NOW, startAuditDatabase } from "../audit.fixture.ts";
import { verifyExport } from "../index.ts";

const databases: TestDatabase[] = [];
let database: TestDatabase;
let folder: string;
let audit: ReturnType<typeof createTestAudit>;

/** Someone who has PostgreSQL to themselves: triggers hold nobody back who may switch them off. */
async function tamper(...statements: string[]): Promise<void> {
  const client = await database.storage.pool.connect();
  try {
    await client.query("set session_replication_role = replica");
    for (const statement of statements) await client.query(statement);
    await client.query("set session_replication_role = origin");
  } finally {
    client.release();
  }
}

async function noteMany(count: number): Promise<void> {
  for (let index = 0; index < count; index += 1)
    await audit.note(entry({ action: `act.${index}`, personal: { address: `203.0.113.${index}` } }));
  await audit.sequence();
}

const kinds = async (): Promise<string[]> => [...new Set((await audit.verify()).findings.map(({ kind }) => kind))];

beforeEach(async () => {
  database = await startAuditDatabase();
  databases.push(database);
  folder = makeFolder();
  audit = createTestAudit(database, { folder });
  await noteMany(12);
});
afterAll(() => Promise.all(databases.map((each) => each.close())));

describe("what nobody has touched", () => {
  test("verifies", async () => {
    expect(await audit.verify()).toMatchObject({ ok: true, entries: 13, findings: [], notices: [] });
  });
});

describe("rows", () => {
  test("that were altered are found", async () => {
    await tamper("update audit_entries set leaf = replace(leaf, 'act.5', 'act.9') where seq = 6");
    expect((await audit.verify()).findings).toMatchObject([{ kind: "entry_altered", seq: 6 }]);
  });

  test("that were altered along with the tiles do not fit what was signed", async () => {
    await tamper(
      "update audit_entries set leaf = replace(leaf, 'act.5', 'act.9') where seq = 6",
      "update audit_tiles set hashes = overlay(hashes placing (select sha256('\\x00'::bytea || convert_to(leaf, 'utf8')) from audit_entries where seq = 6) from 6 * 32 + 1) where level = 0",
    );
    expect(await kinds()).toEqual(["checkpoint_differs", "forked"]);
    await audit.note(entry());
    await audit.sequence();
    expect(await audit.state()).toMatchObject({ fault: "forked", size: 13, waiting: 1 });
  });

  test("that were deleted in the middle, or at the end, are missed", async () => {
    await tamper("delete from audit_entries where seq in (4, 5, 12)");
    expect((await audit.verify()).findings).toMatchObject([
      { kind: "entry_missing", seq: 4, count: 2 },
      { kind: "entry_missing", seq: 12, count: 1 },
    ]);
  });

  test("that were deleted at the end with everything that tells of them are missed all the same", async () => {
    const [{ note } = { note: "" }] = (
      await database.storage.pool.query("select note from audit_checkpoints order by size limit 1")
    ).rows as { note: string }[];
    await tamper(
      "delete from audit_entries where seq > 0",
      "delete from audit_checkpoints where size > 1",
      "update audit_trees set size = 1",
      "update audit_tiles set hashes = substr(hashes, 1, 32)",
    );
    expect(note).not.toBe("");
    expect(await kinds()).toContain("rolled_back");
    await audit.sequence();
    expect((await audit.state()).fault).toBe("rolled_back");
  });

  test("that changed places are told as moved", async () => {
    await tamper(
      "update audit_entries set seq = 100 where seq = 3",
      "update audit_entries set seq = 3 where seq = 7",
      "update audit_entries set seq = 7 where seq = 100",
    );
    expect((await audit.verify()).findings).toMatchObject([
      { kind: "entry_moved", seq: 3 },
      { kind: "entry_moved", seq: 7 },
    ]);
  });

  test("that were put in later, and say that they are old, come last and are told of", async () => {
    await tamper(
      `insert into audit_entries (at, id, leaf) select at - interval '3 days', '0198b7a6-0000-7000-8000-000000000001',
        jsonb_build_object('v', 1, 'log', log, 'id', '0198b7a6-0000-7000-8000-000000000001', 'at_ms',
          floor(extract(epoch from at - interval '3 days') * 1000), 'action', 'key.create', 'actor', '{}'::jsonb,
          'resource', '{}'::jsonb, 'organisation', 'default', 'outcome', 'ok')::text
      from audit_entries where seq = 5`,
    );
    await audit.sequence();
    expect(await audit.verify()).toMatchObject({ ok: true, notices: [{ kind: "out_of_time", seq: 13 }] });
  });

  test("that were put in with a place of their own are found", async () => {
    await tamper(
      "insert into audit_entries (at, id, origin, seq, leaf) select at - interval '3 days', gen_random_uuid(), origin, 3, leaf from audit_entries where seq = 5",
      "insert into audit_entries (at, id, origin, seq, leaf) select at, gen_random_uuid(), origin, 9000000000000, leaf from audit_entries where seq = 5",
    );
    expect(await kinds()).toEqual(expect.arrayContaining(["place_taken_twice", "entries_unsigned", "columns_differ"]));
  });

  test("whose sealed parts were changed for one another, or taken away, are found", async () => {
    await tamper(
      "update audit_entries as one set sealed = other.sealed, salt = other.salt from audit_entries as other where one.seq + other.seq = 9 and one.seq in (4, 5)",
      "update audit_entries set sealed = null where seq = 8",
    );
    expect((await audit.verify()).findings).toMatchObject([
      { kind: "sealed_altered", seq: 4 },
      { kind: "sealed_altered", seq: 5 },
      { kind: "sealed_missing", seq: 8 },
    ]);
  });
});

test("an entry of another installation finds no place here", async () => {
  const other = await startAuditDatabase();
  databases.push(other);
  // Test databases are copies of one: this one is of another installation from now on.
  await other.storage.pool.query("update audit_installation set log = gen_random_uuid()");
  const theirs = createTestAudit(other);
  await theirs.note(entry({ action: "theirs" }));
  const { rows } = await other.storage.pool.query("select at, id, leaf from audit_entries");
  const [row] = rows as { at: Date; id: string; leaf: string }[];
  await database.storage.pool.query("insert into audit_entries (at, id, leaf) values ($1, $2, $3)", [
    row?.at,
    row?.id,
    row?.leaf,
  ]);
  await audit.sequence();
  expect(await audit.state()).toMatchObject({ size: 13, waiting: 0 });
  expect((await audit.verify()).findings).toEqual([{ kind: "foreign_entry", count: 1 }]);
});

describe("a database that was put back to an older copy", () => {
  const makeCopy = async (): Promise<void> => {
    for (const name of ["entries", "trees", "tiles", "checkpoints"])
      await database.storage.pool.query(`create table copy_${name} as select * from audit_${name}`);
  };
  const putBack = (): Promise<void> =>
    tamper(
      ...["entries", "trees", "tiles", "checkpoints"].map((name) => `delete from audit_${name}`),
      "insert into audit_entries (at, id, origin, seq, leaf, salt, sealed) select at, id, origin, seq, leaf, salt, sealed from copy_entries",
      ...["trees", "tiles", "checkpoints"].map((name) => `insert into audit_${name} select * from copy_${name}`),
    );

  test("is found, and nothing is signed until a new tree is begun by command, which says so", async () => {
    await makeCopy();
    await noteMany(5);
    await putBack();
    await audit.note(entry({ action: "after" }));
    await audit.sequence();
    expect(await audit.state()).toMatchObject({ fault: "rolled_back", size: 13, waiting: 1 });
    expect(await kinds()).toContain("rolled_back");

    await audit.newOrigin();
    await audit.sequence();
    expect(await audit.state()).toMatchObject({ fault: null, size: 3, waiting: 0 });
    const { entries } = await audit.list({ action: "audit.origin_begun", limit: 1 });
    expect(entries[0]?.details).toMatchObject({
      because: "rolled_back",
      before: { size: 13 },
      last_signed: { size: 18 },
    });
    expect(await audit.verify()).toMatchObject({ ok: true, entries: 16 });
  });

  test("is found when it has grown again to where it was", async () => {
    await makeCopy();
    await noteMany(5);
    await putBack();
    // Another data folder, with the same key, knows nothing of what was signed.
    const elsewhere = makeFolder();
    cpSync(`${folder}/audit-signing.key`, `${elsewhere}/audit-signing.key`);
    const forgetful = createTestAudit(database, { folder: elsewhere });
    for (let index = 0; index < 9; index += 1) await forgetful.note(entry({ action: "other" }));
    await forgetful.sequence();
    await audit.sequence();
    expect((await audit.state()).fault).toBe("forked");
  });
});

test("a checkpoint that another key signed is not gone on from", async () => {
  const theirs = createTestAudit(database);
  await theirs.note(entry());
  await theirs.sequence();
  expect((await theirs.state()).fault).toBe("checkpoint_forged");
  expect(readFileSync(`${folder}/audit-checkpoint`, "utf8")).toContain("\n13\n");
});

test("clocks that jump change no place, and are told of", async () => {
  let nowMs = NOW;
  const jumping = createTestAudit(database, { folder, nowMs: () => nowMs });
  for (const jump of [0, 400 * 86_400_000, -3_600_000]) {
    nowMs = NOW + jump;
    await jumping.note(entry());
    await jumping.sequence();
  }
  expect(await jumping.verify()).toMatchObject({ ok: true, entries: 16, notices: [{ kind: "out_of_time", seq: 15 }] });
});

test("an export that is taken in again as entries finds every place taken", async () => {
  const lines = await linesOf((await audit.export("ndjson", {})).chunks);
  const leaves = lines.slice(1, -1).map((line) => (JSON.parse(line) as { leaf: string }).leaf);
  for (const leaf of leaves) {
    const { id, at_ms } = JSON.parse(leaf) as { id: string; at_ms: number };
    const again = database.storage.pool.query("insert into audit_entries (at, id, leaf) values ($1, $2, $3)", [
      new Date(at_ms),
      id,
      leaf,
    ]);
    expect(await again.then(() => "taken", String)).toContain("duplicate key");
  }
  await audit.sequence();
  expect(await audit.verify()).toMatchObject({ ok: true, entries: 13 });
});

test("a person's key destroyed leaves every proof as it was, and nothing of the person", async () => {
  const alice = { kind: "person", id: "alice", name: "Alice Liddell", organisation: "default" };
  await audit.note(entry({ action: "session.open", actor: alice, personal: { address: "198.51.100.9" } }));
  await audit.sequence();
  const before = await audit.list({ actor: "alice", limit: 5 });
  const id = before.entries[0]?.id ?? "";
  expect(await audit.show(id)).toMatchObject({ actor: { id: "alice" }, personal: { address: "198.51.100.9" } });

  const { key } = await audit.erase("user:alice");
  await audit.sequence();
  expect(await audit.show(id)).toMatchObject({ actor: { id: null }, personal: null });
  expect((await audit.list({ action: "audit.erase", limit: 5 })).entries).toMatchObject([{ resource: { id: key } }]);
  expect((await audit.list({ actor: "alice", limit: 5 })).entries).toEqual([]);
  expect((await audit.verify()).ok).toBe(true);
  const lines = await linesOf((await audit.export("ndjson", {})).chunks);
  expect(await verifyExport(each(lines), [])).toMatchObject({ ok: true, is_whole: true });
  expect(lines.join("")).not.toContain("alice");
});

test("after a rotation both keys sign, and whoever trusts one of them can follow", async () => {
  const before = (await audit.state()).keys;
  await audit.rotateKey();
  const { keys, size } = await audit.state();
  expect([size, keys.length, keys.includes(before[0] ?? "")]).toEqual([14, 2, true]);
  const lines = await linesOf((await audit.export("ndjson", {})).chunks);
  for (const key of keys)
    expect(await verifyExport(each(lines), [key])).toMatchObject({ ok: true, key_was_given: true });
  expect(await audit.verify()).toMatchObject({ ok: true });
  await noteMany(2);
  await audit.rotateKey();
  expect((await audit.verify()).ok).toBe(true);
});

async function* each(lines: readonly string[]): AsyncGenerator<string> {
  yield* lines;
}
