// The embedded server through what really happens to it: restarts, kills, orphans, leftovers. Real processes throughout.
import { createWorld } from "../../kernel/index.ts";
import { afterAll, afterEach, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { getPriority, tmpdir } from "node:os";
import { join } from "node:path";
import pino from "pino";
import { createStorage, openHome, storageConfigSchema, type Home, type Storage } from "../index.ts";
import { NICENESS } from "./give-way.ts";
import { serverOwner } from "./place.ts";
import { until } from "../../../test/support/until.ts";

setDefaultTimeout(60_000);
// They count processes, and know only one way to.
const scenario = test.skipIf(!existsSync("/proc/self"));

const home = mkdtempSync(join(tmpdir(), "binnacle-embedded-"));
const logged: string[] = [];
const log = pino({}, { write: (line: string) => logged.push(line) });
let running: { storage: Storage; held: Home } | undefined;

/** Starts storage on the one home folder that these tests share; making its data takes most of their time. */
async function start(embedded: { durable?: boolean; log_max?: number } = {}): Promise<Storage> {
  const config = storageConfigSchema.parse({
    probe_interval: 20,
    connect_timeout: "20s",
    embedded: { durable: false, ...embedded },
  });
  const held = openHome(home);
  const storage = createStorage(config, { world: createWorld({ log }), home: held });
  running = { storage, held };
  await storage.start();
  return storage;
}

async function stop(): Promise<void> {
  await running?.storage.close();
  running?.held.close();
  running = undefined;
}

const pidFile = join(home, "postgres", "postmaster.pid");
const postmasterPid = (): number => Number.parseInt(readFileSync(pidFile, "utf8"), 10);
/** One that has ended meanwhile is in nobody's way. */
const sessionOf = (pid: string): string => {
  try {
    return readFileSync(`/proc/${pid}/autogroup`, "utf8");
  } catch {
    return ` nice ${NICENESS}\n`;
  }
};
const commandOf = (pid: number | string): string => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    return "";
  }
};
/** A process that was just begun by one has its command line for a moment. */
const postmasters = (): string[] => {
  const found = readdirSync("/proc").filter((pid) => commandOf(pid).includes(` -D ${home}/postgres `));
  return found.filter((pid) => !found.includes(parentOf(pid)));
};
const parentOf = (pid: string): string => {
  try {
    return /^PPid:\s*(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? "";
  } catch {
    return "";
  }
};
const said = (words: string): number => logged.filter((line) => line.includes(words)).length;
const kept = async (storage: Storage) => (await storage.pool.query<{ what: string }>("select what from kept")).rows;

/** Runs storage in another process, and ends that process and all of its group at a blow. */
async function runAndKill(): Promise<void> {
  const child = Bun.spawn([process.execPath, join(import.meta.dir, "hold-storage.fixture.ts"), home], {
    stdout: "pipe",
    stderr: "inherit",
    detached: true,
  });
  const { value } = await child.stdout.getReader().read();
  expect(new TextDecoder().decode(value)).toBe("ready\n");
  process.kill(-child.pid, "SIGKILL");
  await child.exited;
}

beforeAll(async () => {
  const storage = await start();
  await storage.pool.query("create table kept (what text)");
  await storage.pool.query("insert into kept values ('at first')");
  await stop();
});

afterEach(async () => {
  await stop();
  logged.length = 0;
});

afterAll(() => rmSync(home, { recursive: true, force: true }));

scenario("keeps its data across a restart, and leaves no process behind when it is closed", async () => {
  const storage = await start();
  expect(await kept(storage)).toEqual([{ what: "at first" }]);
  expect(storage.state()).toEqual({
    kind: "embedded",
    address: `${home}/postgres.socket/postgres`,
    version: expect.stringMatching(/^\d+\.\d+/),
    available: true,
  });
  expect(postmasters()).toHaveLength(1);
  await stop();
  expect(postmasters()).toEqual([]);
  expect(storage.isAvailable()).toBe(false);
});

scenario("gives way to calls where processors are short", async () => {
  await start();
  expect(getPriority(postmasterPid())).toBeGreaterThan(getPriority());
});

test.skipIf(!existsSync("/proc/self/autogroup"))(
  "gives way with each of its processes where sessions are weighed, those of later connections and of a server brought back too",
  async () => {
    const storage = await start();
    const sessions = (): string[] => {
      const pid = postmasterPid();
      const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").split(" ").filter(Boolean);
      return [String(pid), ...children].map(sessionOf);
    };
    const backends = (): number => sessions().length - 1;
    const areGiving = (): boolean => sessions().every((session) => session.endsWith(` nice ${NICENESS}\n`));
    const before = backends();
    await Promise.all([1, 2, 3].map(() => storage.pool.query("select pg_sleep(0.5)")));
    expect(backends()).toBeGreaterThan(before);
    await until(areGiving);
    process.kill(postmasterPid(), "SIGKILL");
    await until(() => said("the database is back") > 0);
    await until(areGiving);
  },
);

scenario("brings PostgreSQL back when it is killed in the middle of a statement, and says so once", async () => {
  const storage = await start();
  await storage.pool.query("insert into kept values ('before the kill')");
  const busy = storage.pool.query("select count(*) from generate_series(1, 3000000000)").catch((error) => error);
  const first = postmasterPid();
  process.kill(first, "SIGKILL");
  await until(() => said("the database is back") > 0);
  expect(storage.isAvailable()).toBe(true);
  expect(await busy).toBeInstanceOf(Error);
  expect(postmasterPid()).not.toBe(first);
  expect(await kept(storage)).toContainEqual({ what: "before the kill" });
  expect(said("the database cannot be reached")).toBe(1);
  expect(said("the database is back")).toBe(1);
});

scenario("adopts the server of a Binnacle that was killed, with all it had committed", async () => {
  await runAndKill();
  const orphan = postmasterPid();
  const storage = await start();
  expect(postmasterPid()).toBe(orphan);
  expect(postmasters()).toEqual([String(orphan)]);
  expect(await kept(storage)).toContainEqual({ what: "written by a process that was killed" });
  process.kill(orphan, "SIGKILL");
  await until(() => said("the database is back") > 0);
  expect(postmasters()).toEqual([String(postmasterPid())]);
});

scenario("replaces an orphan that was started with other settings", async () => {
  await runAndKill();
  const orphan = postmasterPid();
  const storage = await start({ durable: true });
  expect(postmasters()).toEqual([String(postmasterPid())]);
  expect(postmasterPid()).not.toBe(orphan);
  expect((await storage.pool.query("show fsync")).rows).toEqual([{ fsync: "on" }]);
});

scenario("recovers when Binnacle and PostgreSQL were killed together", async () => {
  await runAndKill();
  process.kill(postmasterPid(), "SIGKILL");
  expect(await kept(await start())).toContainEqual({ what: "written by a process that was killed" });
});

scenario("is not misled by a pid file whose number another program of the same user has now", async () => {
  const other = Bun.spawn(["sleep", "600"], { ...serverOwner() });
  writeFileSync(pidFile, `${other.pid}\n${home}/postgres\n`);
  await start();
  expect(postmasterPid()).not.toBe(other.pid);
  expect(other.exitCode).toBeNull();
  other.kill();
});

scenario("stops what it was starting when it is closed half-way", async () => {
  const starting = start().catch((error) => error);
  await until(() => postmasters().length > 0);
  await stop();
  await starting;
  expect(postmasters()).toEqual([]);
});

scenario("keeps PostgreSQL's log within its bound by moving it aside", async () => {
  const before = readFileSync(join(home, "postgres.log"), "utf8");
  await start({ log_max: 10 });
  expect(readFileSync(join(home, "postgres.log.1"), "utf8")).toBe(before);
  expect(readFileSync(join(home, "postgres.log"), "utf8")).not.toContain(before);
});

scenario("says why PostgreSQL does not start", async () => {
  const version = join(home, "postgres", "PG_VERSION");
  const original = readFileSync(version);
  writeFileSync(version, "9.6\n");
  expect(await start().catch((error) => error)).toMatchObject({
    code: "storage.embedded_failed",
    message: expect.stringContaining("database files are incompatible with server"),
    fix: expect.stringContaining(join(home, "postgres.log")),
  });
  writeFileSync(version, original);
});

scenario("refuses to begin anew in silence when the data or their password are gone", async () => {
  const data = join(home, "postgres");
  const password = join(home, "postgres.password");
  renameSync(password, `${password}.away`);
  expect(await start().catch((error) => error)).toMatchObject({ code: "storage.password_missing" });
  await stop();
  renameSync(`${password}.away`, password);
  renameSync(data, `${data}.away`);
  expect(await start().catch((error) => error)).toMatchObject({ code: "storage.data_missing" });
  renameSync(`${data}.away`, data);
  expect(readdirSync(home).filter((name) => name.includes(".new"))).toEqual([]);
});
