// Keys against a real database: made, used, revoked, expired, mistyped, and believed while the database is away.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Leases } from "../leases/index.ts";
import { createWorld } from "../kernel/index.ts";
import type { Policies } from "../policy/index.ts";
import type { Storage } from "../storage/index.ts";
import { startMigratedDatabase } from "../../test/support/database.ts";
import { startShippedPolicies } from "../../test/support/policies/start-shipped.ts";
import { createKeySchema } from "./contract.ts";
import { createGovernance, type Governance, governanceConfigSchema, governanceMigrations } from "./index.ts";

/** Nobody here is under a cap. */
const leases: Leases = {
  start: () => Promise.resolve(),
  close: () => Promise.resolve(),
  hold: () => ({ ok: true, settle: () => undefined }),
  usage: () => Promise.resolve([]),
  spent: () => null,
  untoldMs: () => null,
};

let storage: Storage;
let closeDatabase: () => Promise<void>;
let home: string;
let governance: Governance;
let policies: Policies;
let clockMs = 1_000;
let isAvailable = true;

// The real storage, with a switch for the moment when it is away.
const switchable = (real: Storage): Storage => ({
  ...real,
  isAvailable: () => isAvailable && real.isAvailable(),
});

beforeAll(async () => {
  const database = await startMigratedDatabase("governance", [governanceMigrations]);
  storage = database.storage;
  closeDatabase = database.close;
  home = mkdtempSync(join(tmpdir(), "binnacle-governance-"));
  policies = await startShippedPolicies();
  governance = createGovernance(governanceConfigSchema.parse({ calls_in_flight_per_key_max: 2 }), {
    storage: switchable(storage),
    leases,
    policies,
    world: createWorld({ monotonicMs: () => clockMs }),
    home,
  });
  await governance.start();
});

afterAll(async () => {
  await governance.close();
  await closeDatabase();
  rmSync(home, { recursive: true, force: true });
});

/** Far longer than it should take. */
async function untilRefused(work: () => Promise<unknown>, code: string): Promise<void> {
  for (let tries = 0; tries < 400; tries += 1) {
    const error: unknown = await work().then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    if (error) return void expect(error).toMatchObject({ code });
    await Bun.sleep(25);
  }
  throw new Error("it was never refused");
}

const create = (input: object) => governance.keys.create(createKeySchema.parse(input));

describe("keys", () => {
  test("the first admin key is made once, and only its owner can read the file", async () => {
    const first = await governance.ensureAdminKey();
    const second = await governance.ensureAdminKey();
    expect([first.isNew, second.isNew]).toEqual([true, false]);
    expect(statSync(first.path).mode & 0o777).toBe(0o600);
    const principal = await governance.identify.byKey(readFileSync(first.path, "utf8").trim());
    expect(principal.scopes).toEqual(["admin"]);
  });

  test("two processes that start at once make one admin key between them", async () => {
    const database = await startMigratedDatabase("governance", [governanceMigrations]);
    const deps = { policies, storage: database.storage, leases, world: createWorld(), home };
    const both = [1, 2].map(() => createGovernance(governanceConfigSchema.parse({}), deps).ensureAdminKey());
    expect((await Promise.all(both)).filter(({ isNew }) => isNew)).toHaveLength(1);
    await database.close();
  });

  test("a key says who it belongs to, and its secret is not stored", async () => {
    const key = await create({ name: "app", user: "ada", team: "core" });
    expect(await governance.identify.byKey(key.secret)).toMatchObject({
      keyId: key.id,
      keyName: "app",
      user: "ada",
      team: "core",
      scopes: ["call"],
    });
    const { rows } = await storage.pool.query("select t::text as row from governance_keys t");
    expect(rows.some(({ row }: { row: string }) => row.includes(key.secret.slice(16)))).toBe(false);
  });

  test.each([
    ["nothing", undefined, "governance.key_missing"],
    ["something else", "sk-123", "governance.key_invalid"],
    [
      "a key of another installation",
      "bk_000000000000_0000000000000000000000000000000000000000000000000",
      "governance.key_invalid",
    ],
  ])("refuses %s", async (_, key, code) => {
    await expect(governance.identify.byKey(key)).rejects.toMatchObject({ code, status: 401 });
  });

  test("names a mistyped key for what it is, without asking the database", async () => {
    const { secret } = await create({ name: "typo" });
    const mistyped = secret.replace(/.$/, secret.endsWith("a") ? "b" : "a");
    await expect(governance.identify.byKey(mistyped)).rejects.toMatchObject({
      message: expect.stringContaining("checksum"),
    });
  });

  test("refuses the right id with another secret", async () => {
    const [one, other] = [await create({ name: "one" }), await create({ name: "other" })];
    const { generateKey } = await import("./keys/key-format.ts");
    expect(generateKey().key).not.toBe(one.secret);
    await storage.pool.query("update governance_keys set hash = $1 where id = $2", ["0".repeat(64), other.id]);
    await expect(governance.identify.byKey(other.secret)).rejects.toMatchObject({ code: "governance.key_invalid" });
  });

  test("a revoked key is refused at once here, and within a second elsewhere", async () => {
    const key = await create({ name: "leaked" });
    await governance.identify.byKey(key.secret);
    const revoked = await governance.keys.revoke(key.id);
    expect(revoked.revoked_at_ms).not.toBeNull();
    await expect(governance.identify.byKey(key.secret)).rejects.toMatchObject({
      code: "governance.key_revoked",
      status: 401,
    });

    const deps = { policies, storage, leases, world: createWorld(), home };
    const elsewhere = createGovernance(governanceConfigSchema.parse({ changes_interval: 20 }), deps);
    await elsewhere.start();
    const another = await create({ name: "leaked elsewhere" });
    expect((await elsewhere.identify.byKey(another.secret)).keyId).toBe(another.id);
    await governance.keys.revoke(another.id);
    await untilRefused(() => elsewhere.identify.byKey(another.secret), "governance.key_revoked");
    await elsewhere.close();
  });

  test("an expired key is refused", async () => {
    const key = await create({ name: "old", expires_at_ms: Date.now() - 1 });
    await expect(governance.identify.byKey(key.secret)).rejects.toMatchObject({ code: "governance.key_expired" });
  });

  test("while the database is away, known keys go on and unknown ones are asked to wait", async () => {
    const known = await create({ name: "known" });
    const unknown = await create({ name: "unknown" });
    await governance.identify.byKey(known.secret);
    isAvailable = false;
    clockMs += 10_000;
    expect((await governance.identify.byKey(known.secret)).keyId).toBe(known.id);
    await expect(governance.identify.byKey(unknown.secret)).rejects.toMatchObject({
      code: "governance.identity_unavailable",
      status: 503,
    });
    clockMs += 3_600_001;
    await expect(governance.identify.byKey(known.secret)).rejects.toMatchObject({
      code: "governance.identity_unavailable",
    });
    isAvailable = true;
    expect((await governance.identify.byKey(known.secret)).keyId).toBe(known.id);
  });

  test("lists page by page, newest first, each key once", async () => {
    const seen: string[] = [];
    let cursor: string | null | undefined;
    do {
      const page = await governance.keys.list({ limit: 3, cursor: cursor ?? undefined });
      seen.push(...page.keys.map(({ id }) => id));
      cursor = page.next_cursor;
    } while (cursor !== null);
    const { rows } = await storage.pool.query("select id from governance_keys");
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toHaveLength(rows.length);
    await expect(governance.keys.list({ limit: 3, cursor: "nonsense" })).rejects.toMatchObject({
      code: "governance.bad_cursor",
    });
  });

  test("revoking what is not there says so", async () => {
    await expect(governance.keys.revoke("nope")).rejects.toMatchObject({ code: "governance.key_unknown", status: 404 });
  });
});

describe("admission", () => {
  test("a key without the scope is refused, and no key has more calls in flight than its bound", async () => {
    const reader = await create({ name: "reader", scopes: ["read"] });
    const readerPrincipal = await governance.identify.byKey(reader.secret);
    expect(() => governance.admit(readerPrincipal, "m")).toThrow('does not have the scope "call"');

    const caller = await governance.identify.byKey((await create({ name: "caller" })).secret);
    const [first] = [governance.admit(caller, "m"), governance.admit(caller, "m")];
    expect(() => governance.admit(caller, "m")).toThrow("already has 2 calls in flight");
    first?.release();
    governance.admit(caller, "m").release();
  });
});
