// Keys for machines, against a real database: bound to addresses, rotated, made under another key, and when last used.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startShippedPolicies } from "../../../test/support/policies/start-shipped.ts";
import { startMigratedDatabase, type TestDatabase } from "../../../test/support/database.ts";
import { until } from "../../../test/support/until.ts";
import { createWorld } from "../../kernel/index.ts";
import type { Leases } from "../../leases/index.ts";
import { createKeySchema } from "../contract.ts";
import { createGovernance, type Governance, governanceConfigSchema, governanceMigrations } from "../index.ts";

/** Nobody here is under a cap. */
const leases: Leases = {
  start: () => Promise.resolve(),
  close: () => Promise.resolve(),
  hold: () => ({ ok: true, settle: () => undefined }),
  usage: () => Promise.resolve([]),
  spent: () => null,
  untoldMs: () => null,
};
const HOUR_MS = 3_600_000;

let database: TestDatabase;
let home: string;
let governance: Governance;
let other: Governance;
let aheadMs = 0;

beforeAll(async () => {
  database = await startMigratedDatabase("governance", [governanceMigrations]);
  home = mkdtempSync(join(tmpdir(), "binnacle-machine-keys-"));
  const config = governanceConfigSchema.parse({ last_use_interval: 20, changes_interval: 20 });
  const world = createWorld({ nowMs: () => Date.now() + aheadMs });
  const policies = await startShippedPolicies();
  const make = () => createGovernance(config, { policies, storage: database.storage, leases, world, home });
  governance = make();
  other = make();
  await Promise.all([governance.start(), other.start()]);
});

afterAll(async () => {
  await Promise.all([governance.close(), other.close()]);
  await database.close();
  rmSync(home, { recursive: true, force: true });
});

const create = (input: object, by?: string) =>
  governance.keys.create(createKeySchema.parse({ name: "app", ...input }), { isOwner: true, ...(by && { keyId: by }) });
const use = (secret: string, address?: string) => governance.identify.byKey(secret, () => address);
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => "works",
    (error: unknown) => (error as { code: string }).code,
  );

describe("a key bound to addresses", () => {
  test("works from those, and from nowhere else", async () => {
    const { secret } = await create({ allowed_ips: ["10.1.0.0/16", "192.0.2.7", "2001:db8:5::/48", "::1"] });
    for (const address of ["10.1.255.1", "192.0.2.7", "2001:db8:5:1::9", "::1"])
      expect(await codeOf(use(secret, address))).toBe("works");
    for (const address of ["10.2.0.1", "192.0.2.8", "2001:db8:6::1", "::2", "127.0.0.1", undefined])
      expect(await codeOf(use(secret, address))).toBe("governance.key_not_from_here");
  });

  test("opens nothing where its list is empty, and everything again when the list is taken away", async () => {
    const { id, secret } = await create({ allowed_ips: [] });
    expect(await codeOf(use(secret, "10.0.0.1"))).toBe("governance.key_not_from_here");
    await governance.keys.update({ id, allowed_ips: null });
    expect(await codeOf(use(secret))).toBe("works");
  });

  test("keeps its console session to them, too", async () => {
    const { id } = await create({ allowed_ips: ["10.0.0.0/8"] });
    expect(await codeOf(governance.identify.byKeyId(id, () => "192.0.2.1"))).toBe("governance.key_not_from_here");
    expect(await codeOf(governance.identify.byKeyId(id, () => "10.0.0.1"))).toBe("works");
  });
});

describe("a key that is rotated", () => {
  test("works by both secrets until the overlap ends, then by the new one alone, on every process", async () => {
    const before = await create({});
    const after = await governance.keys.rotate({ id: before.id, overlap_ms: 24 * HOUR_MS });
    expect(after.id).toBe(before.id);
    expect(after.secret).not.toBe(before.secret);
    await until(async () => (await codeOf(other.identify.byKey(after.secret))) === "works");
    for (const each of [governance, other])
      for (const { secret } of [before, after]) expect(await codeOf(each.identify.byKey(secret))).toBe("works");
    aheadMs = 25 * HOUR_MS;
    for (const each of [governance, other]) {
      expect(await codeOf(each.identify.byKey(before.secret))).toBe("governance.key_invalid");
      expect(await codeOf(each.identify.byKey(after.secret))).toBe("works");
    }
    aheadMs = 0;
  });

  test("without an overlap refuses the secret before at once, though it was used a moment ago", async () => {
    const before = await create({});
    await use(before.secret);
    const after = await governance.keys.rotate({ id: before.id, overlap_ms: 0 });
    expect(after.previous_until_ms).toBeNull();
    expect(await codeOf(use(before.secret))).toBe("governance.key_invalid");
    expect(await codeOf(use(after.secret))).toBe("works");
  });

  test("twice has two secrets, never three; and revoked it has none, and cannot be rotated", async () => {
    const first = await create({});
    const second = await governance.keys.rotate({ id: first.id, overlap_ms: HOUR_MS });
    const third = await governance.keys.rotate({ id: first.id, overlap_ms: HOUR_MS });
    expect(await codeOf(use(first.secret))).toBe("governance.key_invalid");
    expect(await codeOf(use(second.secret))).toBe("works");
    await governance.keys.revoke(first.id);
    for (const { secret } of [second, third]) expect(await codeOf(use(secret))).toBe("governance.key_revoked");
    expect(await codeOf(governance.keys.rotate({ id: first.id, overlap_ms: 0 }))).toBe("governance.key_revoked");
    expect(await codeOf(governance.keys.rotate({ id: "nobody", overlap_ms: 0 }))).toBe("governance.key_unknown");
  });
});

describe("a key under another", () => {
  test("never may more than its parent, whichever is changed, and has no children", async () => {
    const parent = await create({ scopes: ["call", "read"], models: ["fast", "openai/*"] });
    const within = { parent: parent.id, models: ["openai/gpt-5-mini"] };
    for (const beyond of [{ scopes: ["admin"] }, { models: null }, { models: ["openai/x", "slow"] }])
      expect(await codeOf(create({ ...within, ...beyond }))).toBe("governance.key_beyond_parent");
    const child = await create(within, parent.id);
    expect(child).toMatchObject({ parent: parent.id, created_by: parent.id });
    expect(await codeOf(governance.keys.update({ id: child.id, scopes: ["admin"] }))).toBe(
      "governance.key_beyond_parent",
    );
    expect(await codeOf(create({ ...within, parent: child.id }))).toBe("governance.key_beyond_parent");
    expect(await codeOf(use(child.secret))).toBe("works");
    await governance.keys.update({ id: parent.id, models: ["fast"] });
    expect(await codeOf(use(child.secret))).toBe("governance.key_beyond_parent");
  });

  test("stops when its parent does, and comes from where that may come from", async () => {
    const parent = await create({ allowed_ips: ["10.0.0.0/8"] });
    const child = await create({ parent: parent.id });
    expect(await codeOf(use(child.secret, "10.0.0.1"))).toBe("works");
    expect(await codeOf(use(child.secret, "192.0.2.1"))).toBe("governance.key_not_from_here");
    await governance.keys.update({ id: parent.id, disabled: true });
    expect(await codeOf(use(child.secret, "10.0.0.1"))).toBe("governance.disabled");
    await governance.keys.revoke(parent.id);
    expect(await codeOf(use(child.secret, "10.0.0.1"))).toBe("governance.key_revoked");
  });
});

test("when a key was last used is written a little later, without a change that others must follow", async () => {
  const { id, secret } = await create({});
  const usedAtMs = async () =>
    (await governance.keys.list({ limit: 1 })).keys.find((key) => key.id === id)?.last_used_at_ms;
  expect(await usedAtMs()).toBeNull();
  const revision = governance.revision();
  await use(secret);
  await until(async () => typeof (await usedAtMs()) === "number");
  expect(governance.revision()).toBe(revision);
});
