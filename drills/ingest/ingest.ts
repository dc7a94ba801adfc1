// `ingest`: other programs' spans come in over several connections. How many a second are durable before they are accepted,
// what calls through the gateway notice of it, and whether anything accepted is lost when Binnacle is killed outright. Beside
// it, calls go to a bare server, which does nothing with them and takes in no spans: what those notice is the machine's doing.
import { z } from "zod";
import { defineDrill, type DrillContext, type DrillResult } from "../drill.ts";
import { startUpstream } from "../../bench/contenders/scripts.ts";
import { cpuMs } from "../../bench/machine/process-figures.ts";
import { planRounds } from "../crash/plan-rounds.ts";
import { createInstallation, type RunningBinnacle } from "../installation/binnacle.ts";
import { untilProjected } from "../installation/stored-calls.ts";
import { createCaller } from "../load/caller.ts";
import { callAtRate } from "../load/call-at-rate.ts";
import { type PlannedCall, planProbe } from "../load/planned-call.ts";
import type { Exported } from "./export.ts";
import { type Exporter, type ExportUntil, startExporter } from "./exporter.ts";
import type { Pacing } from "./exporter-process.ts";
import { judgeSpans, type StoredSpans } from "./judge-spans.ts";

const SPANS_PER_BATCH = 200;
const CALLS_PER_SECOND = 200;
/** Of the gateway's p99: what calls may notice. */
const WORSE_MAX = 1.2;
const WARM_MS = 2000;
/** Longer than this, nothing is waited for. */
const FIRST_MAX_MS = 30_000;
/** What the aide before left when it was killed is carried out before there is another. */
const AIDE_MAX_MS = 120_000;
const AIDE_POLL_MS = 100;

export const ingestDrill = defineDrill({
  name: "ingest",
  takes: "10 min",
  summary: "spans of other programs by the thousand, and kill -9 meanwhile: none that was accepted is lost or doubled",
  options: z.object({
    seconds: z.coerce.number().min(1).max(600).default(5).describe("how long each measurement takes"),
    windows: z.coerce
      .number()
      .int()
      .min(1)
      .max(100)
      .default(5)
      .describe("how often calls are measured, alone and beside"),
    rate: z.coerce.number().min(100).max(200_000).default(10_000).describe("spans a second while calls are measured"),
    connections: z.coerce.number().int().min(1).max(100).default(4).describe("exporters that send at once"),
    rounds: z.coerce.number().int().min(0).max(1000).default(20).describe("how often it is killed"),
  }),
  async run(context, { seconds, windows, rate, connections, rounds }) {
    const installation = createInstallation(context);
    const acknowledged: number[] = [];
    const exporting = { spansPerBatch: SPANS_PER_BATCH, connections, exporter: startExporter(context) };
    const speed = await measureSpeed(await installation.start(), { context, exporting, seconds, windows, rate });
    acknowledged.push(...speed.acknowledged);
    let cut = 0;
    for (const [place, killAfterMs] of planRounds(context.seed, rounds).entries()) {
      // In every second round there is an aide, which is killed as well.
      const plan = { killAfterMs, hasAide: place % 2 === 1 };
      const exported = await exportAndKill(await installation.start(), exporting, plan);
      acknowledged.push(...exported.acknowledged);
      cut += exported.cut;
      context.say(
        `round ${place + 1} of ${rounds}${plan.hasAide ? ", with the aide" : ""}: killed after ${killAfterMs} ms; ${exported.acknowledged.length} batches acknowledged, ${exported.cut} cut`,
      );
    }
    context.say("reading the record back …");
    const running = await installation.start();
    await untilProjected(running, context);
    await running.stop();
    const stored = await judgeSpans(installation.home, { acknowledged, spansPerBatch: SPANS_PER_BATCH }, context);
    return judge(speed, { stored, acknowledged: acknowledged.length, cut, rounds });
  },
});

type Exporters = Pacing & { exporter: Exporter };

interface Measuring {
  context: DrillContext;
  exporting: Exporters;
  seconds: number;
  windows: number;
  rate: number;
}

interface Speed {
  acknowledged: number[];
  spansPerSecond: number;
  /** Of Binnacle's processes, PostgreSQL aside: while spans came as fast as could be, and until all were there. */
  cpu: { takingUs: number; allUs: number };
  pairs: Pair[];
}

/** Calls alone, and beside spans. */
interface Pair {
  gateway: Compared;
  /** To a server that does nothing but answer, while the spans go to Binnacle as before. */
  bare: Compared;
}

interface Compared {
  alone: Percentiles;
  beside: Percentiles;
  exported: Exported;
  /** Spans a second that were accepted meanwhile. */
  rate: number;
}

type CallTarget = Parameters<typeof createCaller>[0];

async function measureSpeed(running: RunningBinnacle, measuring: Measuring): Promise<Speed> {
  const { context, exporting, seconds, windows } = measuring;
  const { say } = context;
  const bare = await startBareServer(context);
  await callsFor(bare, WARM_MS, "warm-bare");
  await callsFor(running, WARM_MS, "warm");
  const { aide, acknowledged } = await exportUntilAide(running, exporting);
  await untilProjected(running, context);
  const cpuNow = (): number => cpuMs(running.pid) + cpuMs(aide);
  const beganCpuMs = cpuNow();
  const full = await send(running, exporting, { until: AbortSignal.timeout(seconds * 1000) });
  const takingCpuMs = cpuNow() - beganCpuMs;
  await untilProjected(running, context);
  const spans = full.acknowledged.length * SPANS_PER_BATCH;
  const cpu = { takingUs: (takingCpuMs * 1000) / spans, allUs: ((cpuNow() - beganCpuMs) * 1000) / spans };
  const spansPerSecond = perSecond(full);
  say(`${Math.round(spansPerSecond)} spans a second, as fast as they were accepted`);
  acknowledged.push(...full.acknowledged);
  const pairs: Pair[] = [];
  for (let window = 1; window <= windows; window += 1) {
    await untilProjected(running, context);
    const pair: Pair = {
      bare: await compare(running, bare, { ...measuring, name: `bare-${window}` }),
      gateway: await compare(running, running, { ...measuring, name: `gateway-${window}` }),
    };
    acknowledged.push(...pair.bare.exported.acknowledged, ...pair.gateway.exported.acknowledged);
    pairs.push(pair);
    say(`window ${window} of ${windows}: ${inWords(pair.gateway)}; a bare server ${inWords(pair.bare)}`);
  }
  await untilProjected(running, context);
  await running.stop();
  return { acknowledged, spansPerSecond, cpu, pairs };
}

function send(running: RunningBinnacle, { exporter, ...pacing }: Exporters, until: ExportUntil): Promise<Exported> {
  return exporter.send(running, { ...pacing, ...until });
}

/** Until much of it has come, the process that answers calls takes it in. */
async function exportUntilAide(running: RunningBinnacle, exporting: Exporters) {
  const ended = new AbortController();
  const [aide, { acknowledged }] = await Promise.all([
    untilAide(running).finally(() => ended.abort()),
    send(running, exporting, { until: ended.signal }),
  ]);
  return { aide, acknowledged };
}

async function startBareServer({ root, folder, defer }: DrillContext): Promise<CallTarget> {
  const { url, stop } = await startUpstream({ root, folder, cpu: undefined });
  defer(stop);
  return { url: `${url}/json`, key: "none" };
}

/** Calls alone, and calls beside spans, one right after the other: what else the machine does meets both. */
async function compare(
  running: RunningBinnacle,
  called: CallTarget,
  { context, exporting, seconds, rate, name }: Measuring & { name: string },
): Promise<Compared> {
  await untilProjected(running, context);
  const alone = await callsFor(called, seconds * 1000, `${name}-alone`);
  const until = AbortSignal.timeout(seconds * 1000);
  const [beside, exported] = await Promise.all([
    callsFor(called, seconds * 1000, `${name}-beside`),
    send(running, { ...exporting, spansPerSecond: rate }, { until }),
  ]);
  return { alone, beside, exported, rate: Math.round(perSecond(exported)) };
}

function inWords({ alone, beside, rate }: Compared): string {
  return `p99 ${inMs(alone.p99)} alone, ${inMs(beside.p99)} beside ${rate} spans a second`;
}

const timesOf = ({ alone, beside }: Compared): number => beside.p99 / alone.p99;

function inMs(value: number): string {
  return `${value.toFixed(2)} ms`;
}

function perSecond({ acknowledged, elapsedMs }: Exported): number {
  return (acknowledged.length * SPANS_PER_BATCH * 1000) / elapsedMs;
}

interface Percentiles {
  p50: number;
  p99: number;
  count: number;
}

function percentilesOf(values: readonly number[]): Percentiles {
  const sorted = values.toSorted((one, other) => one - other);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50: at(0.5), p99: at(0.99), count: sorted.length };
}

async function callsFor(called: CallTarget, durationMs: number, name: string): Promise<Percentiles> {
  const latencies: number[] = [];
  await callAtRate(createCaller(called), {
    calls: probes(name),
    callsPerSecond: CALLS_PER_SECOND,
    until: AbortSignal.timeout(durationMs),
    onEnd(ending) {
      if (ending.how !== "answered") throw new Error(`a call was ${ending.how}: ${ending.why}`);
      latencies.push(ending.totalMs);
    },
  });
  return percentilesOf(latencies);
}

function* probes(name: string): Generator<PlannedCall, never> {
  for (let number = 1; ; number += 1) yield planProbe(`${name}-${number}`);
}

async function exportAndKill(
  running: RunningBinnacle,
  exporting: Exporters,
  { killAfterMs, hasAide }: { killAfterMs: number; hasAide: boolean },
): Promise<Exported> {
  const ended = new AbortController();
  const first = Promise.withResolvers<void>();
  const exported = send(running, exporting, { until: ended.signal, onAcknowledged: first.resolve });
  // On a machine that is slow to begin, too, there is something to lose.
  await Promise.race([first.promise, Bun.sleep(FIRST_MAX_MS)]);
  const aide = hasAide ? await untilAide(running) : undefined;
  await Bun.sleep(killAfterMs);
  ended.abort();
  if (aide !== undefined) process.kill(aide, "SIGKILL");
  await running.kill();
  return exported;
}

/** The number of its process. */
async function untilAide({ client }: RunningBinnacle): Promise<number> {
  for (const endMs = performance.now() + AIDE_MAX_MS; performance.now() < endMs;) {
    const { workers } = await client.status();
    const pid = workers.find(({ role, state }) => role === "aide" && state === "ready")?.pid;
    if (typeof pid === "number") return pid;
    await Bun.sleep(AIDE_POLL_MS);
  }
  throw new Error("no process of its own came to take spans in");
}

interface Aftermath {
  stored: StoredSpans;
  acknowledged: number;
  cut: number;
  rounds: number;
}

function judge(speed: Speed, { stored, acknowledged, cut, rounds }: Aftermath): DrillResult {
  const { pairs } = speed;
  const middle = (read: (pair: Pair) => number): number => percentilesOf(pairs.map(read)).p50;
  const [alone, beside] = [middle(({ gateway }) => gateway.alone.p99), middle(({ gateway }) => gateway.beside.p99)];
  const [times, bareTimes] = [middle(({ gateway }) => timesOf(gateway)), middle(({ bare }) => timesOf(bare))];
  return {
    checks: [
      {
        that: "no acknowledged span is lost",
        holds: stored.lost === 0,
        found: `${stored.lost} of ${acknowledged * SPANS_PER_BATCH}`,
      },
      { that: "no span is there twice", holds: stored.doubled === 0, found: `${stored.doubled} of ${stored.rows}` },
      {
        that: "10,000 spans a second are durable before they are accepted",
        holds: speed.spansPerSecond >= 10_000,
        found: `${Math.round(speed.spansPerSecond)}`,
      },
      {
        that: "the gateway's p99 is not worse by more than a fifth beside them",
        holds: beside <= alone * WORSE_MAX,
        found: `${inMs(alone)} alone, ${inMs(beside)} beside, ${times.toFixed(2)} times as long (a bare server: ${bareTimes.toFixed(2)}); the middle of ${pairs.length} windows`,
      },
    ],
    figures: {
      rounds,
      acknowledged_spans: acknowledged * SPANS_PER_BATCH,
      cut_batches: cut,
      stored_spans: stored.rows,
      lost_spans: stored.lost,
      doubled_spans: stored.doubled,
      spans_per_second: speed.spansPerSecond,
      cpu_us_a_span: speed.cpu.allUs,
      cpu_us_a_span_while_they_came: speed.cpu.takingUs,
      paced_spans_per_second: middle(({ gateway }) => gateway.rate),
      batch_p99_ms: middle(({ gateway }) => percentilesOf(gateway.exported.latenciesMs).p99),
      gateway_alone_p50_ms: middle(({ gateway }) => gateway.alone.p50),
      gateway_alone_p99_ms: alone,
      gateway_beside_p50_ms: middle(({ gateway }) => gateway.beside.p50),
      gateway_beside_p99_ms: beside,
      gateway_p99_times: times,
      bare_alone_p50_ms: middle(({ bare }) => bare.alone.p50),
      bare_alone_p99_ms: middle(({ bare }) => bare.alone.p99),
      bare_beside_p50_ms: middle(({ bare }) => bare.beside.p50),
      bare_beside_p99_ms: middle(({ bare }) => bare.beside.p99),
      bare_p99_times: bareTimes,
    },
  };
}
