// `soak`: as much load as the machine carries, half of the streams left by their callers at a random point, for minutes.
// Memory must stay flat. Installation, upstream and load are the benchmark's: vendors are called over real connections.
import { z } from "zod";
import { startBinnacle, type BinnacleContender } from "../../bench/contenders/binnacle.ts";
import { startUpstream } from "../../bench/contenders/scripts.ts";
import { type LoadResult, runClosedLoop } from "../../bench/load.ts";
import { cpuMs, rssBytes } from "../../bench/machine/process-figures.ts";
import { checkAnswer, requestBody, streamEvents, type TrafficKind } from "../../bench/traffic.ts";
import { defineDrill, type DrillContext, type DrillResult } from "../drill.ts";
import { createDice } from "../run/dice.ts";
import { formatFigure } from "../run/report.ts";
import { type Flatness, judgeFlatness, type Sample } from "./flatness.ts";

/** Streams as fast as they can be sent fill the machine; streams at a model's pace are the ones that can be left half-way. */
const CONNECTIONS = { stream: 16, paced: 96 } as const;
const STREAM_BYTES = streamEvents.join("").length;
const ABORTED_SHARE = 0.5;
const SAMPLE_MS = 5000;

export const soakDrill = defineDrill({
  name: "soak",
  takes: "10 min",
  summary: "full load, half of the streams left half-way: memory stays within 10 % after the first minute",
  options: z.object({
    minutes: z.coerce.number().min(2).max(1440).default(10).describe("how long"),
  }),
  async run(context, { minutes }) {
    const { root, folder, defer, say, signal } = context;
    const place = { root, folder, cpu: undefined, loadCpu: undefined };
    signal.throwIfAborted();
    const upstream = await startUpstream(place);
    defer(() => upstream.stop());
    signal.throwIfAborted();
    const binnacle = await startBinnacle({ ...place, upstream: upstream.url });
    defer(() => binnacle.stop());
    const durationMs = minutes * 60_000;
    const beganCpuMs = cpuMs(pidOf(binnacle));
    const sampling = sampleMemory(pidOf(binnacle), { durationMs, signal, say });
    const loads = await Promise.all([
      load(binnacle, { kind: "stream", durationMs, context }),
      load(binnacle, { kind: "paced", durationMs, context }),
    ]);
    const cpuShare = (cpuMs(pidOf(binnacle)) - beganCpuMs) / durationMs;
    const samples = await sampling;
    say("waiting for the record …");
    await binnacle.settle();
    return judge({ loads, samples, cpuShare, cancelled: await countCancelled(binnacle) });
  },
});

function pidOf({ pid }: BinnacleContender): number {
  if (pid === undefined) throw new Error("Binnacle has no process");
  return pid;
}

interface SoakLoad {
  kind: TrafficKind & keyof typeof CONNECTIONS;
  durationMs: number;
  context: DrillContext;
}

function load(binnacle: BinnacleContender, { kind, durationMs, context }: SoakLoad): Promise<LoadResult> {
  const { url, headers, model } = binnacle.address(kind);
  const dice = createDice(context.seed, `hang-ups of ${kind}`);
  const chooseAbort = (): number | undefined =>
    dice.random() < ABORTED_SHARE ? dice.between(0, STREAM_BYTES) : undefined;
  const check = (status: number, body: string): string | undefined => checkAnswer(kind, status, body);
  const spec = { url, headers, body: requestBody(kind, model), check };
  return runClosedLoop(spec, { connections: CONNECTIONS[kind], durationMs, chooseAbort, signal: context.signal });
}

async function sampleMemory(
  pid: number,
  { durationMs, signal, say }: { durationMs: number } & Pick<DrillContext, "signal" | "say">,
): Promise<Sample[]> {
  const samples: Sample[] = [];
  const beganMs = performance.now();
  for (let atMs = 0; atMs < durationMs && !signal.aborted; atMs = performance.now() - beganMs) {
    const bytes = rssBytes(pid);
    samples.push({ atMs, bytes });
    if (samples.length % 6 === 1) say(`after ${Math.round(atMs / 1000)} s: ${formatFigure("rss_bytes", bytes)}`);
    await Bun.sleep(Math.min(SAMPLE_MS, durationMs - atMs));
  }
  return samples;
}

/** Calls that Binnacle saw its callers leave: some leave so late that their answer has been sent already. */
async function countCancelled({ url, adminKey }: BinnacleContender): Promise<number> {
  const response = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${adminKey}` } });
  const lines = (await response.text()).matchAll(/^binnacle_calls_total\{[^}]*outcome="cancelled"[^}]*\} (\d+)$/gm);
  return [...lines].reduce((sum, [, count]) => sum + Number(count), 0);
}

interface Aftermath {
  loads: LoadResult[];
  samples: Sample[];
  cpuShare: number;
  cancelled: number;
}

function judge({ loads, samples, cpuShare, cancelled }: Aftermath): DrillResult {
  const flatness: Flatness = judgeFlatness(samples);
  const { firstBytes, lastBytes, change, drift, isFlat } = flatness;
  const failures = loads.flatMap((each) => Object.entries(each.failures)).map(([why, count]) => `${count} × ${why}`);
  const sum = (read: (of: LoadResult) => number): number => loads.reduce((total, each) => total + read(each), 0);
  const seconds = Math.max(...loads.map(({ elapsedMs }) => elapsedMs)) / 1000;
  return {
    checks: [
      {
        that: "memory stays within 10 % after the first minute",
        holds: isFlat,
        found: `${percent(change)} from the first window to the last, ${percent(drift)} along a line through all samples`,
      },
      {
        that: "every call that was heard out was answered whole and right",
        holds: failures.length === 0,
        found: failures.join("; ") || "all",
      },
      { that: "callers left streams half-way, and Binnacle saw it", holds: cancelled > 0, found: `${cancelled}` },
    ],
    figures: {
      answered: sum(({ calls }) => calls),
      aborted: sum(({ aborted }) => aborted),
      aborted_on_record: cancelled,
      calls_per_second: (sum(({ calls }) => calls) + sum(({ aborted }) => aborted)) / seconds,
      cpu_share: cpuShare,
      samples: samples.length,
      rss_first_bytes: firstBytes,
      rss_last_bytes: lastBytes,
      rss_peak_bytes: Math.max(...samples.map(({ bytes }) => bytes)),
      rss_change: change,
      rss_drift: drift,
    },
  };
}

function percent(share: number): string {
  return `${share >= 0 ? "+" : ""}${(share * 100).toFixed(1)} %`;
}
