// Rules about what others have noticed: drift, burning error budgets, money that runs out, signals that come late.
import type { BudgetState } from "../figures.ts";
import type { BurnReading } from "../slos/burn.ts";
import type { ReadRule, Sample } from "./reading.ts";

export const readDrift: ReadRule<"drift"> = async (_, { findings, seriesMax }) => {
  const found = (await findings()).slice(0, seriesMax);
  const samples = found.map(({ labels, value, threshold, facts }): Sample => ({
    labels,
    state: "over",
    value,
    threshold,
    unit: "distance",
    facts,
  }));
  return { samples, absent: "clear" };
};

/** One alert for what pages and one for what becomes a ticket, of each series. */
export const readSloBurn: ReadRule<"slo_burn"> = ({ slos: wanted }, { slos, seriesMax }) => {
  const samples = [...slos]
    .filter(([name]) => wanted === undefined || wanted.includes(name))
    .flatMap(([name, { measured }]) =>
      measured.series.flatMap(({ labels, burns, budget_left }) =>
        (["page", "ticket"] as const).map((burn): Sample => {
          const fastest = fastestOf(burns.filter((each) => each.burn === burn));
          return {
            labels: { ...labels, slo: name, burn },
            state: fastest?.burning === true ? "over" : "clear",
            value: fastest?.long_burn ?? null,
            threshold: fastest?.factor ?? null,
            unit: "burn",
            facts: { budget_left, long_ms: fastest?.long_ms ?? null, events: fastest?.long_events ?? null },
            severity: burn === "page" ? "critical" : "warning",
          };
        }),
      ),
    );
  return Promise.resolve({ samples: samples.slice(0, 2 * seriesMax), absent: "clear" });
};

/** The shortest window that burns; where none does, the one that is nearest to it. */
function fastestOf(burns: readonly BurnReading[]): BurnReading | undefined {
  const excess = ({ long_burn, factor }: BurnReading): number => long_burn / factor;
  return burns.find(({ burning }) => burning) ?? [...burns].sort((one, other) => excess(other) - excess(one))[0];
}

const HOUR_MS = 3_600_000;
/** Of the last hour, that must be known before its pace counts in place of the whole window's. */
const TRAIL_MS_MIN = 10 * 60_000;

export const readBudgetForecast: ReadRule<"budget_forecast"> = async (rule, context) => {
  const { nowMs, memory, seriesMax } = context;
  const budgets = (await context.budgets()).slice(0, seriesMax);
  const samples = budgets.map((budget): Sample => {
    const { id, whose, cap, spent, renews_at_ms } = budget;
    const trail = memory.trail(id, { atMs: nowMs, value: spent });
    const pace = paceOf(budget, trail, nowMs);
    const exhausted = spent >= cap ? nowMs : pace > 0 ? Math.round(nowMs + (cap - spent) / pace) : null;
    const isTooSoon =
      exhausted !== null &&
      exhausted < renews_at_ms &&
      (rule.within === undefined || exhausted - nowMs <= rule.within) &&
      spent >= rule.min_used * cap;
    const facts = { whose, spent, cap, exhausted_at_ms: exhausted, renews_at_ms };
    return {
      labels: { budget: id },
      state: isTooSoon ? "over" : "clear",
      value: spent,
      threshold: cap,
      unit: "usd_micros",
      facts,
    };
  });
  return { samples, absent: "clear" };
};

/** Micro-dollars a millisecond: of the last hour as far as it is known, else of the whole window. */
function paceOf(
  { spent, starts_at_ms }: BudgetState,
  trail: readonly { atMs: number; value: number }[],
  nowMs: number,
): number {
  const [first] = trail;
  const known = first ? nowMs - first.atMs : 0;
  if (first && known >= TRAIL_MS_MIN) return (spent - first.value) / known;
  return spent / Math.max(nowMs - starts_at_ms, HOUR_MS);
}

export const readSignalLag: ReadRule<"signal_lag"> = async ({ signals: wanted }, { signals, seriesMax }) => {
  const asked = (await signals()).filter(({ signal }) => wanted?.includes(signal) ?? true);
  const samples = asked.slice(0, seriesMax).map(({ signal, lag_ms, bound_ms, is_crossed }): Sample => ({
    labels: { signal },
    state: is_crossed ? "over" : "clear",
    value: lag_ms,
    threshold: bound_ms,
    unit: "ms",
    facts: {},
  }));
  return { samples, absent: "clear" };
};
