// Keys in memory: a change is never overtaken by a look-up that began before it, and costs nothing where nobody uses the key.
import { describe, expect, test } from "bun:test";
import { createWorld } from "../../kernel/index.ts";
import { governanceConfigSchema } from "../config.ts";
import { createKeySchema } from "../contract.ts";
import { createDirectory } from "../directory/directory.ts";
import type { ChangedEntry } from "../directory/store.ts";
import { createKnownKeys } from "./known-keys.ts";
import type { KeyStore, StoredKey } from "./store.ts";

const NEVER = {
  revoked_at_ms: null,
  last_used_at_ms: null,
  previous_until_ms: null,
  previous_hash: null,
  created_by: null,
};

function keyAt(revision: number, more: Partial<StoredKey> = {}): StoredKey {
  const settings = createKeySchema.parse({ name: "app", ...more });
  return { ...settings, id: "k", hash: "", ...NEVER, created_at_ms: 0, revision, ...more };
}

function remember() {
  const database = {
    key: keyAt(1),
    reads: 0,
    find: (): Promise<StoredKey | undefined> => Promise.resolve(database.key),
  };
  const keys: Pick<KeyStore, "find" | "findAll" | "changedSince"> = {
    find: () => {
      database.reads += 1;
      return database.find();
    },
    findAll: (ids) => {
      database.reads += ids.length;
      return Promise.resolve(ids.length > 0 ? [database.key] : []);
    },
    async *changedSince() {
      yield ["k", "another"];
    },
  };
  const entries: { changed: ChangedEntry[] } = { changed: [] };
  const directory = createDirectory({
    async *changedSince() {
      yield entries.changed;
    },
  });
  const known = createKnownKeys(governanceConfigSchema.parse({}), {
    // Only these are used here.
    keys: keys as KeyStore,
    directory,
    storage: { isAvailable: () => true },
    world: createWorld({ monotonicMs: () => 0 }),
    heardAtMs: () => 0,
  });
  return { known, database, directory, entries };
}

describe("a key in memory", () => {
  test("is read once, and again only when it was changed", async () => {
    const { known, database } = remember();
    for (let call = 0; call < 3; call += 1) await known.find("k");
    expect(database.reads).toBe(1);
    database.key = keyAt(2, { disabled: true });
    await known.follow(1);
    expect((await known.find("k"))?.caller.disabled).toBe("key k");
    expect(database.reads).toBe(2);
  });

  test("that nobody uses here is not read when it changes", async () => {
    const { known, database } = remember();
    await known.follow(1);
    expect(database.reads).toBe(0);
  });

  test("stays as a change left it, though a look-up that began before ends after", async () => {
    const { known, database } = remember();
    const before = database.key;
    const { promise, resolve } = Promise.withResolvers<StoredKey>();
    database.find = () => promise;
    const lookUp = known.find("k");
    database.key = keyAt(2, { disabled: true });
    await known.follow(1);
    resolve(before);
    expect((await lookUp)?.caller.disabled).toBe("key k");
    expect((await known.find("k"))?.key.revision).toBe(2);
  });

  test("counts for its project's team, and follows the team's caps and state without being read again", async () => {
    const { known, database, directory, entries } = remember();
    database.key = keyAt(1, { project: "atlas" });
    expect((await known.find("k"))?.caller.principal.team).toBeNull();
    const entry = { name: "", teams: [], disabled: false, budgets: [], limits: [], created_at_ms: 0, updated_at_ms: 0 };
    entries.changed = [
      { kind: "project", entry: { ...entry, name: "atlas", teams: ["core"] }, isDeleted: false },
      { kind: "team", entry: { ...entry, name: "core", limits: [{ requests: 1, every: "day" }] }, isDeleted: false },
    ];
    await directory.follow(1);
    const { principal } = (await known.find("k"))?.caller ?? {};
    expect(principal).toMatchObject({ team: "core", ownCaps: [{ of: ["team"], unit: "requests", cap: 1 }] });
    entries.changed = [{ kind: "team", entry: { ...entry, name: "core", disabled: true }, isDeleted: false }];
    await directory.follow(2);
    expect((await known.find("k"))?.caller.disabled).toBe("team core");
    expect(database.reads).toBe(1);
  });
});
