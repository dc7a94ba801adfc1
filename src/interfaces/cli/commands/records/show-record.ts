// `records show`: one record of any kind, with its bodies where they are asked for.
import type { RecordDetail } from "../../../../ledger/contract.ts";
import { formatDuration } from "../../../../kernel/index.ts";
import type { Cli } from "../../cli.ts";
import { connect } from "../../connect.ts";
import { formatExactly } from "../../terminal/moment.ts";
import { bold, dim, type Line, type Piece, red } from "../../terminal/style.ts";
import { formatCost, formatCount } from "../call-rows.ts";

export async function showRecord(cli: Cli, id: string, { body = false }: { body?: boolean }): Promise<void> {
  const { output } = cli;
  const detail = await connect(cli).api.records.get({ id });
  if (output.isJson) return output.json(detail);
  const { summary, record } = detail;
  output.line(bold(summary.name ?? summary.model ?? summary.kind), dim(` ${summary.id}`));
  if (record.error !== null) output.line(red(record.error.code), `  ${record.error.message}`);
  output.lines(factsOf(detail).map(([name, value]): Line => [dim(name.padEnd(14)), value]));
  if (!body) return;
  for (const [title, each] of [
    ["Request", detail.request_body],
    ["Response", detail.response_body],
  ] as const) {
    if (each === null) continue;
    output.line();
    output.line(bold(title), dim(` ${each.media_type}, ${each.size_bytes} bytes${each.cut ? ", cut" : ""}`));
    output.text(each.text.endsWith("\n") ? each.text : `${each.text}\n`);
  }
}

/** What is not known of it is left out. */
function factsOf({ summary }: RecordDetail): [string, Piece][] {
  const { kind, outcome, trace_id, session, user, service, model, tokens, cost_usd_micros, duration_ms } = summary;
  const all: [string, Piece | null][] = [
    ["kind", kind],
    ["outcome", outcome],
    ["started", formatExactly(summary.started_at_ms)],
    ["took", duration_ms === null ? null : formatDuration(duration_ms)],
    ["model", model],
    ["tokens", tokens === null ? null : `${formatCount(tokens.input)} → ${formatCount(tokens.output)}`],
    ["cost", cost_usd_micros === null ? null : formatCost(cost_usd_micros)],
    ["service", service],
    ["user", user],
    ["session", session],
    ["trace", trace_id],
  ];
  return all.filter((each): each is [string, Piece] => each[1] !== null);
}
