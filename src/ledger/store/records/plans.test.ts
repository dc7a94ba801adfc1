// Every query of records uses an index: what each is planned to do, on some thousands of records over a few days.
import { type RawBuilder, sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import type { TestDatabase } from "../../../../test/support/database.ts";
import type { Filter } from "../../filter/filter.ts";
import { readFilter } from "../../filter/read-filter.ts";
import { tsvectorOf } from "../../filter/words.ts";
import { startLedgerDatabase, until } from "../../ledger.fixture.ts";
import { putSpans, recordIdFrom, traceIdFrom } from "../../records/records.fixture.ts";
import { groupsQuery, groupTotalsQuery, wholeTotalsQuery } from "./groups.ts";
import { createIndexStore } from "./indexing.ts";
import { nodesQuery, recordBodiesQuery, recordQuery, recordsQuery, sessionQuery } from "./list-records.ts";
import type { RecordTables } from "./rows.ts";
import type { RecordSearch } from "./search.ts";
import { headsOfQuery, headsQuery, traceTotalsQuery } from "./traces.ts";

const NOW = Date.UTC(2026, 8, 22, 12);
const HOUR_MS = 3_600_000;
const ROUNDS = 30;
const PER_ROUND = 100;
let database: TestDatabase;

beforeAll(async () => {
  database = await startLedgerDatabase();
  const { storage } = database;
  for (let back = 0; back < 4; back += 1) {
    const [day, next] = [back, back - 1].map((days) => new Date(NOW - days * 24 * HOUR_MS).toISOString().slice(0, 10));
    for (const table of ["records", "bodies", "texts"])
      await storage.pool.query(
        `create table ledger_${table}_${day?.replaceAll("-", "")} partition of ledger_${table} for values from ('${day}T00:00Z') to ('${next}T00:00Z')`,
      );
  }
  for (let round = 0; round < ROUNDS; round += 1)
    await putSpans(
      storage,
      Array.from({ length: PER_ROUND }, (_, index) => ({
        trace: `t${round}-${Math.floor(index / 10)}`,
        span: `s${index}`,
        parent: index % 10 === 0 ? undefined : `s${index - (index % 10)}`,
        at: NOW - round * 2 * HOUR_MS - index,
        request: `{"a":"common word${index} round${round}"}`,
        change: {
          session: `session-${round}`,
          outcome: index % 50 === 0 ? "failed" : "ok",
          who: {
            key_id: `key-${index}`,
            key_name: "",
            user: `user-${index % 20}`,
            team: null,
            project: null,
            tags: [],
          },
          model: `model-${index % 30}`,
        },
      })),
    );
  const store = createIndexStore(storage);
  await until(
    "all is indexed",
    async () =>
      (await store.indexNext(({ bodies }) => tsvectorOf(String(Buffer.from(bodies?.request ?? []))))) === undefined,
  );
  // As autovacuum does; without it no index is read alone.
  await storage.pool.query("vacuum analyze ledger_records, ledger_texts, ledger_bodies");
}, 60_000);
afterAll(() => database.close());

const everything: Filter = { type: "all", parts: [] };
const filter = (text: string) => readFilter(text, { length_max: 1000, depth_max: 10, terms_max: 10 });
const search = (changes: Partial<RecordSearch> = {}): RecordSearch => ({
  sinceMs: NOW - 48 * HOUR_MS,
  untilMs: NOW,
  filter: everything,
  before: undefined,
  limit: 20,
  ...changes,
});
const before = { startedAtMs: NOW - 3 * HOUR_MS, id: recordIdFrom({ trace: "t", span: "s", at: NOW }) };

function planOf(query: RawBuilder<unknown>): Promise<string> {
  return database.storage
    .tables<RecordTables>()
    .transaction()
    .execute(async (transaction) => {
      // Partitions of a few hundred rows would tempt any planner to read them whole.
      await sql`set local enable_seqscan = off`.execute(transaction);
      const { rows } = await sql<Record<string, string>>`explain ${query}`.execute(transaction);
      return rows.map((row) => row["QUERY PLAN"]).join("\n");
    });
}

describe("every query of records uses an index", () => {
  const [traceId, session] = [traceIdFrom("t3-1"), "session-3"];
  const queries: Record<string, [RawBuilder<unknown>, RegExp]> = {
    "the newest": [recordsQuery(search()), /Index Scan Backward using ledger_records_\d+_pkey/],
    "a later page": [recordsQuery(search({ before })), /Index Scan Backward using ledger_records_\d+_pkey/],
    "by key": [recordsQuery(search({ filter: filter("key:key-7") })), /ledger_records_\d+_key_id_started_at_id_idx/],
    "by user": [
      recordsQuery(search({ filter: filter("user:user-7") })),
      /ledger_records_\d+_user_name_started_at_id_\w+idx/,
    ],
    "by session": [
      recordsQuery(search({ filter: filter("session:session-7") })),
      /ledger_records_\d+_session_started_at_id_idx/,
    ],
    "by trace": [recordsQuery(search({ filter: filter(`trace:${traceId}`) })), /ledger_records_\d+_trace_id/],
    "by a rare word": [recordsQuery(search({ filter: filter("round3 word7") })), /ledger_texts_\d+_words_idx/],
    "what guardrails found": [
      recordsQuery(search({ filter: filter("guardrail:(email OR masked)") })),
      /ledger_records_\d+_started_at_id_idx2/,
    ],
    roots: [headsQuery(search()), /ledger_records_\d+_started_at_id_idx/],
    "one record": [
      recordQuery(recordIdFrom({ trace: "t0-0", span: "s0", at: NOW })),
      /Index Scan using ledger_records_\d+_pkey/,
    ],
    "its bodies": [
      recordBodiesQuery(recordIdFrom({ trace: "t0-0", span: "s0", at: NOW })),
      /Index Scan using ledger_bodies_\d+_pkey/,
    ],
    "a trace's tree": [nodesQuery({ traceId, limit: 100 }), /ledger_records_\d+_trace_id/],
    "heads of traces": [headsOfQuery([traceId]), /ledger_records_\d+_trace_id/],
    "totals of traces": [traceTotalsQuery([traceId], 100), /ledger_records_\d+_trace_id/],
    "a session": [sessionQuery({ session, limit: 100 }), /ledger_records_\d+_session_started_at_id_idx/],
    "its totals": [
      wholeTotalsQuery({ column: "session", name: session }, 100),
      /ledger_records_\d+_session_started_at_id_idx/,
    ],
    sessions: [
      groupsQuery({ ...search({ before }), column: "session", recordsMax: 100 }),
      /ledger_records_\d+_(session_started_at_id_idx|pkey)/,
    ],
    "totals of users": [
      groupTotalsQuery({ ...search(), column: "user_name" }, ["user-7"], 100),
      /Index Only Scan (Backward )?using ledger_records_\d+_user_name_started_at_id_\w+idx/,
    ],
  };
  for (const [name, [query, index]] of Object.entries(queries))
    test(`of ${name}`, async () => {
      const plan = await planOf(query);
      expect(plan).toMatch(index);
      expect(plan).not.toContain("Seq Scan on ledger_records");
    });
});
