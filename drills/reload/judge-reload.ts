// Whether a change was known in time, and what calls noticed of it.
import { percentile } from "../../bench/load.ts";
import type { Check, Figures } from "../drill.ts";
import type { CallEnding } from "../load/caller.ts";

export interface Phase {
  /** Begins the names of its figures. */
  name: string;
  sentMs: number;
  answeredMs: number;
  knownMs: number;
  /** Calls of each process, the one that was written at first. */
  before: CallEnding[][];
  during: CallEnding[][];
  /** What was not as it was written. */
  wrong: number;
}

const KNOWN_WITHIN_MS = 1000;
const ADDED_P99_MAX_MS = 5;
/** Beyond that calls are slow without any change, and whether it makes them slower cannot be told. */
const QUIET_P99_MAX_MS = 15;

export function judgeReload({ name, sentMs, answeredMs, knownMs, before, during, wrong }: Phase): {
  checks: Check[];
  figures: Figures;
} {
  const afterWriteMs = Math.max(0, knownMs - answeredMs);
  const [p99Before, p99During] = [p99(before.flat()), p99(during.flat())];
  const failed = [...before, ...during].flat().filter(({ how }) => how !== "answered");
  const worst = during.map((each) => p99(each));
  return {
    checks: [
      {
        that: `${name}: every process knows within a second of the write`,
        holds: afterWriteMs <= KNOWN_WITHIN_MS,
        found: `${afterWriteMs.toFixed(0)} ms; ${(knownMs - sentMs).toFixed(0)} ms from its sending on`,
      },
      {
        that: `${name}: it adds no more than ${ADDED_P99_MAX_MS} ms to the p99 of calls meanwhile`,
        holds: p99During - p99Before <= ADDED_P99_MAX_MS,
        found: `${p99Before.toFixed(1)} ms before, ${p99During.toFixed(1)} ms meanwhile (${during.flat().length} calls)`,
      },
      {
        that: `${name}: the machine is quiet enough to tell that`,
        holds: p99Before <= QUIET_P99_MAX_MS,
        found: `a p99 of ${p99Before.toFixed(1)} ms before`,
      },
      { that: `${name}: no call failed`, holds: failed.length === 0, found: failed[0]?.why ?? "none" },
      { that: `${name}: it is at every process as it was written`, holds: wrong === 0, found: `${wrong} are not` },
    ],
    figures: {
      [`${name}_write_ms`]: answeredMs - sentMs,
      [`${name}_known_after_write_ms`]: afterWriteMs,
      [`${name}_known_after_sending_ms`]: knownMs - sentMs,
      [`${name}_p99_before_ms`]: p99Before,
      [`${name}_p99_meanwhile_ms`]: p99During,
      [`${name}_p99_meanwhile_writing_process_ms`]: worst[0] ?? null,
      [`${name}_p99_meanwhile_other_processes_ms`]: worst.length > 1 ? Math.max(...worst.slice(1)) : null,
      [`${name}_slowest_meanwhile_ms`]: Math.max(...during.flat().map(({ totalMs }) => totalMs)),
    },
  };
}

function p99(endings: readonly CallEnding[]): number {
  return percentile(Float64Array.from(endings.map(({ totalMs }) => totalMs)).sort(), 0.99);
}
