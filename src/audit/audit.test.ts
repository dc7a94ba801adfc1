import { afterAll, beforeAll, expect, test } from "bun:test";
import type { TestDatabase } from "../../test/support/database.ts";
import { createTestAudit, entry, startAuditDatabase } from "./audit.fixture.ts";

let database: TestDatabase;

beforeAll(async () => {
  database = await startAuditDatabase();
});
afterAll(() => database.close());

const rows = async (text: string): Promise<Record<string, unknown>[]> => (await database.storage.pool.query(text)).rows;

test("an entry stands and falls with the transaction of its change", async () => {
  const audit = createTestAudit(database);
  const db = database.storage.tables<unknown>();
  await db.transaction().execute((transaction) => audit.record(transaction, entry({ action: "kept" })));
  const undone = db.transaction().execute(async (transaction) => {
    await audit.record(transaction, entry({ action: "undone" }));
    throw new Error("the change fails");
  });
  expect(undone).rejects.toThrow("the change fails");
  await undone.catch(() => undefined);
  expect(await rows("select action, actor, resource from audit_entries")).toEqual([
    { action: "kept", actor: "k1", resource: "k2" },
  ]);
});

test("what stands cannot be changed, deleted or emptied", async () => {
  const { pool } = database.storage;
  const refused = ["update audit_entries set leaf = '{}'", "delete from audit_entries", "truncate audit_entries"];
  for (const statement of refused) {
    const outcome = await pool.query(statement).then(
      () => "done",
      (error: unknown) => String(error),
    );
    expect(outcome).toContain("the audit trail takes no");
  }
});

test("people stand under pseudonyms, and what is personal is sealed", async () => {
  const audit = createTestAudit(database);
  await audit.note(
    entry({
      action: "session.open",
      actor: { kind: "person", id: "person:alice", name: "Alice Liddell", organisation: "default" },
      on_behalf_of: "bob",
      personal: { address: "203.0.113.7" },
    }),
  );
  const [row] = await rows("select leaf, sealed from audit_entries where action = 'session.open'");
  const leaf = String(row?.["leaf"]);
  expect(JSON.parse(leaf)).toMatchObject({ actor: { kind: "person" }, sealed: { sha256: expect.any(String) } });
  for (const word of ["alice", "Alice", "bob", "203.0.113.7"]) expect(leaf).not.toContain(word);
  expect(Buffer.from(row?.["sealed"] as Uint8Array).toString("latin1")).not.toContain("203.0");
  await audit.close();
});

test("texts that JSON or PostgreSQL cannot hold are made such that they can", async () => {
  const audit = createTestAudit(database);
  await audit.note(entry({ action: "odd\0name\uD800", details: { deep: [{ text: "\0" }], nan: Number.NaN } }));
  const [row] = await rows("select leaf from audit_entries where action like 'odd%'");
  expect(JSON.parse(String(row?.["leaf"]))).toMatchObject({ details: { deep: [{ text: "\uFFFD" }], nan: "NaN" } });
  await audit.close();
});
