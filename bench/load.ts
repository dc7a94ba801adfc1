// The load generator: calls in a closed loop (so many connections, each with one call at a time) or an open one (so many
// calls a second, whatever the answers do). Every answer is checked. It ends by itself, by count or by time.
import { type Connection, createConnection, type TimedAnswer } from "./load/connection.ts";
import { type CallSpec, prepareCall } from "./load/prepare-call.ts";

export interface LoadSpec extends CallSpec {
  /** What is wrong with an answer, or undefined. */
  check(status: number, body: string): string | undefined;
}

export interface LoadResult {
  /** Complete and right answers. */
  calls: number;
  /** Calls that the generator itself broke off. */
  aborted: number;
  /** What went wrong, and how often. */
  failures: Record<string, number>;
  /** From the first call to the last answer. */
  elapsedMs: number;
  /** CPU of this process meanwhile. */
  generatorCpuMs: number;
  /** Sorted; of right answers only. */
  totalMs: Float64Array;
  firstBodyMs: Float64Array;
  /** Open loop: the most that a call was sent behind its time. */
  latestMs: number;
}

export interface ClosedLoop {
  connections: number;
  durationMs: number;
  callsMax?: number;
  /** Bytes of body after which to hang up on the next call; undefined to hear it out. */
  chooseAbort?: () => number | undefined;
  signal?: AbortSignal;
}

export interface OpenLoop {
  callsPerSecond: number;
  durationMs: number;
  /** Calls under way at once; further ones fail, which is said. */
  connectionsMax?: number;
}

const FAILURE_KINDS_MAX = 20;
/** A connection that fails waits this long, so that a dead server is not asked a million times. */
const PAUSE_AFTER_FAILURE_MS = 20;

export async function runClosedLoop(spec: LoadSpec, loop: ClosedLoop): Promise<LoadResult> {
  const { connections, durationMs, callsMax = Infinity, chooseAbort, signal } = loop;
  const prepared = prepareCall(spec);
  const tally = createTally(spec);
  const endMs = performance.now() + durationMs;
  let begun = 0;

  async function callAgainAndAgain(connection: Connection): Promise<void> {
    while (performance.now() < endMs && begun < callsMax && !signal?.aborted) {
      begun += 1;
      const isRight = tally.count(await connection.call({ abortAfterBytes: chooseAbort?.() }));
      if (!isRight) await Bun.sleep(PAUSE_AFTER_FAILURE_MS);
    }
    connection.close();
  }

  await Promise.all(Array.from({ length: connections }, () => callAgainAndAgain(createConnection(prepared))));
  return tally.result();
}

export async function runOpenLoop(spec: LoadSpec, loop: OpenLoop): Promise<LoadResult> {
  const { callsPerSecond, durationMs, connectionsMax = 512 } = loop;
  const prepared = prepareCall(spec);
  const tally = createTally(spec);
  const idle: Connection[] = [];
  const underWay = new Set<Promise<void>>();
  const startMs = performance.now();
  const callsMax = Math.floor((durationMs / 1000) * callsPerSecond);

  function callOnce(): void {
    if (underWay.size >= connectionsMax) {
      tally.count(new Error(`${connectionsMax} calls were under way already`));
      return;
    }
    const connection = idle.pop() ?? createConnection(prepared);
    const done = connection.call().then((answer) => {
      tally.count(answer);
      idle.push(connection);
      underWay.delete(done);
    });
    underWay.add(done);
  }

  for (let begun = 0; begun < callsMax; begun += 1) {
    const dueMs = startMs + (begun * 1000) / callsPerSecond;
    if (performance.now() < dueMs) await Bun.sleep(dueMs - performance.now());
    tally.late(performance.now() - dueMs);
    callOnce();
  }
  await Promise.all(underWay);
  for (const connection of idle) connection.close();
  return tally.result();
}

function createTally(spec: LoadSpec) {
  const startMs = performance.now();
  const startCpu = process.cpuUsage();
  const totals: number[] = [];
  const firsts: number[] = [];
  const failures: Record<string, number> = {};
  let aborted = 0;
  let latestMs = 0;
  let endMs = startMs;

  function fail(why: string): false {
    const kind = why in failures || Object.keys(failures).length < FAILURE_KINDS_MAX ? why : "other";
    failures[kind] = (failures[kind] ?? 0) + 1;
    return false;
  }

  return {
    /** False when the call failed. */
    count(answer: TimedAnswer | Error): boolean {
      endMs = performance.now();
      if (answer instanceof Error) return fail(answer.message);
      if (answer.aborted) {
        aborted += 1;
        return true;
      }
      const problem = spec.check(answer.status, answer.body);
      if (problem !== undefined) return fail(problem);
      totals.push(answer.totalMs);
      firsts.push(answer.firstBodyMs);
      return true;
    },
    late: (byMs: number) => void (latestMs = Math.max(latestMs, byMs)),
    result(): LoadResult {
      const cpu = process.cpuUsage(startCpu);
      return {
        calls: totals.length,
        aborted,
        failures,
        elapsedMs: endMs - startMs,
        generatorCpuMs: (cpu.user + cpu.system) / 1000,
        totalMs: Float64Array.from(totals).sort(),
        firstBodyMs: Float64Array.from(firsts).sort(),
        latestMs,
      };
    },
  };
}

/** The value below which `share` (0 to 1) of the sorted values lie, by the nearest rank; NaN when there are none. */
export function percentile(sorted: Float64Array, share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}
