// Sealed content over the whole program: nothing said lies in clear on disk or in PostgreSQL, who may reads it all the same, and
// what is erased is gone for everybody while the record stays.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isGenuine } from "../../src/vault/index.ts";
import { startAppDatabase } from "../support/app-database.ts";
import { startTestApp, type TestApp } from "../support/app.ts";
import type { TestDatabase } from "../support/database.ts";
import { until } from "../support/until.ts";

const SECRET = "xyzzy-plugh-42";

let database: TestDatabase;
let app: TestApp;

beforeAll(async () => {
  database = await startAppDatabase();
  app = await startTestApp({ database, config: "vault: { enabled: true, changes_interval: 20ms }" });
});
afterAll(async () => {
  await app?.close();
  await database?.close();
});

async function ask(user: string, text: string): Promise<string> {
  const response = await app.chat(
    { model: "sim/sim-instant", messages: [{ role: "user", content: `${SECRET} ${text}` }] },
    { headers: { "x-binnacle-user": user } },
  );
  expect(response.status).toBe(200);
  await response.text();
  return response.headers.get("x-binnacle-call-id") ?? "";
}

const stored = async (): Promise<string> => {
  const { rows } = await database.storage.pool.query<{ all: string }>(
    `select coalesce(string_agg(row_to_json(b)::text, ''), '') || (select string_agg(row_to_json(r)::text, '') from ledger_records as r)
      || (select coalesce(string_agg(row_to_json(t)::text, ''), '') from ledger_texts as t)
      || (select coalesce(string_agg(row_to_json(p)::text, ''), '') from ledger_patterns as p) as all
    from ledger_bodies as b`,
  );
  return rows[0]?.all ?? "";
};
const inPostgres = async (id: string): Promise<boolean> =>
  (await database.storage.pool.query("select from ledger_bodies where id = $1", [id])).rowCount === 1;

describe("sealed content", () => {
  test("is in clear nowhere, and is shown to who may read it", async () => {
    const id = await ask("ada", "short");
    const long = await ask("ada", "long ".repeat(2000));
    expect((await app.client.calls.get({ id })).messages[0]?.text).toContain(SECRET);
    await until(async () => (await inPostgres(id)) && (await inPostgres(long)));
    for (const each of [id, long]) {
      const call = await app.client.calls.get({ id: each });
      expect(call.request_body?.text).toContain(SECRET);
      expect(call.bodies.request?.hash).toBe(
        new Bun.CryptoHasher("sha256").update(call.request_body?.text ?? "").digest("hex"),
      );
    }
    const journal = join(app.home, "journal");
    const files = readdirSync(journal).map((file) => readFileSync(join(journal, file), "latin1"));
    expect([...files, await stored()].join("")).not.toContain(SECRET);
    const hex = Buffer.from(SECRET).toString("hex");
    expect(await stored()).not.toContain(hex);
  });

  test("comes out in exports", async () => {
    const response = await fetch(`${app.url}/api/v1/records/export?format=ndjson&bodies=true`, {
      headers: { authorization: `Bearer ${app.key}` },
    });
    expect(await response.text()).toContain(SECRET);
  });

  test("is gone when it is erased, for everybody, and the record stays", async () => {
    const [mine, theirs] = [await ask("eve", "mine"), await ask("bob", "theirs")];
    await until(async () => (await inPostgres(mine)) && (await inPostgres(theirs)));
    const before = await app.client.calls.get({ id: mine });
    const certificate = await app.client.vault.erase({ subject: { user: "eve" }, reason: "asked for" });
    expect(isGenuine(certificate)).toBe(true);
    expect(certificate).toMatchObject({ keys_destroyed: 1, records: 1 });
    const call = await app.client.calls.get({ id: mine });
    expect(call).toMatchObject({ request_body: null, response_body: null, cost: before.cost });
    expect(call.bodies.request?.hash).toBe(before.bodies.request?.hash ?? "");
    expect((await app.client.calls.get({ id: theirs })).request_body?.text).toContain(SECRET);
    // Who comes again gets another key.
    expect((await app.client.calls.get({ id: await ask("eve", "again") })).request_body?.text).toContain("again");
  });

  test("takes comments of scores along, that were given by whom it is about or on their records", async () => {
    const [hers, his] = [await ask("mia", "hers"), await ask("tom", "his")];
    await until(async () => (await inPostgres(hers)) && (await inPostgres(his)));
    for (const [id, user] of [
      [hers, "tom"],
      [his, "mia"],
      [his, "tom"],
    ] as const)
      await app.client.records.scores.create({ id, name: `by-${user}`, value: 1, user, comment: "in so many words" });
    const comments = async () =>
      (await Promise.all([hers, his].map((id) => app.client.records.scores.list({ id })))).flatMap(({ scores }) =>
        scores.map(({ name, value, comment }) => [name, value, comment]).toSorted(),
      );
    await until(async () => (await comments()).length === 3);
    await app.client.vault.erase({ subject: { user: "mia" }, reason: "asked for" });
    expect(await comments()).toEqual([
      ["by-tom", 1, null],
      ["by-mia", 1, null],
      ["by-tom", 1, "in so many words"],
    ]);
  });

  test("is held where the law says so", async () => {
    await ask("held", "kept");
    const hold = await app.client.vault.hold({ subject: { user: "held" }, reason: "case 7" });
    const erased = await fetch(`${app.url}/api/v1/vault/erasures`, {
      method: "POST",
      headers: { authorization: `Bearer ${app.key}`, "content-type": "application/json" },
      body: JSON.stringify({ subject: { user: "held" }, reason: "asked for" }),
    });
    expect(erased.status).toBe(409);
    expect(await erased.text()).toContain("case 7");
    await app.client.vault.lift({ id: hold.id });
    await app.client.vault.erase({ subject: { user: "held" }, reason: "asked for" });
  });
});

test("an installation that seals nothing erases what lies in clear", async () => {
  const open = await startTestApp({ config: "vault: { changes_interval: 20ms }" });
  try {
    const messages = [{ role: "user", content: SECRET }];
    const headers = { "x-binnacle-user": "ada" };
    const answer = await open.chat({ model: "sim/sim-instant", messages }, { headers });
    const id = answer.headers.get("x-binnacle-call-id") ?? "";
    await until(async () => (await open.client.records.list({ filter: "user:ada" })).records.length === 1);
    const certificate = await open.client.vault.erase({ subject: { user: "ada" }, reason: "asked for" });
    expect(certificate).toMatchObject({ keys_destroyed: 0, records: 1, texts_removed: 1 });
    expect(isGenuine(certificate)).toBe(true);
    expect(await open.client.calls.get({ id })).toMatchObject({
      request_body: null,
      response_body: null,
      messages: [],
    });
    const again = open.client.vault.erase({ subject: { user: "ada" }, reason: "asked for" });
    expect(await again.catch((error: unknown) => String(error))).toContain("nothing of such data");
  } finally {
    await open.close();
  }
});
