// `metrics list` and `metrics show`: metrics that other programs have sent by OpenTelemetry.
import type { MetricPoint } from "../../../../telemetry/contract.ts";
import type { Cli } from "../../cli.ts";
import { connect } from "../../connect.ts";
import { readPast } from "../../read-time.ts";
import { formatMoment } from "../../terminal/moment.ts";
import { dim } from "../../terminal/style.ts";

export interface ListMetricsOptions {
  search?: string;
  limit: number;
  cursor?: string;
}

export interface ShowMetricOptions {
  attribute: string[];
  since: string;
  limit: number;
  cursor?: string;
}

export async function listMetrics(cli: Cli, options: ListMetricsOptions): Promise<void> {
  const { output } = cli;
  const page = await connect(cli).api.telemetry.list(options);
  if (output.isJson) return output.json(page);
  if (page.metrics.length === 0)
    return output.note("No metrics. Programs send theirs by OTLP to /v1/metrics of this server.");
  const columns = [
    { title: "NAME", shrinksTo: 20 },
    { title: "TYPE" },
    { title: "UNIT" },
    { title: "SERIES", align: "right" as const },
    { title: "DESCRIPTION", shrinksTo: 10 },
  ];
  output.table(
    columns,
    page.metrics.map(({ name, type, unit, series, description }) => [name, type, unit, `${series}`, dim(description)]),
  );
  if (page.next_cursor !== null && output.isTerminal) output.note(dim(`More, with --cursor ${page.next_cursor}`));
}

export async function showMetric(cli: Cli, name: string, { since, ...query }: ShowMetricOptions): Promise<void> {
  const { host, output } = cli;
  const nowMs = host.nowMs();
  const page = await connect(cli).api.telemetry.points({ name, ...query, since_ms: readPast(since, nowMs) });
  if (output.isJson) return output.json(page);
  if (page.points.length === 0) return output.note(`No points of ${name} since then.`);
  const columns = [{ title: "AT" }, { title: "SERVICE" }, { title: "VALUE" }, { title: "LABELS", shrinksTo: 12 }];
  output.table(
    columns,
    page.points.map((point) => [
      formatMoment(point.at_ms, nowMs),
      point.service ?? dim("–"),
      valueOf(point),
      Object.entries(point.attributes)
        .map(([key, value]) => `${key}=${typeof value === "string" ? value : JSON.stringify(value)}`)
        .join(" "),
    ]),
  );
  if (page.next_cursor !== null && output.isTerminal)
    output.note(dim(`More, with the same options and --cursor ${page.next_cursor}`));
}

/** A number; of histograms and summaries, how many and how much. */
function valueOf({ value, count, sum, min, max }: MetricPoint): string {
  if (count === null) return String(value ?? "–");
  const range = min === null || max === null ? "" : `, ${min} to ${max}`;
  return `${count} × ${sum === null || count === 0 ? "–" : `ø ${Number((Number(sum) / count).toPrecision(4))}`}${range}`;
}
