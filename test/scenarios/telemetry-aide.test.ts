// Much telemetry, as an operator has it: the real program starts a process of its own for it, and loses nothing when that, or all, is killed.
import { afterAll, expect, setDefaultTimeout, test } from "bun:test";
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInstallation, type RunningBinnacle } from "../../drills/installation/binnacle.ts";
import { endProcesses, findProcesses } from "../../drills/installation/leftovers.ts";
import { spanIdAt, traceIdAt, writeTraces } from "../support/otlp.ts";
import { until, untilFound } from "../support/until.ts";

// Several starts on a machine that may be busy; each wait below has a bound of its own.
setDefaultTimeout(400_000);

const telemetry = { own_process_from: 1, records_max: 50 };
const folder = mkdtempSync(join(tmpdir(), "binnacle-aide-"));
// Else, as root, the database would be kept elsewhere, and be left there.
chmodSync(folder, 0o711);
const cleanUps: (() => Promise<void>)[] = [];
const installation = createInstallation(
  {
    root: resolve(import.meta.dir, "../.."),
    folder,
    signal: new AbortController().signal,
    defer: (cleanUp) => void cleanUps.push(cleanUp),
  },
  { config: { telemetry } },
);
afterAll(async () => {
  for (const cleanUp of cleanUps.toReversed()) await cleanUp();
  await endProcesses(folder);
  rmSync(folder, { recursive: true, force: true });
});

function post({ url, key }: RunningBinnacle, body: Uint8Array, headers: Record<string, string> = {}) {
  return fetch(`${url}/v1/traces`, {
    method: "POST",
    headers: { "content-type": "application/x-protobuf", authorization: `Bearer ${key}`, ...headers },
    body: body as Uint8Array<ArrayBuffer>,
  });
}

let sent = 0;

/** So many spans, of which the answer says that they are kept. */
async function send(running: RunningBinnacle, count: number): Promise<void> {
  const spans = Array.from({ length: count }, () => {
    sent += 1;
    return { traceId: traceIdAt(1), spanId: spanIdAt(sent), name: `span ${sent}`, startedAtMs: Date.now() };
  });
  const packed = Bun.gzipSync(Uint8Array.from(writeTraces({ spans })));
  const response = await post(running, packed, { "content-encoding": "gzip" });
  expect([response.status, (await response.arrayBuffer()).byteLength]).toEqual([200, 0]);
}

/** Another than the one that was killed, which is said to be ready until somebody notices. */
const findAide = (running: RunningBinnacle, killed?: number): Promise<number> =>
  untilFound(async () => {
    const { workers } = await running.client.status();
    return workers.find(({ role, state, pid }) => role === "aide" && state === "ready" && pid !== killed)?.pid;
  }, 50);

/** In PostgreSQL, each once. A process that is slow to answer is not in the status, nor what waits there: hence the look at both. */
async function expectAllStored(running: RunningBinnacle): Promise<void> {
  const nodes = await untilFound(async () => {
    const { ledger } = await running.client.status();
    const found = await running.client.traces.get({ id: traceHex, limit: SHOWN_MAX }).catch(() => undefined);
    return ledger.pending_records === 0 && found && found.nodes.length >= sent && found.nodes;
  }, 50);
  expect([nodes.length, new Set(nodes.map(({ id }) => id)).size]).toEqual([sent, sent]);
}
/** As many as a trace shows; what is sent until a process has started must stay below it, however long that takes. */
const SHOWN_MAX = 20_000;
const traceHex = Buffer.from(traceIdAt(1)).toString("hex");

test("much telemetry has a process of its own, which may be killed, and all of it too, without a span being lost", async () => {
  const running = await installation.start();
  await send(running, 20);
  const aide = await findAide(running);
  const before = (await running.client.status()).workers.find(({ role }) => role === "worker");
  await send(running, 30);
  // With what the aide counts: a status that it did not answer for in time lacks that.
  const { telemetry, workers } = await untilFound(async () => {
    const status = await running.client.status();
    return status.telemetry.traces.accepted >= sent && status;
  });
  expect(telemetry.traces).toEqual({ accepted: 50, rejected: 0, turned_away_requests: 0 });
  expect(workers.map(({ number, role }) => `${number} ${role}`)).toEqual(["1 worker", "2 aide"]);
  expect(workers.find(({ role }) => role === "worker")?.pid).toBe(before?.pid ?? 0);

  // What is wrong with a request is said as ever.
  const refusal = await post(running, Buffer.from("no protobuf"));
  expect(refusal.status).toBe(400);
  expect(await refusal.text()).toContain("This is no export of traces");

  process.kill(aide, "SIGKILL");
  await send(running, 10);
  await findAide(running, aide);
  await send(running, 10);
  await expectAllStored(running);

  // All at once, with spans that PostgreSQL may not have yet.
  await send(running, 40);
  process.kill(await findAide(running), "SIGKILL");
  await running.kill();
  const again = await installation.start();
  await until(() => !existsSync(join(installation.home, "workers/aide")));
  await expectAllStored(again);
  await again.stop();
  expect(findProcesses(folder)).toEqual([]);
});

test("that process ends when little has come for long, comes back with the next, and loses nothing by it", async () => {
  writeFileSync(join(folder, "binnacle.yaml"), JSON.stringify({ telemetry: { ...telemetry, own_process_for: "4s" } }));
  const running = await installation.start();
  const aideOf = async () => (await running.client.status()).workers.find(({ role }) => role === "aide");
  const sendUntilThere = () =>
    untilFound(async () => {
      await send(running, 20);
      const aide = await aideOf();
      return aide?.state === "ready" && aide.pid;
    }, 250);
  const first = await sendUntilThere();
  await until(async () => (await aideOf()) === undefined);
  expect(await sendUntilThere()).not.toBe(first);
  await until(async () => (await aideOf()) === undefined);
  await expectAllStored(running);
  await running.stop();
  expect(findProcesses(folder)).toEqual([]);
});
