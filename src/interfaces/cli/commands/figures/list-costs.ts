// `costs list` and `costs patterns`: who and what cost how much.
import { formatUsd } from "../../../../kernel/index.ts";
import type { Costs } from "../../../../observability/contract.ts";
import type { Cli } from "../../cli.ts";
import { connect } from "../../connect.ts";
import { readPast } from "../../read-time.ts";
import { formatMoment } from "../../terminal/moment.ts";
import { dim, type Piece } from "../../terminal/style.ts";
import { readWhere } from "./read-where.ts";

export interface CostsOptions {
  by: string;
  since?: string;
  until?: string;
  where?: string[];
  order: "cost" | "records" | "wasted" | "saved";
  limit: number;
}

export type PatternsOptions = Pick<CostsOptions, "since" | "where" | "limit">;

const right = "right" as const;

export async function listCosts(cli: Cli, { since, until, where, ...query }: CostsOptions): Promise<void> {
  const { output, host } = cli;
  const nowMs = host.nowMs();
  const costs = await connect(cli).api.costs.list({
    ...query,
    ...readWhere(where, "binnacle costs list --help"),
    ...(since !== undefined && { since_ms: readPast(since, nowMs) }),
    ...(until !== undefined && { until_ms: readPast(until, nowMs) }),
  });
  if (output.isJson) return output.json(costs);
  if (costs.total.records === 0) return output.note("Nothing is on record for that.");
  if (costs.requests.length > 0) listRequests(cli, costs);
  else listRows(cli, costs);
  tellTotal(cli, costs.total);
}

function listRows({ output }: Cli, { by, rows }: Costs): void {
  const columns = [
    ...by.map((name) => ({ title: name.toUpperCase(), shrinksTo: 8 })),
    { title: "COST", align: right },
    { title: "SHARE", align: right },
    { title: "RECORDS", align: right },
    { title: "TOKENS", align: right, goes: 1 },
    { title: "SAVED", align: right, goes: 3 },
    { title: "WASTED", align: right, goes: 2 },
  ];
  const cells = rows.map((row) => [
    ...by.map((name, index): Piece => {
      if (row.is_rest) return dim(index === 0 ? "all others" : "");
      return row.key[name] ?? dim("none");
    }),
    formatUsd(row.cost_usd_micros),
    percent(row.share),
    String(row.records),
    String(row.tokens.input + row.tokens.output),
    usdOrDash(row.saved_usd_micros),
    usdOrDash(row.wasted_usd_micros),
  ]);
  output.table(columns, cells);
}

function listRequests({ output, host }: Cli, { requests }: Costs): void {
  const columns = [
    { title: "STARTED" },
    { title: "COST", align: right },
    { title: "SHARE", align: right },
    { title: "MODEL", shrinksTo: 8 },
    { title: "USER", shrinksTo: 4, goes: 1 },
    { title: "TOKENS", align: right, goes: 2 },
    { title: "ID", shrinksTo: 12 },
  ];
  const cells = requests.map((request) => [
    formatMoment(request.started_at_ms, host.nowMs()),
    formatUsd(request.cost_usd_micros),
    percent(request.share),
    request.model ?? dim("–"),
    request.user ?? dim("–"),
    String(request.input_tokens + request.output_tokens),
    request.id,
  ]);
  output.table(columns, cells);
}

function tellTotal({ output }: Cli, total: Costs["total"]): void {
  const saved = total.saved_usd_micros === 0 ? "" : `; caches saved ${formatUsd(total.saved_usd_micros)}`;
  const wasted =
    total.wasted_usd_micros === 0
      ? ""
      : `; ${formatUsd(total.wasted_usd_micros)} went into answers that were not given`;
  const unpriced = total.unpriced === 0 ? "" : `; ${total.unpriced} records have no known price`;
  output.note(dim(`${formatUsd(total.cost_usd_micros)} in all, ${total.records} records${saved}${wasted}${unpriced}`));
}

export async function listPatterns(cli: Cli, { since, where, limit }: PatternsOptions): Promise<void> {
  const { output, host } = cli;
  const patterns = await connect(cli).api.costs.patterns({
    limit,
    ...readWhere(where, "binnacle costs patterns --help"),
    ...(since !== undefined && { since_ms: readPast(since, host.nowMs()) }),
  });
  if (output.isJson) return output.json(patterns);
  if (patterns.rows.length === 0) return output.note("Nothing is on record for that.");
  const columns = [
    { title: "PROMPT", shrinksTo: 20 },
    { title: "COST", align: right },
    { title: "SHARE", align: right },
    { title: "RECORDS", align: right },
    { title: "EACH", align: right },
    { title: "TOKENS IN", align: right, goes: 1 },
    { title: "OUT", align: right, goes: 2 },
  ];
  const rows = patterns.rows.map((row) => [
    row.is_rest ? dim("all others") : (row.example ?? dim(row.pattern ?? "no words kept")),
    formatUsd(row.cost_usd_micros),
    percent(row.share),
    String(row.records),
    formatUsd(Math.round(row.mean_cost_usd_micros)),
    String(Math.round(row.mean_input_tokens)),
    String(Math.round(row.mean_output_tokens)),
  ]);
  output.table(columns, rows);
  tellTotal(cli, patterns.total);
}

export function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

function usdOrDash(micros: number): Piece {
  return micros === 0 ? dim("–") : formatUsd(micros);
}
