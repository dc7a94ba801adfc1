// First starts: one that was cut off half-way, and one by an ordinary user in a folder with an awkward name.
import { afterAll, expect, setDefaultTimeout, test } from "bun:test";
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import pino from "pino";
import { findBinaries } from "./binaries.ts";
import { ensureCluster } from "./cluster.ts";
import { canPass, preparePlace, serverOwner } from "./place.ts";

setDefaultTimeout(60_000);

const owner = serverOwner();
const folder = mkdtempSync(join(tmpdir(), "binnacle-cluster-"));
if (owner) chownSync(folder, owner.uid, owner.gid);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("begins again after a first start that was cut off, and keeps the password from then on", async () => {
  const home = join(folder, "cut-off");
  mkdirSync(join(home, "postgres.new-1234", "data", "base"), { recursive: true });
  writeFileSync(join(home, "postgres.password"), "of the data that never came to be");
  const log = pino({ level: "silent" });
  const place = preparePlace({ home, binaries: await findBinaries(), owner, fallback: join(folder, "fallback"), log });
  const password = await ensureCluster(place, false);
  expect(password).toMatch(/^[\w-]{32}$/);
  expect(await ensureCluster(place, false)).toBe(password);
  expect(statSync(place.passwordFile).mode & 0o777).toBe(0o600);
  expect(existsSync(join(place.dataDir, "PG_VERSION"))).toBe(true);
  expect(readdirSync(home).filter((name) => name.includes(".new"))).toEqual([]);
});

const RUN = `
import { createWorld } from ${JSON.stringify(join(import.meta.dir, "../../kernel/index.ts"))};
import { createStorage, openHome, storageConfigSchema } from ${JSON.stringify(join(import.meta.dir, "../index.ts"))};
const config = storageConfigSchema.parse({ connect_timeout: "20s", embedded: { durable: false } });
const storage = createStorage(config, { world: createWorld(), home: openHome(Bun.argv.at(-1)) });
await storage.start();
const { rows } = await storage.pool.query("select count(*) as n from pg_class where oid < 2000");
await Bun.write(Bun.stdout, JSON.stringify({ user: process.getuid?.(), available: storage.isAvailable(), n: rows[0].n > 0 }));
await storage.close();`;

// Under root, the ordinary user is `nobody`, who may not be able to reach Bun.
test.skipIf(owner !== null && !canPass(dirname(process.execPath), owner))("runs as an ordinary user", async () => {
  const home = join(folder, 'a, "b" c');
  const child = Bun.spawn([process.execPath, "-e", RUN, home], { stdout: "pipe", stderr: "inherit", ...owner });
  const user = owner?.uid ?? process.getuid?.();
  expect(JSON.parse(await new Response(child.stdout).text())).toEqual({ user, available: true, n: true });
  expect(await child.exited).toBe(0);
  expect(statSync(join(home, "postgres")).uid).toBe(user ?? 0);
});
