// The commands about figures: what was spent and what is to come, and how many, how long, how often in vain.
import { type Command, Option } from "commander";
import { type Act, examples, group, wholeNumber } from "../../command-parts.ts";
import type { ForecastOptions } from "./forecast-costs.ts";
import type { CostsOptions, PatternsOptions } from "./list-costs.ts";
import type { SeriesOptions } from "./show-series.ts";

const BUCKETS = ["minute", "hour", "day", "none"];
const ORDERS = ["cost", "records", "wasted", "saved"];
const WHERE = "only records of this, as team=research; again for more, a,b for either, nothing after = for none";

export function addFigureCommands({ program, metrics }: Record<"program" | "metrics", Command>, act: Act): void {
  const costs = group(program, "costs").description("see what was spent, by whom and on what, and what is to come");
  addCostList(costs, act);
  addPatterns(costs, act);
  addForecast(costs, act);
  addSeries(metrics, act);
}

function addCostList(costs: Command, act: Act): void {
  costs
    .command("list", { isDefault: true })
    .description("list what was spent, by anything that a record says")
    .option("--by <dimensions>", "model, user, team, tag … up to three with commas, or request", "model")
    .option("--since <when>", "since then: 30m, 7d, or a date (by default the first of this month)")
    .option("--until <when>", "and before then (by default now)")
    .option("--where <filter...>", WHERE)
    .addOption(new Option("--order <figure>", "what the first rows have most of").choices(ORDERS).default("cost"))
    .option("-n, --limit <count>", "rows; the others come as one", wholeNumber(1, 1000), 20)
    .addHelpText(
      "after",
      examples("binnacle costs --by user --since 7d", "binnacle costs --by team,model --where environment=production"),
    )
    .action(act(async (cli, options: CostsOptions) => (await import("./list-costs.ts")).listCosts(cli, options)));
}

function addPatterns(costs: Command, act: Act): void {
  costs
    .command("patterns")
    .description("list what was spent on which kind of prompt")
    .option("--since <when>", "since then: 30m, 7d, or a date", "7d")
    .option("--where <filter...>", WHERE)
    .option("-n, --limit <count>", "rows; the others come as one", wholeNumber(1, 1000), 20)
    .addHelpText("after", examples("binnacle costs patterns", "binnacle costs patterns --where team=research --json"))
    .action(act(async (cli, options: PatternsOptions) => (await import("./list-costs.ts")).listPatterns(cli, options)));
}

function addForecast(costs: Command, act: Act): void {
  costs
    .command("forecast")
    .description("show what this month will cost, and what it would with more traffic")
    .option("--traffic <times>", "times today's traffic, with commas", "1,2,10")
    .option("--where <filter...>", WHERE)
    .option("--cache-share <share>", "what the caches will save of all, 0 to 0.99 (by default as now)")
    .option("--price-factor <factor>", "what prices will be against now (by default 1)")
    .option("--no-growth", "as if growth that was found ended today")
    .addHelpText(
      "after",
      examples("binnacle costs forecast", "binnacle costs forecast --traffic 1,3 --cache-share 0.4"),
    )
    .action(
      act(async (cli, options: ForecastOptions) => (await import("./forecast-costs.ts")).forecastCosts(cli, options)),
    );
}

function addSeries(metrics: Command, act: Act): void {
  metrics
    .command("series", { isDefault: true })
    .description("show records, errors, tokens, cost and percentiles of times, in buckets of time")
    .option("--by <dimensions>", "model, route, team, user … up to three with commas")
    .option("--since <when>", "since then: 30m, 7d, or a date", "24h")
    .option("--until <when>", "and before then (by default now)")
    .option("--where <filter...>", WHERE)
    .addOption(new Option("--bucket <size>", "by default what fits the time").choices(BUCKETS))
    .option("-n, --limit <count>", "keys; the others come as one", wholeNumber(1, 1000), 10)
    .addHelpText(
      "after",
      examples("binnacle metrics --since 3h", "binnacle metrics --by model --bucket none --since 7d"),
    )
    .action(act(async (cli, options: SeriesOptions) => (await import("./show-series.ts")).showSeries(cli, options)));
}
