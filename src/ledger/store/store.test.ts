import { type Kysely, sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import type { TestDatabase } from "../../../test/support/database.ts";
import { callIdAt } from "../call-id.ts";
import type { CallOutcome, CallQuery } from "../contract.ts";
import { type Ledger } from "../index.ts";
import {
  newFolder,
  numberFrom,
  recordCall,
  startLedgerDatabase,
  startTestLedger,
  untilProjected,
} from "../ledger.fixture.ts";
import { bodiesQuery, callQuery, type CallSearch, listQuery } from "./reading.ts";
import { createLedgerStore } from "./store.ts";
import type { LedgerTables } from "./tables.ts";

const HOUR_MS = 3_600_000;
const NOW = Date.UTC(2026, 8, 22, 12);
const CALLS = 3000;

/** Three thousand calls over ten days, the last of them an hour ago; none of them in memory any more. */
async function fillHistory(storage: TestDatabase["storage"]): Promise<{ ledger: Ledger; ids: string[] }> {
  const folder = newFolder();
  let nowMs = NOW - 10 * 24 * HOUR_MS;
  const world = { nowMs: () => nowMs };
  const { ledger: writer } = await startTestLedger({ storage }, { folder, world });
  const ids: string[] = [];
  for (let index = 0; index < CALLS; index += 1) {
    nowMs += Math.floor((10 * 24 * HOUR_MS) / CALLS) - 1;
    const outcome: CallOutcome = index % 100 === 0 ? "failed" : "ok";
    ids.push(
      recordCall(writer, {
        start: {
          model: `model-${index % 10}`,
          who: { key_id: `key-${index % 30}`, key_name: "k", user: null, team: null, project: null, tags: [] },
        },
        change(record) {
          record.outcome = outcome;
          record.route.name = `route-${index % 5}`;
        },
      }),
    );
  }
  await untilProjected(writer);
  await writer.close();
  await storage.pool.query("analyze ledger_records");
  nowMs = NOW;
  return { ledger: (await startTestLedger({ storage }, { world })).ledger, ids };
}

const held = {
  database: undefined as never as TestDatabase,
  ledger: undefined as never as Ledger,
  ids: [] as string[],
};
beforeAll(async () => {
  held.database = await startLedgerDatabase();
  Object.assign(held, await fillHistory(held.database.storage));
}, 60_000);
afterAll(async () => {
  await held.ledger.close();
  await held.database.close();
});

const list = (query: Partial<CallQuery>) => held.ledger.listCalls({ limit: 50, ...query });

async function listAll(query: Partial<CallQuery>): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await list({ ...query, ...(cursor === undefined ? {} : { cursor }) });
    ids.push(...page.calls.map(({ id }) => id));
    cursor = page.next_cursor;
  }
  return ids;
}

describe("lists", () => {
  test("show the newest first, page by page, each call once", async () => {
    const since_ms = NOW - 30 * 24 * HOUR_MS;
    expect(await listAll({ since_ms, limit: 200 })).toEqual(held.ids.toReversed());
  });

  test("reach seven days back when they are not told", async () => {
    const { calls } = await list({ limit: 200 });
    expect(calls[0]?.id).toBe(held.ids.at(-1) ?? "");
    const all = await listAll({ limit: 200 });
    expect(all.length).toBeGreaterThan(0.69 * CALLS);
    expect(all.length).toBeLessThan(0.71 * CALLS);
    const until_ms = NOW - 9 * 24 * HOUR_MS;
    expect((await listAll({ until_ms, limit: 200 })).length).toBeGreaterThan(0.09 * CALLS);
  });

  test("take every filter, and several at once", async () => {
    const since_ms = 0;
    const every = (step: number, offset: number) => held.ids.filter((_, index) => index % step === offset).toReversed();
    expect(await listAll({ since_ms, model: "model-3" })).toEqual(every(10, 3));
    expect(await listAll({ since_ms, route: "route-3" })).toEqual(every(5, 3));
    expect(await listAll({ since_ms, key_id: "key-13" })).toEqual(every(30, 13));
    expect(await listAll({ since_ms, outcome: "failed" })).toEqual(every(100, 0));
    expect(await listAll({ since_ms, key_id: "key-13", model: "model-3" })).toEqual(every(30, 13));
    expect(await listAll({ since_ms, key_id: "key-13", model: "model-4" })).toEqual([]);
    expect((await listAll({ since_ms, outcome: "ok", limit: 200 })).length).toBe(0.99 * CALLS);
  });

  test("take any number and any text from a caller", async () => {
    for (const bound of [0, -1, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, 9e15]) {
      await list({ since_ms: bound });
      await list({ until_ms: bound });
    }
    for (const text of ["", "\0", "\ud800", "é".repeat(5000), "' or true --"])
      expect(await list({ model: text, route: text, key_id: text })).toEqual({ calls: [], next_cursor: null });
  });

  test("say so when a cursor is not theirs", async () => {
    for (const cursor of ["", "x", "🙂", Buffer.from("not an id").toString("base64url"), held.ids[0] ?? ""])
      expect(await list({ cursor }).catch((error: unknown) => error)).toMatchObject({
        code: "ledger.bad_cursor",
        status: 400,
      });
  });
});

describe("calls and bodies", () => {
  test("are found by id, whole", async () => {
    const record = await held.ledger.findCall(held.ids[7] ?? "");
    expect(record).toMatchObject({ id: held.ids[7], model: "model-7", outcome: "ok" });
    const bodies = await held.ledger.readBodies(held.ids[7] ?? "");
    expect(Buffer.from(bodies?.request ?? []).toString()).toBe('{"model":"sim/steady"}');
    expect(Buffer.from(bodies?.response ?? []).toString()).toBe('{"choices":[]}');
  });

  test("are not found where there are none, whatever is asked for", async () => {
    for (const id of [
      "",
      "x",
      "\0",
      callIdAt(NOW),
      callIdAt(0),
      callIdAt(2 ** 48 - 1),
      (held.ids[0] ?? "").toUpperCase(),
    ]) {
      expect(await held.ledger.findCall(id)).toBeUndefined();
      expect(await held.ledger.readBodies(id)).toBeUndefined();
    }
  });

  test("are in the partitions of their day", async () => {
    const tables = (table: string) => `select count(distinct tableoid) from ledger_${table}`;
    const days = await numberFrom(held.database, "select count(distinct started_at::date) from ledger_records");
    expect(await numberFrom(held.database, tables("records"))).toBe(days);
    expect(await numberFrom(held.database, tables("bodies"))).toBe(days);
  });
});

describe("every read uses an index", () => {
  const everything: CallSearch = {
    sinceMs: NOW - 7 * 24 * HOUR_MS,
    untilMs: NOW,
    beforeId: undefined,
    model: undefined,
    route: undefined,
    keyId: undefined,
    outcome: undefined,
    limit: 10,
  };
  const searches: Record<string, [Partial<CallSearch>, string]> = {
    "the newest": [{}, "started_at_id_idx\\d*"],
    "a later page": [{ beforeId: callIdAt(NOW - HOUR_MS) }, "started_at_id_idx\\d*"],
    "by key": [{ keyId: "key-13" }, "key_id_started_at_id_idx"],
    "by model": [{ model: "model-3" }, "model_started_at_id_idx"],
    "by route": [{ route: "route-3" }, "route_started_at_id_idx"],
    "by outcome": [{ outcome: "failed" }, "outcome_started_at_id_idx"],
  };
  for (const [name, [search, index]] of Object.entries(searches)) {
    test(`of a list, ${name}`, async () => {
      const plan = await explain((db) => listQuery(db, { ...everything, ...search }));
      expect(plan).toMatch(new RegExp(`Index Scan Backward using ledger_records_\\d+_${index}`));
      expect(plan).not.toMatch(/Seq Scan|Sort/);
    });
  }

  test("of one call, and of one partition", async () => {
    const plan = await explain((db) => callQuery(db, held.ids[1500] ?? ""));
    expect(plan.match(/Index Scan using ledger_records_\d+_(pkey|started_at_id_idx1)/g)?.length).toBe(1);
    expect(plan).not.toMatch(/Seq Scan|Append/);
  });

  test("of one call's bodies, and of one partition", async () => {
    const plan = await explain((db) => bodiesQuery(db, held.ids[1500] ?? ""));
    expect(plan.match(/Index Scan using ledger_bodies_\d+_pkey/g)?.length).toBe(1);
    expect(plan).not.toMatch(/Seq Scan|Append/);
  });

  function explain(
    queryOn: (db: Kysely<LedgerTables>) => { explain(format: "text"): Promise<Record<string, string>[]> },
  ) {
    return held.database.storage
      .tables<LedgerTables>()
      .transaction()
      .execute(async (transaction) => {
        // Partitions of a few hundred rows would tempt any planner to read them whole.
        await sql`set local enable_seqscan = off`.execute(transaction);
        await sql`set local enable_bitmapscan = off`.execute(transaction);
        const rows = await queryOn(transaction).explain("text");
        return rows.map((row) => row["QUERY PLAN"]).join("\n");
      });
  }
});

test("partitions are made once by whoever comes first", async () => {
  const store = createLedgerStore(held.database.storage);
  const day = 25_000;
  await Promise.all(Array.from({ length: 5 }, () => store.preparePartitions([day, day + 1])));
  expect(
    await numberFrom(held.database, "select count(*) from pg_class where relname = 'ledger_records_20380613'"),
  ).toBe(1);
});
