// `ingest`: other programs' spans come in over several connections. How many a second are durable before they are accepted,
// what calls through the gateway notice of it, and whether anything accepted is lost when Binnacle is killed outright.
import { z } from "zod";
import { defineDrill, type DrillContext, type DrillResult } from "../drill.ts";
import { cpuMs } from "../../bench/machine/process-figures.ts";
import { planRounds } from "../crash/plan-rounds.ts";
import { createInstallation, type RunningBinnacle } from "../installation/binnacle.ts";
import { untilProjected } from "../installation/stored-calls.ts";
import { createCaller } from "../load/caller.ts";
import { callAtRate } from "../load/call-at-rate.ts";
import { type PlannedCall, planProbe } from "../load/planned-call.ts";
import { type Exported, exportSpans } from "./export.ts";
import { judgeSpans, type StoredSpans } from "./judge-spans.ts";

const SPANS_PER_BATCH = 200;
const CALLS_PER_SECOND = 200;
/** Of the gateway's p99: what calls may notice. */
const WORSE_MAX = 1.2;
const WARM_MS = 2000;
/** Longer than this, nothing is waited for. */
const FIRST_MAX_MS = 30_000;

export const ingestDrill = defineDrill({
  name: "ingest",
  takes: "3 min",
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
    const counter = { batch: 0 };
    const nextBatch = (): number => (counter.batch += 1);
    const acknowledged: number[] = [];
    const exporting = { spansPerBatch: SPANS_PER_BATCH, connections, nextBatch };
    const speed = await measureSpeed(await installation.start(), { context, exporting, seconds, windows, rate });
    acknowledged.push(...speed.acknowledged);
    let cut = 0;
    for (const [place, killAfterMs] of planRounds(context.seed, rounds).entries()) {
      const exported = await exportAndKill(await installation.start(), exporting, killAfterMs);
      acknowledged.push(...exported.acknowledged);
      cut += exported.cut;
      context.say(
        `round ${place + 1} of ${rounds}: killed after ${killAfterMs} ms; ${exported.acknowledged.length} batches acknowledged, ${exported.cut} cut`,
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

type Exporters = Omit<Parameters<typeof exportSpans>[1], "until" | "onAcknowledged">;

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
  /** Of Binnacle's process, PostgreSQL aside: while spans came as fast as could be, and until all were there. */
  cpu: { takingUs: number; allUs: number };
  pairs: Pair[];
}

interface Pair {
  alone: Percentiles;
  beside: Percentiles;
  exported: Exported;
  /** Spans a second that were accepted meanwhile. */
  rate: number;
}

async function measureSpeed(running: RunningBinnacle, measuring: Measuring): Promise<Speed> {
  const { context, exporting, seconds, windows } = measuring;
  const { say } = context;
  await callsFor(running, WARM_MS, "warm");
  await exportSpans(running, { ...exporting, until: AbortSignal.timeout(WARM_MS) });
  await untilProjected(running, context);
  const beganCpuMs = cpuMs(running.pid);
  const full = await exportSpans(running, { ...exporting, until: AbortSignal.timeout(seconds * 1000) });
  const takingCpuMs = cpuMs(running.pid) - beganCpuMs;
  await untilProjected(running, context);
  const spans = full.acknowledged.length * SPANS_PER_BATCH;
  const cpu = { takingUs: (takingCpuMs * 1000) / spans, allUs: ((cpuMs(running.pid) - beganCpuMs) * 1000) / spans };
  const spansPerSecond = perSecond(full);
  say(`${Math.round(spansPerSecond)} spans a second, as fast as they were accepted`);
  const acknowledged = [...full.acknowledged];
  const pairs: Pair[] = [];
  for (let window = 1; window <= windows; window += 1) {
    await untilProjected(running, context);
    const pair = await measurePair(running, measuring, window);
    acknowledged.push(...pair.exported.acknowledged);
    pairs.push(pair);
    const { alone, beside } = pair;
    say(
      `window ${window} of ${windows}: p99 ${inMs(alone.p99)} alone, ${inMs(beside.p99)} beside ${pair.rate} spans a second`,
    );
  }
  await untilProjected(running, context);
  await running.stop();
  return { acknowledged, spansPerSecond, cpu, pairs };
}

/** Calls alone, and calls beside spans, one right after the other: what else the machine does meets both. */
async function measurePair(
  running: RunningBinnacle,
  { exporting, seconds, rate }: Measuring,
  window: number,
): Promise<Pair> {
  const alone = await callsFor(running, seconds * 1000, `alone-${window}`);
  const until = AbortSignal.timeout(seconds * 1000);
  const [beside, exported] = await Promise.all([
    callsFor(running, seconds * 1000, `beside-${window}`),
    exportSpans(running, { ...exporting, until, spansPerSecond: rate }),
  ]);
  return { alone, beside, exported, rate: Math.round(perSecond(exported)) };
}

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

async function callsFor(running: RunningBinnacle, durationMs: number, name: string): Promise<Percentiles> {
  const latencies: number[] = [];
  await callAtRate(createCaller(running), {
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

async function exportAndKill(running: RunningBinnacle, exporting: Exporters, killAfterMs: number): Promise<Exported> {
  const ended = new AbortController();
  const first = Promise.withResolvers<void>();
  const exported = exportSpans(running, { ...exporting, until: ended.signal, onAcknowledged: first.resolve });
  // On a machine that is slow to begin, too, there is something to lose.
  await Promise.race([first.promise, Bun.sleep(FIRST_MAX_MS)]);
  await Bun.sleep(killAfterMs);
  ended.abort();
  await running.kill();
  return exported;
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
  const [alone, beside] = [middle((pair) => pair.alone.p99), middle((pair) => pair.beside.p99)];
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
        found: `${inMs(alone)} alone, ${inMs(beside)} beside; the middle of ${pairs.length} windows`,
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
      paced_spans_per_second: middle((pair) => pair.rate),
      batch_p99_ms: middle((pair) => percentilesOf(pair.exported.latenciesMs).p99),
      gateway_alone_p50_ms: middle((pair) => pair.alone.p50),
      gateway_alone_p99_ms: alone,
      gateway_beside_p50_ms: middle((pair) => pair.beside.p50),
      gateway_beside_p99_ms: beside,
    },
  };
}
