// Calls to one route at a steady rate, half of them streams, with what became of each.
import { percentile } from "../../bench/load.ts";
import type { RunningBinnacle } from "../installation/binnacle.ts";
import { callAtRate } from "../load/call-at-rate.ts";
import { type CallEnding, createCaller } from "../load/caller.ts";
import type { PlannedCall } from "../load/planned-call.ts";

export interface RouteLoad {
  route: string;
  callsPerSecond: number;
  /** All of them rather than half. */
  streamsOnly?: boolean;
  until: AbortSignal;
}

/** Resolves with all endings when the last call has ended. */
export async function loadOnRoute(
  running: RunningBinnacle,
  { route, callsPerSecond, streamsOnly = false, until }: RouteLoad,
): Promise<CallEnding[]> {
  const endings: CallEnding[] = [];
  const onEnd = (ending: CallEnding): void => void endings.push(ending);
  await callAtRate(createCaller(running), { calls: callsOf(route, streamsOnly), callsPerSecond, until, onEnd });
  return endings;
}

function* callsOf(route: string, streamsOnly: boolean): Generator<PlannedCall, never> {
  for (let number = 1; ; number += 1)
    yield { tag: `${route}-${number}`, model: route, stream: streamsOnly || number % 2 === 0, isInstant: false };
}

export function shareAnswered(endings: readonly CallEnding[]): number {
  return endings.filter(({ how }) => how === "answered").length / endings.length;
}

/** Of the answers' whole time; NaN without any. */
export function latency(endings: readonly CallEnding[], share: number): number {
  return percentile(Float64Array.from(timesOf(endings)).sort(), share);
}

export function median(values: readonly number[]): number {
  return percentile(Float64Array.from(values).sort(), 0.5);
}

export function meanLatency(endings: readonly CallEnding[]): number {
  const times = timesOf(endings);
  return times.reduce((sum, each) => sum + each, 0) / times.length;
}

function timesOf(endings: readonly CallEnding[]): number[] {
  return endings.filter(({ how }) => how === "answered").map(({ totalMs }) => totalMs);
}
