// The same filter finds the same records in PostgreSQL and in memory.
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "bun:test";
import * as fc from "fast-check";
import { startTestDatabase, type TestDatabase } from "../../../test/support/database.ts";
import { compileFilter } from "../store/compile-filter.ts";
import { columnOf } from "./columns.ts";
import { filterFieldNames, filterFields } from "./contract.ts";
import { filters, someNumbers, someSpans, someTexts, someTraces, someWords } from "./filter.fixture.ts";
import { matchesFilter, type MatchedRecord } from "./match-filter.ts";
import { tsvectorOf } from "./words.ts";

const sqlTypes = {
  text: "text",
  list: "text[]",
  count: "bigint",
  money: "bigint",
  duration: "real",
  boolean: "boolean",
  id: "uuid",
  span: "bytea",
} as const;

const columns = filterFieldNames.flatMap((field) => {
  const name = columnOf(field);
  const { type } = filterFields[field];
  return name === undefined || type === "path" ? [] : [{ name, type }];
});

const texts = fc.constantFrom(...someTexts);
const whole = fc.constantFrom(...someNumbers.filter(Number.isInteger));
const valuesOf = {
  text: texts,
  list: fc.array(texts, { maxLength: 3 }),
  count: whole,
  money: whole,
  duration: fc.constantFrom(...someNumbers),
  boolean: fc.boolean(),
  id: fc.constantFrom(...someTraces),
  span: fc.constantFrom(...someSpans),
};

const json = fc.oneof(texts, fc.constantFrom(...someNumbers), fc.constant(null), fc.boolean());
const records: fc.Arbitrary<MatchedRecord> = fc.record({
  columns: fc.record(
    Object.fromEntries(
      columns.map(({ name, type }) => [name, fc.option(fc.oneof<fc.Arbitrary<unknown>[]>(valuesOf[type]))]),
    ),
  ),
  data: fc.record(
    {
      name: json,
      guardrails: fc.array(fc.record({ kind: texts, name: texts, outcome: texts }, { requiredKeys: ["name"] }), {
        maxLength: 2,
      }),
      list: fc.array(json, { maxLength: 3 }),
      attributes: fc.record(
        { "http.status_code": json, "x y": json, 'q"uote': json, depth: json },
        { requiredKeys: [] },
      ),
    },
    { requiredKeys: [] },
  ),
  text: fc
    .array(fc.constantFrom(...someWords, "Refunds", "NOT", "e.mail", "日本語"), { maxLength: 4 })
    .map((words) => words.join(" ")),
});

const RECORDS = 300;
const held = { database: undefined as never as TestDatabase, records: [] as MatchedRecord[] };

beforeAll(async () => {
  held.database = await startTestDatabase();
  held.records = fc.sample(records, { numRuns: RECORDS, seed: 7 });
  const { pool } = held.database.storage;
  const declared = columns.map(({ name, type }) => `${name} ${sqlTypes[type]}`).join(", ");
  await pool.query(`create table some_records (number int, words tsvector, data json, ${declared})`);
  for (const [index, record] of held.records.entries()) {
    const values = columns.map(({ name, type }) => {
      const value = record.columns[name];
      return type === "span" && typeof value === "string" ? Buffer.from(value, "hex") : value;
    });
    const places = values.map((_, place) => `$${place + 4}`).join(", ");
    const first = [index, tsvectorOf(record.text), JSON.stringify(record.data)];
    await pool.query(`insert into some_records values ($1, $2, $3, ${places})`, [...first, ...values]);
  }
}, 60_000);
afterAll(() => held.database.close());

test("random filters find the same records in PostgreSQL and in memory", async () => {
  const db = held.database.storage.tables<{ some_records: { number: number } }>();
  const hasWords = (tsquery: string) => sql<boolean>`r.words @@ ${tsquery}::tsquery`;
  let found = 0;
  await fc.assert(
    fc.asyncProperty(filters, async (filter) => {
      const condition = compileFilter(filter, { record: "r", hasWords });
      const rows = await db
        .selectFrom("some_records as r")
        .select("number")
        .where(condition)
        .orderBy("number")
        .execute();
      const expected = [...held.records.keys()].filter((index) =>
        matchesFilter(filter, held.records[index] as MatchedRecord),
      );
      expect(rows.map(({ number }) => number)).toEqual(expected);
      if (expected.length > 0 && expected.length < RECORDS) found += 1;
    }),
    { numRuns: 1500 },
  );
  // Otherwise the filters would say little.
  expect(found).toBeGreaterThan(500);
}, 120_000);
