// Words as PostgreSQL gets them: what is written as a vector it reads, and finds by what is written as a query.
import { afterAll, beforeAll, expect, test } from "bun:test";
import * as fc from "fast-check";
import { startTestDatabase, type TestDatabase } from "../../../test/support/database.ts";
import { tsqueryOf, tsvectorOf, wordsOf } from "./words.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await startTestDatabase();
});
afterAll(() => database.close());

async function ask<T>(statement: string, values: unknown[]): Promise<T> {
  const { rows } = await database.storage.pool.query<{ answer: T }>(statement, values);
  return rows[0]?.answer as T;
}
const isFoundIn = (text: string, query: string | undefined) =>
  ask<boolean | null>("select $1::tsvector @@ $2::tsquery as answer", [tsvectorOf(text), query]);

test("words have their places, and no case", async () => {
  expect(await ask("select $1::tsvector::text as answer", [tsvectorOf("To be, or NOT to be!")])).toBe(
    "'be':2,6 'not':4 'or':3 'to':1,5",
  );
  expect(tsvectorOf(" …! ")).toBe("");
});

test("plain words become what PostgreSQL's own parser makes of them", async () => {
  const text = "the tide turns at 0415 and again at 1640 the tide";
  expect(await ask("select $1::tsvector = to_tsvector('simple', $2) as answer", [tsvectorOf(text), text])).toBe(true);
});

test("any text is taken, and found by any run of its words, and by the beginning of the last", async () => {
  const texts = fc.oneof(fc.string({ unit: "binary" }), fc.lorem(), fc.stringMatching(/^[0-9a-fx:'\\&|!* -]{0,60}$/));
  await fc.assert(
    fc.asyncProperty(texts, fc.nat(), fc.nat(), async (text, from, count) => {
      const words = wordsOf(text).split(" ").filter(Boolean);
      const run = words.slice(from % (words.length + 1)).slice(0, 1 + (count % 5));
      const [whole, begun] = [false, true].map((isPrefix) => tsqueryOf({ words: run.join(" "), isPrefix }));
      const isFound = [await isFoundIn(text, whole), await isFoundIn(text, begun)];
      expect(isFound).toEqual(run.length === 0 ? [null, null] : [true, true]);
    }),
    { numRuns: 300 },
  );
}, 60_000);

test("a text of any length is taken, and a word that is too long is passed over", async () => {
  const long = "ü".repeat(3000);
  expect(await isFoundIn(`before ${long} after`, tsqueryOf({ words: "after", isPrefix: false }))).toBe(true);
  expect(tsqueryOf({ words: long, isPrefix: false })).toBeUndefined();
  for (const text of ["again ".repeat(100_000), Array.from({ length: 100_000 }, (_, at) => at.toString(36)).join(" ")])
    expect(await isFoundIn(text, tsqueryOf({ words: text.slice(0, 5), isPrefix: true }))).toBe(true);
}, 60_000);
