// `costs forecast`: what this month will cost, and what was assumed.
import { formatUsd } from "../../../../kernel/index.ts";
import type { Forecast } from "../../../../observability/contract.ts";
import type { Cli } from "../../cli.ts";
import { connect } from "../../connect.ts";
import { formatDay } from "../../terminal/moment.ts";
import { dim } from "../../terminal/style.ts";
import { percent } from "./list-costs.ts";
import { readWhere } from "./read-where.ts";

export interface ForecastOptions {
  traffic: string;
  where?: string[];
  cacheShare?: string;
  priceFactor?: string;
  growth: boolean;
}

const right = "right" as const;

export async function forecastCosts(cli: Cli, options: ForecastOptions): Promise<void> {
  const { output } = cli;
  const forecast = await connect(cli).api.costs.forecast({
    traffic: options.traffic,
    growth: options.growth ? "measured" : "none",
    ...readWhere(options.where, "binnacle costs forecast --help"),
    ...(options.cacheShare !== undefined && { cache_share: options.cacheShare }),
    ...(options.priceFactor !== undefined && { price_factor: options.priceFactor }),
  });
  if (output.isJson) return output.json(forecast);
  const { month, too_early: early, scenarios, assumed } = forecast;
  const spent = dim(`${formatUsd(month.spent_usd_micros)} spent since ${formatDay(month.from_ms)}.`);
  if (assumed === null) {
    const { history_hours: hours, needed_hours: needed } = early ?? { history_hours: 0, needed_hours: 0 };
    output.line(`Too early to say: there are ${Math.floor(hours)} of ${needed} hours of history with cost.`);
    return output.note(spent);
  }
  const columns = [
    { title: "TRAFFIC" },
    { title: "THIS MONTH", align: right },
    { title: "FOUR IN FIVE BETWEEN", align: right },
    { title: "A WHOLE MONTH", align: right },
    { title: "FOUR IN FIVE BETWEEN", align: right },
  ];
  const rows = scenarios.map(({ traffic, this_month, steady_month }) => [
    `${traffic} ×`,
    formatUsd(this_month.expected_usd_micros),
    `${formatUsd(this_month.low80_usd_micros)} – ${formatUsd(this_month.high80_usd_micros)}`,
    formatUsd(steady_month.expected_usd_micros),
    `${formatUsd(steady_month.low80_usd_micros)} – ${formatUsd(steady_month.high80_usd_micros)}`,
  ]);
  output.table(columns, rows);
  output.note(spent);
  output.note(dim(tellAssumed(assumed)));
}

function tellAssumed(assumed: NonNullable<Forecast["assumed"]>): string {
  const parts = [
    `from ${assumed.history_days} days${assumed.season === "week" ? ", whose weekdays differ" : ""}`,
    assumed.growth_per_week === 0 ? "no growth" : `growth of ${percent(assumed.growth_per_week)} a week, levelling off`,
    `caches save ${percent(assumed.cache_share)}${assumed.is_cache_share_given ? "" : " as they did"}`,
    assumed.price_factor === 1 ? "prices stay" : `prices times ${assumed.price_factor}`,
    "the same mix of models",
    ...(assumed.unpriced === 0 ? [] : [`without ${assumed.unpriced} records that have no known price`]),
  ];
  return `Assumed: ${parts.join("; ")}.`;
}
