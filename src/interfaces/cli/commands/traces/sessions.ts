// `sessions list`, `sessions show` and `activity users`: what belongs to one conversation, or to one person.
import { formatDuration, formatUsd } from "../../../../kernel/index.ts";
import type { Activity, SessionDetail, Turn } from "../../../../ledger/contract.ts";
import type { Cli } from "../../cli.ts";
import { connect } from "../../connect.ts";
import { formatMoment } from "../../terminal/moment.ts";
import { bold, cyan, dim, type Line, red } from "../../terminal/style.ts";
import type { Cell, Column } from "../../terminal/table.ts";
import { formatCount } from "../call-rows.ts";
import { type ListOptions, noteNext, readQuery } from "./read-query.ts";

const columnsOf = (title: string): Column[] => [
  { title: "LAST" },
  { title, shrinksTo: 10 },
  { title: "TRACES", align: "right" },
  { title: "CALLS", align: "right" },
  { title: "TOKENS", align: "right", goes: 2 },
  { title: "COST", align: "right" },
  { title: "ASKED LAST", shrinksTo: 10, goes: 1 },
];

export async function listSessions(cli: Cli, options: ListOptions): Promise<void> {
  const page = await connect(cli).api.sessions.list(readQuery(cli, options));
  show(cli, page, { title: "SESSION", none: "No sessions." });
}

export async function listUsers(cli: Cli, options: ListOptions): Promise<void> {
  const page = await connect(cli).api.activity.users(readQuery(cli, options));
  show(cli, page, { title: "USER", none: "No users." });
}

function show(
  cli: Cli,
  page: { items: Activity[]; next_cursor: string | null },
  { title, none }: { title: string; none: string },
): void {
  const { output, host } = cli;
  if (output.isJson) return output.json(page);
  if (page.items.length === 0) output.note(none);
  else
    output.table(
      columnsOf(title),
      page.items.map(({ name, totals, traces, last_request_preview }): Cell[] => [
        dim(formatMoment(totals.ended_at_ms, host.nowMs())),
        cyan(name),
        formatCount(traces),
        `${formatCount(totals.calls)}${totals.cut ? "+" : ""}`,
        `${formatCount(totals.tokens.input)} → ${formatCount(totals.tokens.output)}`,
        formatUsd(totals.cost_usd_micros),
        dim(last_request_preview ?? ""),
      ]),
    );
  noteNext(cli, page.next_cursor);
}

export async function showSession(cli: Cli, name: string): Promise<void> {
  const { output, host } = cli;
  const session = await connect(cli).api.sessions.get({ id: name });
  if (output.isJson) return output.json(session);
  output.lines(describeSession(session, host.nowMs()));
  if (session.truncated) output.note("It has more records: the earliest are shown.");
}

function describeSession({ name, totals, turns }: SessionDetail, nowMs: number): Line[] {
  return [
    [
      bold(name),
      `  ${formatCount(turns.length)} ${turns.length === 1 ? "turn" : "turns"}, ${formatCount(totals.calls)} ${totals.calls === 1 ? "call" : "calls"}, ${formatUsd(totals.cost_usd_micros)}`,
    ],
    ...turns.flatMap((turn, index) => describeTurn(turn, index, nowMs)),
  ];
}

function describeTurn(turn: Turn, index: number, nowMs: number): Line[] {
  return [
    [],
    [
      bold(`${index + 1}`),
      dim(`  ${formatMoment(turn.started_at_ms, nowMs)}  ${turn.trace_id ?? "no trace"}  `),
      `${formatDuration(turn.duration_ms)}, ${formatUsd(turn.cost_usd_micros)}`,
      turn.failed > 0 ? red(`, ${formatCount(turn.failed)} failed`) : "",
    ],
    ...(turn.request_preview === null ? [] : [[cyan("  asked     "), turn.request_preview]]),
    ...(turn.response_preview === null ? [] : [[cyan("  answered  "), turn.response_preview]]),
  ];
}
