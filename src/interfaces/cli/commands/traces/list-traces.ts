// `traces list`: one page of traces, each with what it comes to.
import { formatDuration, formatUsd } from "../../../../kernel/index.ts";
import type { TraceSummary } from "../../../../ledger/contract.ts";
import type { Cli } from "../../cli.ts";
import { connect } from "../../connect.ts";
import { formatMoment } from "../../terminal/moment.ts";
import { cyan, dim, type Piece, red } from "../../terminal/style.ts";
import type { Cell, Column } from "../../terminal/table.ts";
import { formatCount } from "../call-rows.ts";
import { pieceOfOutcome } from "./list-records.ts";
import { type ListOptions, noteNext, readQuery } from "./read-query.ts";

const columns: Column[] = [
  { title: "TIME" },
  { title: "TRACE" },
  { title: "NAME", shrinksTo: 10 },
  { title: "SERVICE", shrinksTo: 6, goes: 1 },
  { title: "OUTCOME" },
  { title: "RECORDS", align: "right" },
  { title: "CALLS", align: "right", goes: 2 },
  { title: "TOKENS", align: "right", goes: 3 },
  { title: "COST", align: "right" },
  { title: "TOOK", align: "right" },
];

export async function listTraces(
  cli: Cli,
  { any = false, ...options }: ListOptions & { any?: boolean },
): Promise<void> {
  const { output, host } = cli;
  const page = await connect(cli).api.traces.list({ ...readQuery(cli, options), match: any ? "any" : "root" });
  if (output.isJson) return output.json(page);
  if (page.traces.length === 0) output.note("No traces.");
  else
    output.table(
      columns,
      page.traces.map((trace) => rowOf(trace, { nowMs: host.nowMs(), isShort: output.isTerminal })),
    );
  noteNext(cli, page.next_cursor);
}

function rowOf(trace: TraceSummary, { nowMs, isShort }: { nowMs: number; isShort: boolean }): Cell[] {
  const { first, totals } = trace;
  return [
    dim(formatMoment(first.started_at_ms, nowMs)),
    isShort ? trace.trace_id.slice(0, 12) : trace.trace_id,
    [cyan(first.name ?? first.model ?? "–"), trace.root_is_known ? "" : dim(" (no root yet)")],
    first.service ?? (first.own ? dim("here") : dim("–")),
    pieceOfOutcome(first.outcome, first.error_code),
    [`${formatCount(totals.records)}${totals.cut ? "+" : ""}`, ...failedOf(totals.failed)],
    formatCount(totals.calls),
    `${formatCount(totals.tokens.input)} → ${formatCount(totals.tokens.output)}`,
    formatUsd(totals.cost_usd_micros),
    formatDuration(totals.ended_at_ms - totals.started_at_ms),
  ];
}

function failedOf(failed: number): Piece[] {
  return failed === 0 ? [] : [red(` (${formatCount(failed)} failed)`)];
}
