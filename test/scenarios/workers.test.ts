// Several processes on one port, as an operator has them: the real program, asked from outside, its processes killed by
// their ids. Only Linux spreads connections over those who share a port.
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInstallation, type Installation, type RunningBinnacle } from "../../drills/installation/binnacle.ts";
import { endProcesses, findProcesses } from "../../drills/installation/leftovers.ts";
import { startAppDatabase } from "../support/app-database.ts";
import type { TestDatabase } from "../support/database.ts";
import { type Certificates, createCertificates, hasOpenssl } from "../support/tls/certificates.ts";
import { untilFound } from "../support/until.ts";

const onLinux = process.platform === "linux" ? describe : describe.skip;
// Several processes start on a machine that may be busy; each wait below has a bound of its own.
setDefaultTimeout(400_000);

const certificates: Certificates | undefined = hasOpenssl ? createCertificates() : undefined;
certificates?.authority("server");
const tls = certificates && { cert: certificates.path("server.pem"), key: certificates.path("server.key") };

const CAP_USD = 0.5;
const config = {
  workers: 3,
  interfaces: { tls: tls ? { port: 0, ...tls } : null },
  providers: { sim: { price: { input_usd_per_million: 1000, output_usd_per_million: 1000 } } },
  governance: { budgets: [{ of: "team", usd: CAP_USD }], changes_interval: "100ms" },
};

const folder = mkdtempSync(join(tmpdir(), "binnacle-workers-"));
// Else, as root, the database would be kept elsewhere, and be left there.
chmodSync(folder, 0o711);
const cleanUps: (() => Promise<void>)[] = [];

afterAll(async () => {
  for (const cleanUp of cleanUps.toReversed()) await cleanUp();
  await endProcesses(folder);
  await database?.close();
  certificates?.close();
  rmSync(folder, { recursive: true, force: true });
});

function install(name: string, options: Parameters<typeof createInstallation>[1]): Installation {
  const place = join(folder, name);
  mkdirSync(place, { mode: 0o711 });
  return createInstallation(
    {
      root: resolve(import.meta.dir, "../.."),
      folder: place,
      signal: new AbortController().signal,
      defer: (cleanUp) => void cleanUps.push(cleanUp),
    },
    options,
  );
}

/** Processes are not asked as often as may be. */
const until = <T>(look: () => Promise<T>) => untilFound(look, 25);

interface Ended {
  status: number;
  id: string;
}

/** On a connection of its own, which the system gives to one of the processes. Status 0 where none answered to the end. */
async function call({ url, key }: { url: string; key: string }, more: object = {}): Promise<Ended> {
  try {
    const response = await fetch(`${url}/v1/chat/completions`, {
      method: "POST",
      keepalive: false,
      // The certificate says whose it is only to those who were told.
      tls: { rejectUnauthorized: false },
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json", connection: "close" },
      body: JSON.stringify({
        model: "sim/sim-instant",
        max_tokens: 20,
        messages: [{ role: "user", content: "Ahoy" }],
        ...more,
      }),
    });
    const text = await response.text();
    // One that was killed after the head of its answer has said nothing, or not all.
    const isWhole = text.startsWith("data: ") ? text.endsWith("data: [DONE]\n\n") : text !== "";
    return { status: isWhole ? response.status : 0, id: response.headers.get("x-binnacle-call-id") ?? "" };
  } catch {
    return { status: 0, id: "" };
  }
}

function callMany(count: number, server: { url: string; key: string }, more: object = {}): Promise<Ended[]> {
  return Promise.all(Array.from({ length: count }, () => call(server, more)));
}

/** Of all three: whoever does not answer within a second is left out, and then all are asked again. */
function metricsOfAll({ url, key }: RunningBinnacle, accept = "text/plain"): Promise<string> {
  const headers = { authorization: `Bearer ${key}`, accept };
  return until(async () => {
    const text = await (await fetch(`${url}/metrics`, { headers })).text();
    const told = [...text.matchAll(/boundary_crossed\{.*worker="(\d)"/g)].map(([, worker]) => worker);
    return new Set(told).size === 3 && text;
  });
}

/** Calls that ended well, by worker. */
async function countedBy(server: RunningBinnacle): Promise<number[]> {
  const counts: number[] = [];
  for (const [, worker, value] of (await metricsOfAll(server)).matchAll(
    /^binnacle_calls_total\{.*outcome="ok",worker="(\d)"\} (\d+)$/gm,
  ))
    counts[Number(worker) - 1] = (counts[Number(worker) - 1] ?? 0) + Number(value);
  return counts;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

let database: TestDatabase;
let running: RunningBinnacle;

beforeAll(async () => {
  if (process.platform !== "linux") return;
  database = await startAppDatabase();
  running = await install("three", { config, env: { DATABASE_URL: database.url } }).start();
});

/** None where the question went to one that was killed, on a connection that was kept. */
const states = () =>
  running.client.status().then(
    ({ workers }) => workers,
    () => [],
  );
const areReady = async () => {
  const all = await states();
  return all.length === 3 && all.every(({ state }) => state === "ready") && all;
};
/** To be killed; never this process itself, which 0 would mean. */
const pidOf = (number: number): Promise<number> =>
  until(async () => (await states()).find((each) => each.number === number)?.pid);

onLinux("three processes on one port", () => {
  test("answer in turn, and each speaks for all", async () => {
    const before = sum(await countedBy(running));
    const ended = await callMany(60, running);
    expect(ended.filter(({ status }) => status !== 200)).toEqual([]);
    const counts = await until(async () => {
      const found = await countedBy(running);
      return sum(found) === before + 60 && found;
    });
    expect(counts.filter((count) => count > 0).length).toBeGreaterThan(1);
    expect(await until(areReady)).toMatchObject([1, 2, 3].map((number) => ({ number, state: "ready", restarts: 0 })));
    // Of each signal the worst one, whichever process it is of; and metrics of all, with one end.
    const { signals } = await running.client.boundary.get();
    const latency = signals.find(({ signal }) => signal === "latency");
    // On a machine with much else to do it may have been crossed; then it is said whose it is.
    expect(["within", "crossed"]).toContain(String(latency?.state));
    expect(latency?.samples).toBeGreaterThan(0);
    const metrics = await metricsOfAll(running, "application/openmetrics-text");
    expect(metrics.split("# EOF")).toHaveLength(2);
    // Whichever process is asked, at once.
    const { id } = await call(running);
    for (let tries = 0; tries < 6; tries += 1) expect((await running.client.calls.get({ id })).id).toBe(id);
  });

  test("are watched live together", async () => {
    const seen = new Set<string>();
    const ending = new AbortController();
    const watching = (async () => {
      for await (const { id } of await running.client.calls.live(undefined, { signal: ending.signal })) seen.add(id);
    })().catch(() => undefined);
    await until(async () => {
      const ids = (await callMany(12, running)).map(({ id }) => id);
      await Bun.sleep(150);
      return ids.every((id) => seen.has(id));
    });
    ending.abort();
    await watching;
  });

  test("any tells of an answer that another works on in the background, and can cancel it", async () => {
    const ask = async (path: string, body?: object): Promise<{ id: string; status: string }> => {
      const response = await fetch(`${running.url}/v1/responses${path}`, {
        method: body ? "POST" : "GET",
        keepalive: false,
        headers: { authorization: `Bearer ${running.key}`, "content-type": "application/json", connection: "close" },
        ...(body && { body: JSON.stringify(body) }),
      });
      return (await response.json()) as { id: string; status: string };
    };
    const { id } = await ask("", { model: "sim/sim-small?token_ms=1000&tokens=2000", input: "Ahoy", background: true });
    const found = await Promise.all(Array.from({ length: 12 }, () => ask(`/${id}`)));
    expect(new Set(found.map(({ status }) => status))).toEqual(new Set(["in_progress"]));
    await ask(`/${id}/cancel`, {});
    expect((await ask(`/${id}`)).status).toBe("cancelled");
  });

  test("are not started where another program, or another installation's processes, listen", async () => {
    const port = new URL(running.url).port;
    const other = install("other", { config, env: { DATABASE_URL: database.url, BINNACLE_PORT: port } });
    const { exitCode, output } = await other.startInVain();
    expect(exitCode).toBe(1);
    expect(output).toContain(`127.0.0.1:${port}`);
  });
});

onLinux("three processes that listen for TLS", () => {
  test.skipIf(!hasOpenssl)("answer in turn, too, on a port of the first one's choice", async () => {
    const log = readFileSync(join(folder, "three", "binnacle-1.log"), "utf8");
    const [, port = ""] = /TLS +on port (\d+)/.exec(log) ?? [];
    const before = await countedBy(running);
    const ended = await callMany(60, { url: `https://127.0.0.1:${port}`, key: running.key });
    expect(ended.filter(({ status }) => status !== 200)).toEqual([]);
    const counts = await until(async () => {
      const found = await countedBy(running);
      return sum(found) === sum(before) + 60 && found;
    });
    expect(counts.filter((count, index) => count > (before[index] ?? 0)).length).toBeGreaterThan(1);
  });
});

onLinux("governance over three processes", () => {
  test("a budget is never passed, also when one is killed with calls under way", async () => {
    const { secret: key } = await running.client.keys.create({ name: "core", team: "core" });
    const server = { url: running.url, key };
    const victim = await pidOf(3);
    // Long enough for all to be under way at once, and to be seen so.
    const slow = callMany(12, server, { model: "sim/sim-small?token_ms=300", stream: true });
    await until(async () => (await running.client.status()).calls.in_flight > 6);
    process.kill(victim, "SIGKILL");
    const ended = await slow;
    await until(areReady);
    ended.push(...(await callMany(60, server)));
    const answered = ended.filter(({ status }) => status === 200).length;
    expect(new Set(ended.map(({ status }) => status))).toContain(402);
    const spent = await until(async () => {
      const { rows } = await database.storage.pool.query(
        "select count(*)::int as calls, sum(cost_usd_micros)::bigint as micros from ledger_records where data->'who'->>'team' = 'core' and data->>'outcome' = 'ok'",
      );
      return rows[0].calls >= answered && { micros: Number(rows[0].micros) };
    });
    // Perhaps nothing: what the killed one held counts as spent, which may be all there is.
    expect(spent.micros).toBeLessThanOrEqual(CAP_USD * 1_000_000);
  });

  test("a revoked key opens none of them, and all follow a changed config", async () => {
    const { secret, id } = await running.client.keys.create({ name: "short-lived" });
    const server = { url: running.url, key: secret };
    expect((await callMany(12, server)).every(({ status }) => status === 200)).toBe(true);
    await running.client.keys.revoke({ id });
    await until(async () => (await callMany(12, server)).every(({ status }) => status === 401));
    const next = { ...config, gateway: { routes: { house: { targets: ["sim/sim-instant"] } } } };
    writeFileSync(join(folder, "three", "binnacle.yaml"), JSON.stringify(next));
    await until(async () => (await callMany(12, running, { model: "house" })).every(({ status }) => status === 200));
  });
});

onLinux("the life of three processes", () => {
  test("one that is killed comes back, and nothing that was answered is lost", async () => {
    const victim = await pidOf(2);
    const slow = { model: "sim/sim-small?token_ms=2", stream: true };
    const calls = [callMany(60, running), callMany(30, running, slow)];
    await Promise.race(calls);
    process.kill(victim, "SIGKILL");
    calls.push(callMany(30, running));
    const answered = (await Promise.all(calls)).flat().filter(({ status }) => status === 200);
    // Until it is noticed that it is gone, it is said to be ready.
    const again = await until(async () =>
      (await states()).find(({ number, state, pid }) => number === 2 && state === "ready" && pid !== victim),
    );
    expect(again.restarts).toBe(1);
    const ids = answered.map(({ id }) => id);
    await until(async () => {
      const { rows } = await database.storage.pool.query(
        "select count(*)::int as found from ledger_records where id::text = any($1)",
        [ids],
      );
      return rows[0].found === ids.length;
    });
    expect(ids.length).toBeGreaterThan(30);
  });

  test("end together, in bounded time, and leave no process", async () => {
    const underWay = callMany(6, running, { model: "sim/sim-small?token_ms=5", stream: true });
    await Bun.sleep(50);
    const askedMs = performance.now();
    await running.stop();
    expect(performance.now() - askedMs).toBeLessThan(15_000);
    expect((await underWay).filter(({ status }) => status !== 200 && status !== 0)).toEqual([]);
    expect(findProcesses(join(folder, "three"))).toEqual([]);
  });
});

onLinux("when the first process is killed", () => {
  const embedded = { storage: { embedded: { durable: false } } };
  const place = join(folder, "two");
  const oursIn = (): unknown[] => findProcesses(place).filter(({ command }) => command.includes("main.ts"));

  test("the others end by themselves, and a next start of fewer takes over what a killed one left", async () => {
    // Nothing reaches the database by itself while this runs.
    const gathering = { ...embedded, workers: 3, ledger: { projector: { interval: "1h" }, close_timeout: "100ms" } };
    const installation = install("two", { config: gathering });
    const first = await installation.start();
    const victim = await until(async () => (await first.client.status()).workers[2]?.pid);
    const ended = await callMany(30, first);
    process.kill(victim, "SIGKILL");
    await first.kill();
    await until(async () => oursIn().length === 0);
    writeFileSync(join(place, "binnacle.yaml"), JSON.stringify({ ...embedded, workers: 2 }));
    const again = await installation.start();
    for (const { id } of ended)
      await until(() =>
        again.client.calls
          .get({ id })
          .then(({ outcome }) => outcome === "ok")
          .catch(() => false),
      );
    await until(async () => !existsSync(join(installation.home, "workers", "3")));
    await again.stop();
    expect(findProcesses(place)).toEqual([]);
  });
});
