// The whole week as a list of calls in the order of their times, each told by its thread's seed: texts are made when they are
// sent, so that a hundred thousand of them are never in memory.
import { createDice } from "../dice.ts";
import { kinds, type ThreadKind } from "./kinds.ts";
import type { ThreadCall } from "./thread.ts";
import { createTimes, DAY_MS } from "./times.ts";

export interface PlannedMoment {
  atMs: number;
  call(): ThreadCall;
}

export interface WeekWish {
  seed: number;
  startMs: number;
  days: number;
  /** At least so many; the last thread is not broken off. */
  calls: number;
}

/** The mean length of a call with its answer, so that threads do not overtake themselves. */
const CALL_MS = 3000;

export function planWeek({ seed, startMs, days, calls: wanted }: WeekWish): PlannedMoment[] {
  const choosing = createDice(seed, "threads");
  const times = new Map(
    (["office", "home", "night"] as const).map((rhythm) => [
      rhythm,
      createTimes(rhythm, { dice: createDice(seed, `times of ${rhythm}`), startMs, days }),
    ]),
  );
  const moments: PlannedMoment[] = [];
  for (let thread = 0; moments.length < wanted; thread += 1) {
    const kind = choosing.weighted(kinds);
    let atMs = times.get(kind.rhythm)?.() ?? startMs;
    const calls = callsOf(kind, seed, thread);
    for (const [step, { pauseMs }] of calls.entries()) {
      atMs += step === 0 ? 0 : pauseMs + CALL_MS;
      if (atMs >= startMs + days * DAY_MS) break;
      const make = (): ThreadCall => callAt(callsOf(kind, seed, thread), step);
      moments.push({ atMs, call: make });
    }
  }
  return moments.sort((one, other) => one.atMs - other.atMs);
}

function callsOf(kind: ThreadKind, seed: number, thread: number): ThreadCall[] {
  return kind.calls(createDice(seed, `thread ${thread}`));
}

function callAt(calls: readonly ThreadCall[], step: number): ThreadCall {
  const call = calls[step];
  if (!call) throw new RangeError("a thread is as long as it was planned");
  return call;
}
