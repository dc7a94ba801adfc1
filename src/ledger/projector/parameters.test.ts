import { expect, test } from "bun:test";
import type { Pool } from "pg";
import { startTestDatabase } from "../../../test/support/database.ts";
import { createParameters } from "./parameters.ts";
import { type BulkStatement, sendStatement, withClient } from "./send-statement.ts";

const send = (pool: Pool, statement: BulkStatement): Promise<number> =>
  withClient(pool, (client) => sendStatement(client, statement));
const bytes = (text: string): Buffer => Buffer.from(text);

test("PostgreSQL reads back what was put in, whatever its size", async () => {
  const { storage, close } = await startTestDatabase();
  const { pool } = storage;
  await pool.query("create table got (name text, number bigint, texts text[], bodies bytea[], records json[])");
  const parameters = createParameters();
  for (const size of [0, 1, 70_000, 3_000_000]) {
    const long = "é".repeat(size);
    parameters.clear();
    parameters.putArray("text", ["1", long].map(bytes));
    parameters.putArray("bytea", [bytes(""), null, bytes(long)]);
    parameters.putArray("json", [bytes("{}"), null]);
    const text = "insert into got values ($1, $2, $3, $4, $5), ('other', 1, $3, $4, $5)";
    expect(await send(pool, { text, values: ["a 'name'", 2 ** 53], parameters })).toBe(2);
    const { rows } = await pool.query("delete from got where name <> 'other' returning *");
    expect(rows).toEqual([
      {
        name: "a 'name'",
        number: 2 ** 53,
        texts: ["1", long],
        bodies: [bytes(""), null, bytes(long)],
        records: [{}, null],
      },
    ]);
  }
  await close();
});

test("a statement that PostgreSQL refuses says why, and others follow", async () => {
  const { storage, close } = await startTestDatabase();
  const sendJson = (json: string) => {
    const parameters = createParameters();
    parameters.putArray("json", [bytes(json)]);
    return send(storage.pool, { text: "select from (select $1::json[]) as x", values: [], parameters });
  };
  for (let turn = 0; turn < 10; turn += 1) {
    expect(await sendJson("{").catch((error: unknown) => error)).toMatchObject({ code: "22P02" });
    expect(await sendJson("{}")).toBe(1);
  }
  expect(storage.pool.waitingCount).toBe(0);
  await close();
});
