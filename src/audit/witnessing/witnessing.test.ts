import { afterAll, beforeAll, expect, test } from "bun:test";
import type { TestDatabase } from "../../../test/support/database.ts";
import { until } from "../../../test/support/until.ts";
import { createTestAudit, entry, makeFolder, startAuditDatabase } from "../audit.fixture.ts";
import { isSignedBy, readNote, readVerifier } from "../checkpoints/note.ts";
import { startWitness } from "./witness.fixture.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await startAuditDatabase();
});
afterAll(() => database.close());

test("a witness signs what follows from what it has seen, and refuses what does not, whoever holds the key", async () => {
  let keys: string[] = [];
  const witness = startWitness(() => keys);
  const folder = makeFolder();
  const config = { witnesses: [{ url: witness.url, key: witness.key }], witness_timeout: "60s" };
  const audit = createTestAudit(database, { folder, config });
  await audit.sequence();
  keys = (await audit.state()).keys;

  for (let round = 1; round <= 3; round += 1) {
    await audit.note(entry());
    await audit.sequence();
    await until(() => witness.size() === round + 1);
  }
  const verifier = readVerifier(witness.key);
  await until(async () => {
    const note = readNote((await audit.state()).checkpoint ?? "");
    return note !== undefined && verifier !== undefined && isSignedBy(note, verifier);
  });
  expect((await audit.state()).witnesses).toMatchObject([{ name: "witness.example/w1", size: 4, last_error: null }]);

  // Another process of this installation knows nothing of what the witness has seen, and is told.
  const other = createTestAudit(database, { folder, config });
  await other.note(entry());
  await other.sequence();
  await until(() => witness.size() === 5);
  expect(witness.asked).toContain(409);

  // A new tree under the old one's name: the key signs it, and the witness does not.
  const { pool } = database.storage;
  await pool.query(
    "set session_replication_role = replica; delete from audit_entries; set session_replication_role = origin",
  );
  await pool.query("delete from audit_trees; delete from audit_tiles; delete from audit_checkpoints");
  const forged = createTestAudit(database, {
    folder: makeFolder(),
    config: { ...config, signing: { key: `file:${folder}/audit-signing.key` } },
  });
  for (let index = 0; index < 9; index += 1) await forged.note(entry({ action: "another story" }));
  await forged.sequence();
  await until(async () => (await forged.state()).witnesses[0]?.last_error !== null);
  expect((await forged.state()).witnesses).toMatchObject([{ last_error: "it answered with HTTP 422" }]);
  expect(witness.size()).toBe(5);
  await Promise.all([audit.close(), other.close(), forged.close()]);
  void witness.close();
});
