// `records list` and `search`: one page of records of all kinds.
import type { RecordSummary } from "../../../../ledger/contract.ts";
import { formatDuration } from "../../../../kernel/index.ts";
import type { Cli } from "../../cli.ts";
import { connect } from "../../connect.ts";
import { formatMoment } from "../../terminal/moment.ts";
import { cyan, dim, green, type Piece, red } from "../../terminal/style.ts";
import type { Cell, Column } from "../../terminal/table.ts";
import { formatCost, formatCount } from "../call-rows.ts";
import { type ListOptions, noteNext, readQuery } from "./read-query.ts";

const columns: Column[] = [
  { title: "TIME" },
  { title: "RECORD" },
  { title: "KIND" },
  { title: "NAME", shrinksTo: 10 },
  { title: "SERVICE", shrinksTo: 6, goes: 1 },
  { title: "OUTCOME" },
  { title: "TOKENS", align: "right", goes: 3 },
  { title: "COST", align: "right" },
  { title: "TOOK", align: "right" },
  { title: "ASKED", shrinksTo: 10, goes: 2 },
];

export async function listRecords(cli: Cli, options: ListOptions): Promise<void> {
  const { output, host } = cli;
  const page = await connect(cli).api.records.list(readQuery(cli, options));
  if (output.isJson) return output.json(page);
  if (page.records.length === 0) output.note("No records.");
  else
    output.table(
      columns,
      page.records.map((record) => rowOf(record, { nowMs: host.nowMs(), isShort: output.isTerminal })),
    );
  noteNext(cli, page.next_cursor);
}

function rowOf(record: RecordSummary, { nowMs, isShort }: { nowMs: number; isShort: boolean }): Cell[] {
  return [
    dim(formatMoment(record.started_at_ms, nowMs)),
    isShort ? record.id.slice(-12) : record.id,
    record.kind,
    cyan(record.name ?? record.model ?? "–"),
    record.service ?? (record.own ? dim("here") : dim("–")),
    pieceOfOutcome(record.outcome, record.error_code),
    record.tokens ? `${formatCount(record.tokens.input)} → ${formatCount(record.tokens.output)}` : dim("–"),
    record.cost_usd_micros === null ? dim("–") : formatCost(record.cost_usd_micros),
    record.duration_ms === null ? dim("–") : formatDuration(record.duration_ms),
    dim(record.request_preview ?? ""),
  ];
}

/** With the error's code, which says more. */
export function pieceOfOutcome(outcome: string, errorCode: string | null): Piece {
  return outcome === "ok" ? green(outcome) : red(errorCode ?? outcome);
}
