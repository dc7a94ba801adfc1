// `failover`: one of two vendors gets into every kind of trouble, and what callers notice of it with and without what
// Binnacle does about it.
import { z } from "zod";
import { type Check, defineDrill, type DrillContext, type DrillResult, type Figures } from "../drill.ts";
import type { RunningBinnacle } from "../installation/binnacle.ts";
import type { CallEnding } from "../load/caller.ts";
import type { FaultyVendor } from "./faulty-vendor.ts";
import { startFleet } from "./fleet.ts";
import { latency, loadOnRoute, meanLatency, shareAnswered } from "./load-on-route.ts";
import { type Setting, settings } from "./settings.ts";
import { type Storm, storms } from "./storms.ts";

const BEFORE_MS = 3000;
const TICK_MS = 50;

export const failoverDrill = defineDrill({
  name: "failover",
  takes: "1 min",
  summary: "one of two vendors down, slow, flapping, limited, silent, cut or revoked: callers hardly notice",
  options: z.object({
    rate: z.coerce.number().min(1).max(200).default(20).describe("calls a second in each kind of trouble"),
    seconds: z.coerce.number().min(2).max(600).default(12).describe("how long the trouble lasts"),
  }),
  async run(context, { rate, seconds }) {
    const outcomes: Outcome[] = [];
    for (const setting of settings) {
      context.signal.throwIfAborted();
      context.say(`${storms.length} kinds of trouble at once, ${setting.says} …`);
      outcomes.push(...(await weather(context, setting, { rate, troubleMs: seconds * 1000 })));
    }
    return conclude(outcomes);
  },
});

interface Outcome {
  storm: Storm;
  setting: Setting;
  /** Of the calls that were sent while the trouble lasted. */
  endings: CallEnding[];
  /** Requests at all vendors, for each of all calls. */
  askedPerCall: number;
}

interface Trouble {
  rate: number;
  troubleMs: number;
}

async function weather(context: DrillContext, setting: Setting, trouble: Trouble): Promise<Outcome[]> {
  const names = storms.map(({ name }) => name);
  const { running, vendorsOf } = await startFleet(context, setting, names);
  const { signal } = context;
  const rides = storms.map((storm) => ({ storm, vendors: vendorsOf(storm.name), setting, trouble, signal }));
  const outcomes = await Promise.all(rides.map((each) => ride(running, each)));
  await running.stop();
  return outcomes;
}

interface Ride {
  storm: Storm;
  vendors: readonly FaultyVendor[];
  setting: Setting;
  trouble: Trouble;
  signal: AbortSignal;
}

async function ride(
  running: RunningBinnacle,
  { storm, vendors, setting, trouble: { rate, troubleMs }, signal }: Ride,
): Promise<Outcome> {
  const ended = new AbortController();
  const until = AbortSignal.any([signal, ended.signal]);
  const load = loadOnRoute(running, {
    route: storm.name,
    callsPerSecond: rate,
    streamsOnly: storm.streamsOnly ?? false,
    until,
  });
  await Bun.sleep(BEFORE_MS);
  const beganMs = performance.now();
  for (let afterMs = 0; afterMs < troubleMs && !signal.aborted; afterMs = performance.now() - beganMs) {
    vendors[0]?.become(storm.weather(afterMs));
    await Bun.sleep(TICK_MS);
  }
  ended.abort();
  const endings = await load;
  const asked = vendors.reduce((sum, vendor) => sum + vendor.asked, 0);
  return {
    storm,
    setting,
    endings: endings.filter(({ sentMs }) => sentMs >= beganMs),
    askedPerCall: asked / endings.length,
  };
}

function conclude(outcomes: readonly Outcome[]): DrillResult {
  const find = (storm: Storm, name: Setting["name"]): Outcome => {
    const found = outcomes.find((each) => each.storm === storm && each.setting.name === name);
    if (!found) throw new Error(`${storm.name} was not tried with ${name}`);
    return found;
  };
  const fair = storms.find(({ isFair }) => isFair) ?? storms[0];
  if (!fair) throw new Error("there are no storms");
  const added = ({ setting, endings }: Outcome, measure: (of: readonly CallEnding[]) => number): number | null => {
    const ms = measure(endings) - measure(find(fair, setting.name).endings);
    return Number.isNaN(ms) ? null : ms;
  };
  const p = (share: number) => (endings: readonly CallEnding[]) => latency(endings, share);
  const cell = (outcome: Outcome): string => {
    const times = [meanLatency, p(0.95), p(0.99)].map((each) => added(outcome, each)?.toFixed(0) ?? "–");
    const answered = `${(100 * shareAnswered(outcome.endings)).toFixed(1)} %`.padStart(7);
    return `${answered}  ${times.join(" / ")} ms  ${outcome.askedPerCall.toFixed(2)}`;
  };
  const table = [
    ["", ...settings.map(({ says }) => says)],
    ["trouble", ...settings.map(() => "answered, added mean/p95/p99, requests a call")],
  ];
  const figures: Figures = {};
  const checks: Check[] = [];
  for (const storm of storms) {
    table.push([storm.name, ...settings.map(({ name }) => cell(find(storm, name)))]);
    for (const { name } of settings) {
      const outcome = find(storm, name);
      figures[`${storm.name}_${name}_answered`] = shareAnswered(outcome.endings);
      figures[`${storm.name}_${name}_added_mean_ms`] = added(outcome, meanLatency);
      figures[`${storm.name}_${name}_added_p99_ms`] = added(outcome, p(0.99));
    }
    checks.push(checkOf(storm, find(storm, "all_on")));
  }
  return { checks, figures, table };
}

function checkOf({ name, answeredMin }: Storm, { endings }: Outcome): Check {
  const share = shareAnswered(endings);
  const [why] = endings.flatMap((ending) => (ending.how === "answered" ? [] : [ending.why]));
  return {
    that: `${name}: at least ${100 * answeredMin} % of calls are answered`,
    holds: share >= answeredMin,
    found: `${(100 * share).toFixed(1)} % of ${endings.length}${why === undefined ? "" : `; ${why}`}`,
  };
}
