// `outage`: every vendor of a route is in trouble at once. Nothing can be answered then; what counts is that vendors are not
// flooded with repeated requests, callers are told at once, and calls are answered soon after the trouble is over.
import { z } from "zod";
import { type Check, defineDrill, type DrillContext, type DrillResult, type Figures } from "../drill.ts";
import type { RunningBinnacle } from "../installation/binnacle.ts";
import type { CallEnding } from "../load/caller.ts";
import type { FaultyVendor, Weather } from "./faulty-vendor.ts";
import { startFleet } from "./fleet.ts";
import { loadOnRoute, median, shareAnswered } from "./load-on-route.ts";
import { NO_BREAKER, NO_HEALTH, type Setting, TIMEOUTS } from "./settings.ts";

const BEFORE_MS = 3000;
const AFTER_MS = 15_000;
/** Requests at vendors for each call, while nothing can be answered. */
const ASKED_MAX = 1.1;

const outages: Record<string, Weather> = {
  down: { refused: 1 },
  failing: { "503": 1 },
  limited: { "429": 1 },
  stalls: { stall: 1 },
  revoked: "revoked",
};

const settings: readonly Setting[] = [
  { name: "in_order", says: "two targets in order", gateway: { ...TIMEOUTS, health: NO_HEALTH }, targets: 2 },
  { name: "bounded", says: "repeated tries bounded", gateway: { ...TIMEOUTS, health: NO_BREAKER }, targets: 2 },
  { name: "all_on", says: "and breakers", gateway: TIMEOUTS, targets: 2 },
];

export const outageDrill = defineDrill({
  name: "outage",
  takes: "2 min",
  summary: "all vendors of a route in trouble: no storm of requests, quick refusals, and quick recovery",
  options: z.object({
    rate: z.coerce.number().min(1).max(200).default(20).describe("calls a second in each kind of trouble"),
    seconds: z.coerce.number().min(2).max(600).default(12).describe("how long the trouble lasts"),
  }),
  async run(context, { rate, seconds }) {
    const outcomes: Outcome[] = [];
    for (const setting of settings) {
      context.signal.throwIfAborted();
      context.say(`${Object.keys(outages).length} kinds of trouble at once, ${setting.says} …`);
      outcomes.push(...(await takeAway(context, setting, { rate, troubleMs: seconds * 1000 })));
    }
    return conclude(outcomes);
  },
});

interface Outcome {
  name: string;
  setting: Setting;
  /** Of the calls that were sent while the trouble lasted. */
  endings: CallEnding[];
  /** Requests at all vendors meanwhile, for each of those calls. */
  askedPerCall: number;
  /** From the end of the trouble to the first call that was sent then and answered; null when there was none. */
  backAfterMs: number | null;
  /** What the last call was told that was sent in the trouble. */
  retryAfterS: number | null;
}

interface Trouble {
  rate: number;
  troubleMs: number;
}

async function takeAway(context: DrillContext, setting: Setting, trouble: Trouble): Promise<Outcome[]> {
  const { running, vendorsOf } = await startFleet(context, setting, Object.keys(outages));
  const { signal } = context;
  const rides = Object.entries(outages).map(([name, weather]) => ({ name, weather, vendors: vendorsOf(name) }));
  const outcomes = await Promise.all(rides.map((each) => ride(running, { ...each, setting, trouble, signal })));
  await running.stop();
  return outcomes;
}

interface Ride {
  name: string;
  weather: Weather;
  vendors: readonly FaultyVendor[];
  setting: Setting;
  trouble: Trouble;
  signal: AbortSignal;
}

async function ride(
  running: RunningBinnacle,
  { name, weather, vendors, setting, trouble: { rate, troubleMs }, signal }: Ride,
): Promise<Outcome> {
  const ended = new AbortController();
  const until = AbortSignal.any([signal, ended.signal]);
  const askedOfAll = (): number => vendors.reduce((sum, vendor) => sum + vendor.asked, 0);
  const load = loadOnRoute(running, { route: name, callsPerSecond: rate, until });
  await Bun.sleep(BEFORE_MS);
  const [fromMs, askedBefore] = [performance.now(), askedOfAll()];
  for (const vendor of vendors) vendor.become(weather);
  await Bun.sleep(troubleMs);
  const retryAfterS = await askForRetryAfter(running, name);
  const [toMs, askedAfter] = [performance.now(), askedOfAll()];
  for (const vendor of vendors) vendor.become({});
  await Bun.sleep(AFTER_MS);
  ended.abort();
  const endings = await load;
  const during = endings.filter(({ sentMs }) => sentMs >= fromMs && sentMs < toMs);
  const back = endings.filter(({ sentMs, how }) => sentMs >= toMs && how === "answered").map(({ sentMs }) => sentMs);
  return {
    name,
    setting,
    endings: during,
    askedPerCall: (askedAfter - askedBefore) / during.length,
    backAfterMs: back.length > 0 ? Math.min(...back) - toMs : null,
    retryAfterS,
  };
}

async function askForRetryAfter({ url, key }: RunningBinnacle, model: string): Promise<number | null> {
  const response = await fetch(`${url}/v1/chat/completions`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}` },
    body: JSON.stringify({ model, messages: [{ role: "user", content: "Is anybody there?" }] }),
  });
  await response.text();
  const header = response.headers.get("retry-after");
  return header === null ? null : Number(header);
}

function conclude(outcomes: readonly Outcome[]): DrillResult {
  const table = [
    ["", ...settings.map(({ says }) => says)],
    ["trouble", ...settings.map(() => "requests a call, median time to be told, back after")],
  ];
  const figures: Figures = {};
  const checks: Check[] = [];
  for (const name of Object.keys(outages)) {
    const row = settings.map(({ name: setting }) =>
      outcomes.find((o) => o.name === name && o.setting.name === setting),
    );
    table.push([name, ...row.map((outcome) => (outcome ? cellOf(outcome) : ""))]);
    for (const outcome of row) {
      if (!outcome) continue;
      figures[`${name}_${outcome.setting.name}_asked_per_call`] = outcome.askedPerCall;
      figures[`${name}_${outcome.setting.name}_told_median_ms`] = toldMs(outcome);
      figures[`${name}_${outcome.setting.name}_back_after_ms`] = outcome.backAfterMs;
      if (outcome.setting.name === "all_on") checks.push(...checksOf(outcome));
    }
  }
  return { checks, figures, table };
}

/** Of those that were told an error. */
function toldMs({ endings }: Outcome): number {
  return median(endings.filter(({ how }) => how !== "answered").map(({ totalMs }) => totalMs));
}

function cellOf(outcome: Outcome): string {
  const back = outcome.backAfterMs === null ? "not back" : `${(outcome.backAfterMs / 1000).toFixed(1)} s`;
  return `${outcome.askedPerCall.toFixed(2)}  ${toldMs(outcome).toFixed(0)} ms  ${back}`;
}

function checksOf({ name, endings, askedPerCall, backAfterMs, retryAfterS }: Outcome): Check[] {
  return [
    {
      that: `${name}: at most ${ASKED_MAX} requests reach vendors for each call`,
      holds: askedPerCall <= ASKED_MAX,
      found: `${askedPerCall.toFixed(2)} for each of ${endings.length}; ${(100 * shareAnswered(endings)).toFixed(0)} % answered`,
    },
    {
      that: `${name}: callers are told when to come back`,
      holds: retryAfterS !== null && retryAfterS > 0,
      found: retryAfterS === null ? "they are not" : `after ${retryAfterS} s`,
    },
    {
      that: `${name}: calls are answered again when the trouble is over`,
      holds: backAfterMs !== null,
      found: backAfterMs === null ? `not within ${AFTER_MS / 1000} s` : `after ${(backAfterMs / 1000).toFixed(1)} s`,
    },
  ];
}
