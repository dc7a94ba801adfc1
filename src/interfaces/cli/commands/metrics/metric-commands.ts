// The `metrics` branch of the command tree: what other programs have sent. The code behind a command is loaded when it runs.
import type { Command } from "commander";
import { type Act, examples, wholeNumber } from "../../command-parts.ts";
import type { ListMetricsOptions, ShowMetricOptions } from "./metrics.ts";

const GREATEST_PAGE = 1000;

export function addMetricCommands(metrics: Command, act: Act): void {
  metrics
    .command("list")
    .description("list the metrics that other programs have sent")
    .option("-s, --search <text>", "only those whose name contains this")
    .option("-n, --limit <count>", "at most this many", wholeNumber(1, GREATEST_PAGE), 50)
    .option("--cursor <cursor>", "continue after the page that gave this cursor")
    .addHelpText("after", examples("binnacle metrics list", "binnacle metrics list --search token"))
    .action(act(async (cli, options: ListMetricsOptions) => (await import("./metrics.ts")).listMetrics(cli, options)));
  metrics
    .command("show")
    .description("show points of a metric, newest first")
    .argument("<name>", "the metric's name")
    .option(
      "--attribute <key=value>",
      "only points with this label; may be said again",
      (one: string, before: string[]) => [...before, one],
      [],
    )
    .option("--since <when>", "only points since then: 30m, 1h, 7d, or a date", "1h")
    .option("-n, --limit <count>", "at most this many", wholeNumber(1, GREATEST_PAGE), 20)
    .option("--cursor <cursor>", "continue after the page that gave this cursor")
    .addHelpText(
      "after",
      examples(
        "binnacle metrics show claude_code.token.usage --since 1d",
        "binnacle metrics show http.server.request.duration --attribute http.route=/chat --json",
      ),
    )
    .action(
      act(async (cli, ...[name, options]: [string, ShowMetricOptions]) =>
        (await import("./metrics.ts")).showMetric(cli, name, options),
      ),
    );
}
