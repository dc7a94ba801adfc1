import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startMigratedDatabase, type TestDatabase } from "../../test/support/database.ts";
import { until } from "../../test/support/until.ts";
import { createWorld } from "../kernel/index.ts";
import { createVault, isGenuine, type Vault, vaultConfigSchema, vaultMigrations } from "./index.ts";

const owner = { organisation: "default", project: "apollo", user: "ada", keyId: "k1" };
const other = { ...owner, user: "bob" };
const place = "record/request";
const WHY = { reason: "asked for", by: "a test" };
const MASTER = Buffer.alloc(32, 9).toString("base64");

let database: TestDatabase;
let folder: string;
const open: Vault[] = [];

beforeEach(async () => {
  database = await startMigratedDatabase("vault", [vaultMigrations]);
  folder = mkdtempSync(join(tmpdir(), "binnacle-vault-"));
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((vault) => vault.close()));
  rmSync(folder, { recursive: true, force: true });
  await database.close();
});

interface Wish {
  config?: object;
  env?: Record<string, string>;
  own?: string;
  fetch?: ReturnType<typeof createWorld>["fetch"];
}

async function startVault({ config = {}, env = {}, own = folder, fetch }: Wish = {}): Promise<Vault> {
  const vault = createVault(vaultConfigSchema.parse({ enabled: true, changes_interval: 20, ...config }), {
    storage: database.storage,
    world: createWorld(fetch ? { fetch } : {}),
    secrets: { env, readFile: (path) => readFileSync(path, "utf8") },
    folder: own,
    keysFolder: folder,
    clearText: ({ user }) => Promise.resolve(user === "eve" ? { records: 2, texts: 0 } : { records: 2, texts: 1 }),
    onErased: () => undefined,
    rewrapOthers: () => Promise.resolve(),
  });
  await vault.start();
  open.push(vault);
  return vault;
}

const textOf = async (vault: Vault, bytes: Uint8Array): Promise<string | undefined> => {
  const plain = await vault.open(bytes, place);
  return plain && Buffer.from(plain).toString();
};
const failureOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

describe("what is sealed", () => {
  test("is opened by another process, and after a restart", async () => {
    const sealed = (await startVault()).seal(Buffer.from("ahoy"), { owner, place });
    expect(Buffer.from(sealed).includes("ahoy")).toBe(false);
    const elsewhere = await startVault({ own: mkdtempSync(join(folder, "other-")) });
    await until(async () => (await textOf(elsewhere, sealed)) === "ahoy");
    expect(await textOf(await startVault(), sealed)).toBe("ahoy");
  });

  test("is sealed by one key an owner, and packed again by the same", async () => {
    const vault = await startVault();
    const seal = (of: typeof owner) => vault.seal(Buffer.from("a"), { owner: of, place });
    seal(owner);
    seal(owner);
    const sealed = seal(other);
    await until(async () => (await vault.state()).keys === 2);
    const plain = Buffer.from("long ".repeat(2000));
    const packed = await vault.pack(plain, { like: sealed, place });
    expect(packed?.length).toBeLessThan(500);
    expect(await textOf(vault, packed ?? sealed)).toBe(plain.toString());
    expect((await vault.state()).keys).toBe(2);
  });

  test("survives a process that dies before PostgreSQL has its key", async () => {
    const vault = await startVault();
    const sealed = vault.seal(Buffer.from("ahoy"), { owner, place });
    const file = readFileSync(join(folder, "vault-keys.ndjson"), "utf8");
    expect(file).not.toContain("ahoy");
    await vault.close();
    await database.storage.pool.query("delete from vault_keys");
    await Bun.write(join(folder, "vault-keys.ndjson"), `${file}{"cut`);
    expect(await textOf(await startVault(), sealed)).toBe("ahoy");
  });

  test("does not open at another place", async () => {
    const vault = await startVault();
    const sealed = vault.seal(Buffer.from("ahoy"), { owner, place });
    expect(() => vault.open(sealed, "elsewhere/request")).toThrow("does not open");
  });
});

describe("an erasure", () => {
  test("destroys the keys in every process, and leaves a certificate that names nobody", async () => {
    const [vault, elsewhere] = [await startVault(), await startVault({ own: mkdtempSync(join(folder, "other-")) })];
    const sealed = vault.seal(Buffer.from("ahoy"), { owner, place });
    const kept = vault.seal(Buffer.from("aye"), { owner: other, place });
    await until(async () => (await textOf(elsewhere, sealed)) === "ahoy");
    const certificate = await vault.erase({ user: "ada" }, WHY);
    expect(certificate).toMatchObject({ keys_destroyed: 1, records: 2, texts_removed: 1, by: "a test" });
    expect(JSON.stringify(certificate)).not.toContain("ada");
    expect(isGenuine(certificate)).toBe(true);
    expect(isGenuine({ ...certificate, keys_destroyed: 2 })).toBe(false);
    expect(await textOf(vault, sealed)).toBeUndefined();
    expect(await vault.pack(Buffer.from("a"), { like: sealed, place })).toBeUndefined();
    await until(async () => (await textOf(elsewhere, sealed)) === undefined);
    expect(await textOf(elsewhere, kept)).toBe("aye");
    expect(await vault.erasures(10)).toEqual([certificate]);
  });

  test("holds for keys that another process had not told PostgreSQL of", async () => {
    const vault = await startVault();
    vault.seal(Buffer.from("one"), { owner, place });
    const late = mkdtempSync(join(folder, "late-"));
    const dying = await startVault({ own: late });
    const sealed = dying.seal(Buffer.from("two"), { owner, place });
    const line = readFileSync(join(late, "vault-keys.ndjson"), "utf8");
    await dying.close();
    await database.storage.pool.query("delete from vault_keys where id = $1", [
      (JSON.parse(line) as { id: string }).id,
    ]);
    await Bun.write(join(late, "vault-keys.ndjson"), line);
    await vault.erase({ user: "ada" }, WHY);
    const back = await startVault({ own: late });
    expect(await textOf(back, sealed)).toBeUndefined();
  });

  test("is refused while the data is held, or where there is none", async () => {
    const vault = await startVault();
    vault.seal(Buffer.from("ahoy"), { owner, place });
    const hold = await vault.hold({ project: "apollo" }, WHY);
    expect(await failureOf(vault.erase({ user: "ada" }, WHY))).toMatchObject({ code: "vault.on_hold" });
    await vault.lift(hold.id);
    expect(await failureOf(vault.lift(hold.id))).toMatchObject({ code: "vault.unknown_hold" });
    expect(await failureOf(vault.lift("no id"))).toMatchObject({ code: "vault.unknown_hold" });
    expect(await failureOf(vault.erase({ user: "eve" }, WHY))).toMatchObject({ code: "vault.nothing_to_erase" });
    await vault.erase({ user: "ada" }, WHY);
  });
});

describe("keys above keys", () => {
  test("are rotated while others seal and open", async () => {
    const [vault, elsewhere] = [await startVault(), await startVault({ own: mkdtempSync(join(folder, "other-")) })];
    const before = vault.seal(Buffer.from("before"), { owner, place });
    await until(async () => (await vault.state()).keys === 1);
    expect(await vault.rotate()).toMatchObject({ wrapping_version: 2, to_rewrap: 0, keys: 1 });
    const after = elsewhere.seal(Buffer.from("after"), { owner: other, place });
    await until(async () => (await textOf(vault, after)) === "after");
    expect(await textOf(elsewhere, before)).toBe("before");
    expect(await vault.rotate()).toMatchObject({ wrapping_version: 3, to_rewrap: 0 });
    expect(await textOf(await startVault(), before)).toBe("before");
  });

  test("a new master key takes over from the former; a wrong one is told at the start", async () => {
    const first = await startVault({ config: { master_key: "env:OLD" }, env: { OLD: MASTER } });
    const sealed = first.seal(Buffer.from("ahoy"), { owner, place });
    await first.close();
    const env = { OLD: MASTER, NEW: Buffer.alloc(32, 4).toString("hex") };
    expect(await failureOf(startVault({ config: { master_key: "env:NEW" }, env }))).toMatchObject({
      code: "vault.wrong_master_key",
    });
    const config = { master_key: "env:NEW", former_master_keys: ["env:OLD"] };
    expect(await textOf(await startVault({ config, env }), sealed)).toBe("ahoy");
    expect(await textOf(await startVault({ config: { master_key: "env:NEW" }, env }), sealed)).toBe("ahoy");
  });

  test("a master key of another length is refused", async () => {
    const started = startVault({ config: { master_key: "env:SHORT" }, env: { SHORT: "c2hvcnQ=" } });
    expect(await failureOf(started)).toMatchObject({ code: "vault.bad_master_key" });
  });

  test("a key management service wraps and unwraps; while it is away, keys at hand go on", async () => {
    const service = serveTransit();
    const config = { kms: { url: service.url, key: "binnacle", token: "env:TOKEN", timeout: "60s" } };
    const wish = { config, env: { TOKEN: "secret" }, fetch: (url: string, init: RequestInit) => fetch(url, init) };
    const vault = await startVault(wish);
    expect((await vault.state()).master).toBe(`kms:${service.url}/binnacle`);
    await service.stop();
    const sealed = vault.seal(Buffer.from("ahoy"), { owner, place });
    expect(await textOf(vault, sealed)).toBe("ahoy");
    expect(await failureOf(vault.rotate())).toMatchObject({ code: "vault.kms_unavailable" });
    expect(await failureOf(startVault(wish))).toMatchObject({ code: "vault.kms_unavailable" });
  });
});

/** As a transit engine: it wraps by turning the text round, which is enough to see that it was asked. */
function serveTransit() {
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    async fetch(request) {
      if (request.headers.get("x-vault-token") !== "secret") return new Response(null, { status: 403 });
      const body = (await request.json()) as { plaintext?: string; ciphertext?: string };
      const turned = (text: string): string => [...text].toReversed().join("");
      const { pathname } = new URL(request.url);
      if (pathname === "/v1/transit/encrypt/binnacle")
        return Response.json({ data: { ciphertext: `vault:v1:${turned(body.plaintext ?? "")}` } });
      if (pathname === "/v1/transit/decrypt/binnacle")
        return Response.json({ data: { plaintext: turned((body.ciphertext ?? "").slice("vault:v1:".length)) } });
      return new Response(null, { status: 404 });
    },
  });
  return { url: `${server.url.origin}/v1/transit`, stop: () => server.stop(true) };
}
