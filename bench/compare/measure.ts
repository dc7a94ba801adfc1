// One slice of measurement: one contender under one scenario's load, from quiet to quiet.
import { CHAT_PATH, type Contender } from "../contenders/contender.ts";
import type { Upstream } from "../contenders/scripts.ts";
import { type LoadResult, type LoadSpec, percentile, runClosedLoop, runOpenLoop } from "../load.ts";
import { cpuBusyMs, cpuMs, rssBytes, treeCpuMs, treeMemoryBytes } from "../machine/process-figures.ts";
import { checkAnswer, requestBody } from "../traffic.ts";
import { checkTranslated, MESSAGES_PATH, translatedBody } from "../translated.ts";
import type { Scenario } from "./scenarios.ts";

/** Wire shape of the results file. CPU is in microseconds a call; shares are of one CPU's time. */
export interface Slice {
  round: number;
  scenario: string;
  contender: string;
  calls: number;
  failures: Record<string, number>;
  calls_per_second: number;
  /** CPU of the contender's own processes until the last answer; null for the upstream called directly. */
  cpu_us: number | null;
  /** The same until the work that answers left behind was done: for Binnacle, until every record is in PostgreSQL. */
  cpu_settled_us: number | null;
  /** CPU of its database's processes until then. */
  database_cpu_us: number | null;
  /** Calls a second that one CPU carries by these figures, database included: what is left when nobody else is on it. */
  carried_per_second: number | null;
  /** How long after the last answer that work took. */
  settle_ms: number;
  p50_ms: number;
  p99_ms: number;
  first_body_p50_ms: number;
  first_body_p99_ms: number;
  /** At the end of the load. */
  rss_bytes: number | null;
  database_memory_bytes: number | null;
  /** Of the load's CPU, until the last answer. The database is there, too. */
  generator_share: number;
  upstream_share: number;
  database_share: number;
  /** CPU of everyone else on the contender's CPU: noise. Null where nothing is pinned. */
  foreign_share: number | null;
  latest_ms: number;
}

export interface MeasureDeps {
  upstream: Upstream;
  contenderCpu: number | undefined;
}

export interface SliceSpec {
  round: number;
  contender: Contender;
  scenario: Scenario;
  durationMs: number;
}

type Asked = Pick<Scenario, "traffic" | "isTranslated" | "isGoverned" | "isSecured">;

export async function measureSlice(spec: SliceSpec, deps: MeasureDeps): Promise<Slice> {
  const { contender, scenario } = spec;
  const answeredBefore = await deps.upstream.counts();
  const read = () => readFigures(contender, deps);
  const before = read();
  const load = await runLoad(spec);
  const answered = read();
  const rss = contender.pid === undefined ? null : rssOf([contender.pid, ...(contender.workerPids ?? [])]);
  await contender.settle();
  const settled = read();
  const answeredAfter = await deps.upstream.counts();
  const asked = answeredAfter[scenario.traffic] - answeredBefore[scenario.traffic];
  if (asked < load.calls)
    throw new Error(`${contender.name} answered ${load.calls} calls and asked the upstream only ${asked} times`);
  return {
    round: spec.round,
    scenario: scenario.name,
    contender: contender.name,
    ...figuresOf(load),
    ...costsOf({ contender, before, answered, settled, calls: load.calls }),
    rss_bytes: rss,
    database_memory_bytes: contender.databasePid === undefined ? null : treeMemoryBytes(contender.databasePid),
    upstream_share: (answered.upstreamMs - before.upstreamMs) / (answered.atMs - before.atMs),
    database_share: (answered.databaseMs - before.databaseMs) / (answered.atMs - before.atMs),
    foreign_share: deps.contenderCpu === undefined ? null : foreignShare(before, settled),
  };
}

const rssOf = (pids: readonly number[]): number => pids.reduce((total, pid) => total + rssBytes(pid), 0);

export function loadSpecFor(contender: Contender, { traffic, isTranslated, isGoverned, isSecured }: Asked): LoadSpec {
  const { url, headers, model } = contender.address(traffic, { isGoverned, isSecured });
  if (isTranslated && contender.name.startsWith("binnacle"))
    return {
      url: url.replace(CHAT_PATH, MESSAGES_PATH),
      headers,
      body: translatedBody(traffic, model),
      check: (status, body) => checkTranslated(traffic, status, body),
    };
  return {
    url,
    headers,
    body: requestBody(traffic, model),
    check: (status, body) => checkAnswer(traffic, status, body),
  };
}

async function runLoad({ contender, scenario, durationMs }: SliceSpec): Promise<LoadResult> {
  const { load } = scenario;
  const spec = loadSpecFor(contender, scenario);
  return "connections" in load
    ? await runClosedLoop(spec, { connections: load.connections, durationMs })
    : await runOpenLoop(spec, { callsPerSecond: load.callsPerSecond, durationMs });
}

interface Figures {
  atMs: number;
  processMs: number;
  databaseMs: number;
  upstreamMs: number;
  busyMs: number;
}

function readFigures(
  { pid, workerPids = [], databasePid }: Contender,
  { upstream, contenderCpu }: MeasureDeps,
): Figures {
  return {
    atMs: performance.now(),
    processMs: [...(pid === undefined ? [] : [pid]), ...workerPids].reduce((total, each) => total + cpuMs(each), 0),
    databaseMs: treeCpuMs(databasePid),
    upstreamMs: cpuMs(upstream.pid),
    busyMs: cpuBusyMs(contenderCpu),
  };
}

function figuresOf(load: LoadResult) {
  return {
    calls: load.calls,
    failures: load.failures,
    calls_per_second: (load.calls / load.elapsedMs) * 1000,
    p50_ms: percentile(load.totalMs, 0.5),
    p99_ms: percentile(load.totalMs, 0.99),
    first_body_p50_ms: percentile(load.firstBodyMs, 0.5),
    first_body_p99_ms: percentile(load.firstBodyMs, 0.99),
    generator_share: load.generatorCpuMs / load.elapsedMs,
    latest_ms: load.latestMs,
  };
}

interface Costs {
  contender: Contender;
  before: Figures;
  answered: Figures;
  settled: Figures;
  calls: number;
}

function costsOf({ contender, before, answered, settled, calls }: Costs) {
  const perCall = (fromMs: number, toMs: number) => ((toMs - fromMs) * 1000) / calls;
  const has = { process: contender.pid !== undefined, database: contender.databasePid !== undefined };
  const own = settled.processMs - before.processMs + settled.databaseMs - before.databaseMs;
  return {
    carried_per_second: has.process ? (calls / own) * 1000 : null,
    cpu_us: has.process ? perCall(before.processMs, answered.processMs) : null,
    cpu_settled_us: has.process ? perCall(before.processMs, settled.processMs) : null,
    database_cpu_us: has.database ? perCall(before.databaseMs, settled.databaseMs) : null,
    settle_ms: settled.atMs - answered.atMs,
  };
}

/** The contender's database is on the load's CPU, so what is left beside its own process is not its doing. */
function foreignShare(before: Figures, after: Figures): number {
  const own = after.processMs - before.processMs;
  return Math.max(0, after.busyMs - before.busyMs - own) / (after.atMs - before.atMs);
}
