// A section of another room beside governance's own: planned with them, written with them, undone with them.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { z } from "zod";
import { startMigratedDatabase, type TestDatabase } from "../../../test/support/database.ts";
import { startShippedPolicies } from "../../../test/support/policies/start-shipped.ts";
import { createWorld } from "../../kernel/index.ts";
import type { Leases } from "../../leases/index.ts";
import { applySchema, type State } from "../contract.ts";
import { createGovernance, type Governance, governanceConfigSchema, governanceMigrations } from "../index.ts";
import type { Principal } from "../principal.ts";
import type { Section } from "./section.ts";
import { plainKey } from "../principal.ts";

let database: TestDatabase;
let governance: Governance;
let home: string;

beforeAll(async () => {
  database = await startMigratedDatabase("governance", [governanceMigrations]);
  home = mkdtempSync(join(tmpdir(), "binnacle-apply-"));
  const { storage } = database;
  await storage.pool.query("create table planets (name text primary key, moons int not null)");
  // Nobody is under a cap here.
  const leases = {} as Leases;
  governance = createGovernance(governanceConfigSchema.parse({}), {
    storage,
    leases,
    policies: await startShippedPolicies(),
    world: createWorld(),
    home,
  });
  await governance.start();
}, 120_000);
afterAll(async () => {
  await governance.close();
  await database.close();
  rmSync(home, { recursive: true });
});

interface Planet {
  name: string;
  moons: number;
}

const planets: Section = {
  name: "planets",
  entry: z.strictObject({ moons: z.number().int().default(0) }),
  async *names() {
    const { rows } = await database.storage.pool.query<Planet>("select name from planets");
    yield rows.map(({ name }) => ({ name, id: name }));
  },
  async read(_, ids) {
    const { rows } = await database.storage.pool.query<Planet>("select * from planets where name = any($1)", [ids]);
    return rows.map(({ name, moons }) => ({ name, id: name, settings: { moons } }));
  },
  async put({ transaction }, wanted) {
    for (const { name, settings } of wanted)
      await sql`insert into planets values (${name}, ${settings["moons"]})
        on conflict (name) do update set moons = excluded.moons`.execute(transaction);
  },
  async remove({ transaction }, named) {
    for (const { name } of named) await sql`delete from planets where name = ${name}`.execute(transaction);
  },
};

const asker: Principal = {
  ...plainKey(["admin"]),
  keyId: "k",
  keyName: "ops",
  scopes: ["admin"],
  user: null,
  team: null,
  project: null,
};
const apply = (state: State, more: object = {}) =>
  governance.applying({ isOwner: true, more: [planets] }).apply(applySchema.parse({ state, ...more }), asker);

describe("a section of another room", () => {
  test("is planned and written beside the others, and exported", async () => {
    const { counts } = await apply({ teams: { core: {} }, planets: { mars: { moons: 2 }, venus: {} } });
    expect(counts.create).toBe(3);
    const { changes } = await apply({ planets: { mars: { moons: 3 } } }, { prune: true });
    expect(changes.map(({ action, name }) => `${action} ${name}`)).toEqual(["change mars", "remove venus"]);
    expect((await governance.applying({ isOwner: true, more: [planets] }).export()).state["planets"]).toEqual({
      mars: { moons: 3 },
    });
  });

  test("is undone with the others when one of them does not hold", async () => {
    const bad = { teams: { early: {} }, planets: { "no moons": { moons: 1e12 } } };
    await expect(apply(bad)).rejects.toThrow();
    await expect(governance.teams.get({ name: "early" })).rejects.toMatchObject({ code: "governance.entry_unknown" });
  });

  test("is unknown where it was not handed in", async () => {
    const own = governance.applying().apply(applySchema.parse({ state: { planets: {} } }), asker);
    await expect(own).rejects.toMatchObject({ message: expect.stringContaining('unknown key "planets"') });
  });
});
