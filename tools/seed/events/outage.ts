// The incident of day five: a vendor is down for forty minutes, its neighbour turns part of the rush away, customers try again,
// alerts fire and are resolved.
import type { PlannedMoment } from "../calls/plan-week.ts";
import { callsOfConversation } from "../calls/thread.ts";
import { DAY_MS, HOUR_MS } from "../calls/times.ts";
import { createDice } from "../dice.ts";
import { supportTalk } from "../texts/support.ts";
import type { Outage } from "../vendors/paces.ts";
import type { Happening } from "./happening.ts";

const MINUTE_MS = 60_000;
const LASTS_MS = 40 * MINUTE_MS;

export function outageBegins(startMs: number): number {
  const day = Math.trunc(startMs / DAY_MS) * DAY_MS + 5 * DAY_MS;
  return day + 10 * HOUR_MS + 12 * MINUTE_MS;
}

export function outagesOf(startMs: number): Outage[] {
  const fromMs = outageBegins(startMs);
  return [
    { vendor: "northwind", fromMs, untilMs: fromMs + LASTS_MS, share: 1, fault: "503" },
    { vendor: "meridian", fromMs: fromMs + 3 * MINUTE_MS, untilMs: fromMs + 19 * MINUTE_MS, share: 0.7, fault: "429" },
  ];
}

/** People who try again while nothing works. */
export function rushOf(startMs: number, { seed, calls }: { seed: number; calls: number }): PlannedMoment[] {
  const fromMs = outageBegins(startMs);
  const dice = createDice(seed, "rush");
  return Array.from({ length: calls }, (_, index) => {
    const atMs = Math.trunc(fromMs + dice.random() * LASTS_MS);
    return {
      atMs,
      call() {
        const own = createDice(seed, `rush ${index}`);
        const base = { key: "helpdesk web", model: "helpdesk", stream: own.chance(0.5) } as const;
        const talk = supportTalk(own);
        const [call] = callsOfConversation({ base, dice: own, system: talk.system, turns: talk.turns.slice(0, 1) });
        if (!call) throw new RangeError("a talk has a first turn");
        return call;
      },
    };
  });
}

const LOOKS_AFTER_MINUTES = [6, 12, 18, 30, 45, 75, 110];

/** Alerts are looked at as often as their story needs it: a week goes by in a minute, and they look by the real clock. */
export function looksAtOutage(startMs: number): Happening[] {
  return LOOKS_AFTER_MINUTES.map((minutes) => ({
    atMs: outageBegins(startMs) + minutes * MINUTE_MS,
    what: `alerts are looked at, ${minutes} minutes after the outage began`,
    act: (stage) => stage.settle(),
  }));
}
