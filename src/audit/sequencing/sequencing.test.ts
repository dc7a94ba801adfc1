import { afterAll, beforeEach, describe, expect, test } from "bun:test";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { TestDatabase } from "../../../test/support/database.ts";
import { createTestAudit, entry, makeFolder, startAuditDatabase } from "../audit.fixture.ts";
import { isSignedBy, readCheckpoint, readNote, readVerifier } from "../checkpoints/note.ts";

const databases: TestDatabase[] = [];
let database: TestDatabase;

beforeEach(async () => {
  database = await startAuditDatabase();
  databases.push(database);
});
afterAll(() => Promise.all(databases.map((each) => each.close())));

const rows = async (text: string): Promise<Record<string, unknown>[]> => (await database.storage.pool.query(text)).rows;
const places = async (): Promise<number[]> =>
  (await rows("select seq from audit_entries where seq is not null order by seq")).map(({ seq }) => Number(seq));

async function noteMany(audit: ReturnType<typeof createTestAudit>, count: number): Promise<void> {
  await Promise.all(Array.from({ length: count }, (_, index) => audit.note(entry({ details: { index } }))));
}

describe("places", () => {
  test("follow each other without a gap, from an entry that says that the tree began", async () => {
    const audit = createTestAudit(database);
    await noteMany(audit, 300);
    await audit.sequence();
    await noteMany(audit, 20);
    await audit.sequence();
    expect(await places()).toEqual(Array.from({ length: 321 }, (_, index) => index));
    const [first] = await rows("select action from audit_entries where seq = 0");
    expect(first).toEqual({ action: "audit.origin_begun" });
  });

  test("are each given once, by however many sequencers", async () => {
    const folder = makeFolder();
    const audits = [1, 2, 3].map(() => createTestAudit(database, { folder, config: { sequencer: { batch_max: 7 } } }));
    const [first = createTestAudit(database)] = audits;
    await first.sequence();
    await noteMany(first, 200);
    for (let waits = true; waits;) {
      await Promise.all(audits.map((audit) => audit.sequence()));
      waits = (await rows("select from audit_entries where seq is null")).length > 0;
    }
    expect(await places()).toEqual(Array.from({ length: 201 }, (_, index) => index));
  });

  test("and tiles and checkpoint stand together or not at all when a process dies in between", async () => {
    const audit = createTestAudit(database);
    await audit.sequence();
    await noteMany(audit, 10);
    const { pool } = database.storage;
    await pool.query("alter table audit_tiles rename to audit_tiles_away");
    await audit.sequence().catch(() => undefined);
    expect(await places()).toEqual([0]);
    await pool.query("alter table audit_tiles_away rename to audit_tiles");
    await audit.sequence();
    expect(await places()).toHaveLength(11);
    expect(await rows("select size::int from audit_trees")).toEqual([{ size: 11 }]);
  });
});

describe("checkpoints", () => {
  test("are signed with a key that only its owner can read", async () => {
    const folder = makeFolder();
    const audit = createTestAudit(database, { folder });
    await audit.note(entry());
    await audit.sequence();
    const [{ note: text } = {}] = await rows("select note from audit_checkpoints order by size desc limit 1");
    const [{ verifier: listed } = {}] = await rows("select verifier from audit_verifiers");
    const note = readNote(String(text));
    const verifier = readVerifier(String(listed));
    expect(note && verifier && isSignedBy(note, verifier)).toBe(true);
    expect(note && readCheckpoint(note.text)).toMatchObject({ size: 2 });
    expect(statSync(join(folder, "audit-signing.key")).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(folder, "audit-checkpoint"), "utf8")).toBe(`1\n${String(text)}`);
  });
});
