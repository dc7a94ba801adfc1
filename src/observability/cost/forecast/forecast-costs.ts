// What this month will cost, and what it would with more traffic: the past's days by the hour of asking, carried on. What is
// assumed goes with the answer: the mix of models, what caches save, prices, growth.
import type { World } from "../../../kernel/index.ts";
import type { Sums, SumRow } from "../../../ledger/index.ts";
import type { SumWhere } from "../../../ledger/contract.ts";
import { quantileOf } from "../../../statistics/index.ts";
import { readWhere } from "../../figures/read-wishes.ts";
import type { Assumed, Forecast, ForecastQuery, Interval } from "./contract.ts";
import { forecastDays, type Horizon } from "./forecast-days.ts";
import { createRandom } from "./random.ts";
import { readTraffic } from "./read-traffic.ts";

interface ForecastDeps {
  ledger: Sums;
  world: Pick<World, "nowMs">;
}

const HOUR_MS = 3_600_000;
const DAY_HOURS = 24;
const HISTORY_DAYS_MAX = 56;
const HISTORY_DAYS_MIN = 2;
const MODELS_SHOWN = 10;
/** The same question has the same answer. */
const SEED = 20_261_121;

type TooEarly = NonNullable<Forecast["too_early"]>;

interface History {
  fromMs: number;
  /** Cost by hour, as long as whole days before now go back. */
  hours: number[];
  cost: number;
  saved: number;
  unpriced: number;
}

/** Without scenarios where there is too little history: so every installation begins. */
export async function forecastCosts(query: ForecastQuery, { ledger, world }: ForecastDeps): Promise<Forecast> {
  const nowMs = world.nowMs();
  const month = monthOf(nowMs);
  const where = readWhere(query);
  const traffic = readTraffic(query.traffic);
  const [history, spent, mix] = await Promise.all([
    readHistory(ledger, where, nowMs),
    readSpent(ledger, where, { since_ms: month.fromMs, until_ms: nowMs + 1 }),
    readMix(ledger, where, nowMs),
  ]);
  const told = { month: { from_ms: month.fromMs, until_ms: month.untilMs, spent_usd_micros: spent } };
  if ("needed_hours" in history) return { ...told, too_early: history, scenarios: [], assumed: null };
  const horizons = [horizonOf((month.untilMs - nowMs) / HOUR_MS, history.hours), wholeMonth(month)];
  const days = daysOf(history.hours);
  const random = createRandom(SEED);
  const { totals, growthPerDay, hasWeek } = forecastDays(days, { horizons, growth: query.growth, random });
  const steady = forecastDays(days, { horizons: [wholeMonth(month)], growth: "none", random });
  const cacheShare = history.cost + history.saved === 0 ? 0 : history.saved / (history.cost + history.saved);
  const wantedShare = query.cache_share ?? cacheShare;
  const factor = cacheShare === 1 ? 1 : ((1 - wantedShare) / (1 - cacheShare)) * query.price_factor;
  return {
    ...told,
    too_early: null,
    scenarios: traffic.map((times) => ({
      traffic: times,
      this_month: intervalOf(totals[0], { times: times * factor, plus: spent }),
      steady_month: intervalOf(steady.totals[0], { times: times * factor, plus: 0 }),
    })),
    assumed: {
      history_from_ms: history.fromMs,
      history_days: days.length,
      season: hasWeek ? "week" : "none",
      growth_per_week: Math.expm1(7 * growthPerDay),
      cache_share: wantedShare,
      is_cache_share_given: query.cache_share !== undefined,
      price_factor: query.price_factor,
      mix,
      unpriced: history.unpriced,
    },
  };
}

async function readHistory(ledger: Sums, where: SumWhere, nowMs: number): Promise<History | TooEarly> {
  const untilMs = Math.floor(nowMs / HOUR_MS) * HOUR_MS;
  const since_ms = untilMs - HISTORY_DAYS_MAX * DAY_HOURS * HOUR_MS;
  const { rows } = await ledger.sums({ since_ms, until_ms: untilMs, where, bucket: "hour", spreads: false, limit: 1 });
  const costs = rows.filter(({ cost_usd_micros }) => cost_usd_micros > 0);
  const firstMs = Math.min(untilMs, ...costs.map(({ at_ms }) => at_ms ?? untilMs));
  const days = Math.floor((untilMs - firstMs) / HOUR_MS / DAY_HOURS);
  if (days < HISTORY_DAYS_MIN)
    return { history_hours: (untilMs - firstMs) / HOUR_MS, needed_hours: HISTORY_DAYS_MIN * DAY_HOURS };
  const fromMs = untilMs - days * DAY_HOURS * HOUR_MS;
  const hours = Array.from({ length: days * DAY_HOURS }, () => 0);
  for (const { at_ms, cost_usd_micros } of costs) {
    const index = ((at_ms ?? 0) - fromMs) / HOUR_MS;
    if (index >= 0) hours[index] = cost_usd_micros;
  }
  const within = rows.filter(({ at_ms }) => (at_ms ?? 0) >= fromMs);
  const sum = (read: (row: SumRow) => number): number => within.reduce((all, row) => all + read(row), 0);
  return {
    fromMs,
    hours,
    cost: sum((row) => row.cost_usd_micros),
    saved: sum((row) => row.saved_usd_micros),
    unpriced: sum((row) => row.unpriced),
  };
}

async function readSpent(ledger: Sums, where: SumWhere, range: { since_ms: number; until_ms: number }) {
  const { rows } = await ledger.sums({ ...range, where, spreads: false });
  return rows.reduce((sum, { cost_usd_micros }) => sum + cost_usd_micros, 0);
}

async function readMix(ledger: Sums, where: SumWhere, nowMs: number): Promise<Assumed["mix"]> {
  const since_ms = nowMs - HISTORY_DAYS_MAX * DAY_HOURS * HOUR_MS;
  const asked = { since_ms, until_ms: nowMs, by: ["model"] as const, where, spreads: false, limit: MODELS_SHOWN };
  const { rows } = await ledger.sums(asked);
  const total = rows.reduce((sum, { cost_usd_micros }) => sum + cost_usd_micros, 0);
  return rows
    .filter(({ is_rest, cost_usd_micros }) => !is_rest && cost_usd_micros > 0)
    .map(({ key, cost_usd_micros }) => ({ model: key["model"] ?? null, share: cost_usd_micros / total }));
}

function daysOf(hours: readonly number[]): number[] {
  return Array.from({ length: hours.length / DAY_HOURS }, (_, day) =>
    hours.slice(day * DAY_HOURS, (day + 1) * DAY_HOURS).reduce((sum, cost) => sum + cost, 0),
  );
}

/** Days here begin at the hour of asking, so what is left over costs what those hours of a day cost. */
function horizonOf(hoursLeft: number, hours: readonly number[]): Horizon {
  const days = Math.floor(hoursLeft / DAY_HOURS);
  const over = hoursLeft - days * DAY_HOURS;
  let inThem = 0;
  let all = 0;
  hours.forEach((cost, index) => {
    all += cost;
    inThem += cost * Math.min(1, Math.max(0, over - (index % DAY_HOURS)));
  });
  return { days, lastShare: all === 0 ? over / DAY_HOURS : inThem / all };
}

function wholeMonth({ fromMs, untilMs }: { fromMs: number; untilMs: number }): Horizon {
  return { days: Math.round((untilMs - fromMs) / HOUR_MS / DAY_HOURS), lastShare: 0 };
}

/** Of the calendar, UTC. */
function monthOf(nowMs: number): { fromMs: number; untilMs: number } {
  const now = new Date(nowMs);
  const [year, index] = [now.getUTCFullYear(), now.getUTCMonth()];
  return { fromMs: Date.UTC(year, index), untilMs: Date.UTC(year, index + 1) };
}

function intervalOf(totals: Float64Array | undefined, { times, plus }: { times: number; plus: number }): Interval {
  const futures = [...(totals ?? [])];
  const at = (share: number): number => Math.round(plus + times * quantileOf(futures, share));
  return {
    expected_usd_micros: at(0.5),
    low80_usd_micros: at(0.1),
    high80_usd_micros: at(0.9),
    low95_usd_micros: at(0.025),
    high95_usd_micros: at(0.975),
  };
}
