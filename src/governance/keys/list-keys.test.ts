import { afterAll, afterEach, beforeAll, describe, expect, test } from "bun:test";
import { startMigratedDatabase, type TestDatabase } from "../../../test/support/database.ts";
import { governanceMigrations } from "../index.ts";
import { createKeyStore, type KeyPage } from "./store.ts";

let database: TestDatabase;

beforeAll(async () => {
  database = await startMigratedDatabase("governance", [governanceMigrations]);
}, 120_000);
afterEach(async () => {
  await database.storage.pool.query("truncate governance_keys");
});
afterAll(() => database.close());

interface Told {
  id: string;
  name: string;
  organisation?: string;
  user?: string;
  team?: string;
  project?: string;
}

/** Each is older than the one before it. */
async function insert(...keys: Told[]): Promise<void> {
  await database.storage.pool.query(
    `insert into governance_keys (id, name, hash, scopes, organisation, owner_user, owner_team, owner_project, created_at)
     select told.id, told.name, '', '{call}', coalesce(told.organisation, 'default'), "user", team, project,
       timestamptz '2026-01-01' - told.row * interval '1 ms'
     from rows from (json_to_recordset($1::json) as (id text, name text, organisation text, "user" text, team text, project text))
       with ordinality as told (id, name, organisation, "user", team, project, row)`,
    [JSON.stringify(keys)],
  );
}

async function list(page: Partial<KeyPage>) {
  const { keys, next_cursor } = await createKeyStore(database.storage).list({
    organisation: "default",
    limit: 100,
    ...page,
  });
  return { ids: keys.map(({ id }) => id), next_cursor };
}
const found = async (find: string) => (await list({ find })).ids;

describe("keys that are looked for", () => {
  test("are found by name, the beginning of their id, user, team and project, in upper and lower case", async () => {
    await insert(
      { id: "aaXb1", name: "nightly Export" },
      { id: "cccc2", name: "Über", user: "Ada" },
      { id: "dddd3", name: "other", team: "core", project: "atlas" },
      { id: "eeee4", name: "atlas ci", user: "bo" },
    );
    expect(await found("EXPORT")).toEqual(["aaXb1"]);
    expect(await found("über")).toEqual(["cccc2"]);
    expect(await found("AAxB")).toEqual(["aaXb1"]);
    expect(await found("xb1")).toEqual([]);
    expect(await found("ada")).toEqual(["cccc2"]);
    expect(await found("user:a")).toEqual(["cccc2"]);
    expect(await found("team:core")).toEqual(["dddd3"]);
    expect(await found("project:atlas")).toEqual(["dddd3"]);
    expect(await found("atlas")).toEqual(["dddd3", "eeee4"]);
  });

  test("are those of the organisation that is asked about, and what is typed is no pattern", async () => {
    await insert(
      { id: "a1", name: "100% mine" },
      { id: "b2", name: "mine", organisation: "acme" },
      { id: "c3", name: "1000" },
    );
    expect(await found("mine")).toEqual(["a1"]);
    expect(await found("%")).toEqual(["a1"]);
    expect(await found("100_")).toEqual([]);
    expect(await found("1'00\\")).toEqual([]);
  });

  test("come in pages, newest first, none twice and none left out", async () => {
    await insert(...Array.from({ length: 9 }, (_, row) => ({ id: `k${row}`, name: row % 2 === 0 ? "even" : "odd" })));
    const first = await list({ find: "even", limit: 2 });
    expect(first.ids).toEqual(["k0", "k2"]);
    const second = await list({ find: "even", limit: 2, cursor: first.next_cursor ?? "" });
    expect(second.ids).toEqual(["k4", "k6"]);
    const third = await list({ find: "even", limit: 2, cursor: second.next_cursor ?? "" });
    expect(third).toEqual({ ids: ["k8"], next_cursor: null });
  });

  test("are found among many more than one answer looks through, by going on", async () => {
    const many = Array.from({ length: 45_000 }, (_, row) => ({ id: `k${row}`, name: `app ${row}` }));
    many[1] = { id: "near", name: "wanted" };
    many[44_999] = { id: "far", name: "wanted too" };
    await insert(...many);
    const answers: string[][] = [];
    let cursor: string | undefined;
    do {
      const page = await list({ find: "wanted", cursor });
      answers.push(page.ids);
      cursor = page.next_cursor ?? undefined;
    } while (cursor !== undefined);
    expect(answers).toEqual([["near"], [], ["far"]]);
  }, 60_000);
});
