// `throttled`: callers want twice what a vendor takes. What becomes of it with and without pacing: how much the vendor turns away,
// how much of what it would take is used, and whether a team that asks for little gets it beside one that asks for much.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { type Check, defineDrill, type DrillContext, type DrillResult, type Figures } from "../drill.ts";
import { createInstallation } from "../installation/binnacle.ts";
import type { CallEnding } from "../load/caller.ts";
import { type LimitedVendor, startLimitedVendor, type VendorLimit } from "./limited-vendor.ts";
import { loadOnRoute, median, shareAnswered } from "./load-on-route.ts";

const PER_SECOND = 10;
/** What each team asks for, of what the vendor takes. */
const LOUD_SHARE = 1.8;
const QUIET_SHARE = 0.2;

const limits: Readonly<Record<string, VendorLimit>> = {
  bucket_told: { kind: "bucket", perSecond: PER_SECOND, tells: true },
  window_told: { kind: "window", perSecond: PER_SECOND, tells: true },
  bucket_silent: { kind: "bucket", perSecond: PER_SECOND, tells: false },
  window_silent: { kind: "window", perSecond: PER_SECOND, tells: false },
};

const settings = [
  { name: "plain", says: "as it is", health: {} },
  { name: "adaptive", says: "adaptive", health: { adaptive: true, adaptive_wait_max: "2s" } },
] as const;

export const throttledDrill = defineDrill({
  name: "throttled",
  takes: "2 min",
  summary: "twice the calls that a vendor takes: few are turned away, what it takes is used, and no team starves",
  options: z.object({
    seconds: z.coerce.number().min(5).max(600).default(40).describe("how long is asked, with and without pacing"),
  }),
  async run(context, { seconds }) {
    const outcomes: Outcome[] = [];
    for (const setting of settings) {
      context.say(`four vendors at once, ${setting.says} …`);
      outcomes.push(...(await ask(context, setting, seconds)));
    }
    return conclude(outcomes, seconds);
  },
});

interface Outcome {
  name: string;
  setting: string;
  taken: number;
  turnedAway: number;
  loud: CallEnding[];
  quiet: CallEnding[];
}

async function ask(context: DrillContext, setting: (typeof settings)[number], seconds: number): Promise<Outcome[]> {
  const vendors = new Map(
    Object.entries(limits).map(([name, limit]) => [name, startLimitedVendor(limit, context)] as const),
  );
  const config = {
    gateway: { health: setting.health },
    providers: {
      vendors: Object.fromEntries(
        [...vendors].map(([name, { url }]) => [
          name,
          { kind: "openai-compatible", base_url: url, api_key: "env:DRILL_KEY", models: ["sim-small"] },
        ]),
      ),
    },
  };
  const folder = join(context.folder, setting.name);
  mkdirSync(folder, { mode: 0o711 });
  const running = await createInstallation({ ...context, folder }, { config, env: { DRILL_KEY: "sk-drill" } }).start();
  const { secret: quietKey } = await running.client.keys.create({ name: "quiet", team: "quiet" });
  const until = AbortSignal.any([context.signal, AbortSignal.timeout(seconds * 1000)]);
  const load = (route: string, share: number, key: string) =>
    loadOnRoute({ ...running, key }, { route: `${route}/sim-small`, callsPerSecond: PER_SECOND * share, until });
  const outcomes = await Promise.all(
    [...vendors].map(async ([name, vendor]) => {
      const both = [load(name, LOUD_SHARE, running.key), load(name, QUIET_SHARE, quietKey)];
      const [loud = [], quiet = []] = await Promise.all(both);
      return outcomeOf(vendor, { name, setting: setting.name, loud, quiet });
    }),
  );
  await running.stop();
  return outcomes;
}

function outcomeOf({ taken, turnedAway }: LimitedVendor, rest: Omit<Outcome, "taken" | "turnedAway">): Outcome {
  return { ...rest, taken, turnedAway };
}

function conclude(outcomes: readonly Outcome[], seconds: number): DrillResult {
  const table = [
    ["vendor", "", "turned away by it", "of what it takes, used", "quiet team answered", "told no after, median"],
  ];
  const figures: Figures = {};
  const checks: Check[] = [];
  for (const { name, setting, taken, turnedAway, loud, quiet } of outcomes) {
    const used = taken / (PER_SECOND * seconds);
    const share = turnedAway / (taken + turnedAway);
    const refusedMs = median([...loud, ...quiet].filter(({ how }) => how !== "answered").map(({ totalMs }) => totalMs));
    table.push([
      name,
      setting,
      `${turnedAway} of ${taken + turnedAway}, ${percent(share)}`,
      percent(used),
      percent(shareAnswered(quiet)),
      `${refusedMs.toFixed(0)} ms`,
    ]);
    figures[`${name}_${setting}_turned_away_share`] = share;
    figures[`${name}_${setting}_used_share`] = used;
    figures[`${name}_${setting}_quiet_answered_share`] = shareAnswered(quiet);
    figures[`${name}_${setting}_loud_answered_share`] = shareAnswered(loud);
    if (setting === "adaptive") checks.push(...checksOf(name, { share, used, quiet }));
  }
  return { checks, figures, table };
}

function checksOf(name: string, { share, used, quiet }: { share: number; used: number; quiet: CallEnding[] }): Check[] {
  const most = limits[name]?.tells ? 0.02 : 0.2;
  return [
    { that: `${name}: at most ${percent(most)} are turned away`, holds: share <= most, found: percent(share) },
    { that: `${name}: at least 70 % of what the vendor takes is used`, holds: used >= 0.7, found: percent(used) },
    {
      that: `${name}: at least 90 % of the quiet team's calls are answered`,
      holds: shareAnswered(quiet) >= 0.9,
      found: `${percent(shareAnswered(quiet))} of ${quiet.length}`,
    },
  ];
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
