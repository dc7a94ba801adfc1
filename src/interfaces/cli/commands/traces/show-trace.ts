// `traces show`: one trace as a tree, its times as bars beside it.
import { formatDuration, formatUsd } from "../../../../kernel/index.ts";
import type { TraceDetail, TraceNode } from "../../../../ledger/contract.ts";
import type { Cli } from "../../cli.ts";
import { connect, type Connection } from "../../connect.ts";
import { cliErrors } from "../../errors.ts";
import { formatExactly } from "../../terminal/moment.ts";
import { bold, cyan, dim, type Line, type Piece, red, yellow } from "../../terminal/style.ts";
import { alignRows, type Cell } from "../../terminal/table.ts";
import { formatCount } from "../call-rows.ts";

const WHOLE_ID_LENGTH = 32;
const SEARCHED_MAX = 200;
const BAR_WIDTH = 24;
/** Deeper levels are drawn at this one. */
const DRAWN_DEPTH = 24;

export async function showTrace(cli: Cli, id: string, { limit }: { limit: number }): Promise<void> {
  const { output } = cli;
  const trace = await readTrace(connect(cli), id, limit);
  if (output.isJson) return output.json(trace);
  output.lines([...describeTotals(trace), [], ...drawTree(trace, output.columns), ...describeHandOffs(trace)]);
  if (trace.truncated) output.note(`It has more records: the first ${limit} are shown. See --limit.`);
}

async function readTrace({ api }: Connection, id: string, limit: number): Promise<TraceDetail> {
  if (id.length >= WHOLE_ID_LENGTH) return api.traces.get({ id, limit });
  const { traces } = await api.traces.list({ limit: SEARCHED_MAX });
  const found = traces.find(({ trace_id }) => trace_id.startsWith(id.toLowerCase()));
  if (!found) throw cliErrors.no_such_trace({ id, searched: SEARCHED_MAX });
  return api.traces.get({ id: found.trace_id, limit });
}

function describeTotals({ trace_id, totals }: TraceDetail): Line[] {
  const { records, failed, calls, tokens, cost_usd_micros } = totals;
  const parts: Piece[] = [
    `${formatCount(records)}${totals.cut ? "+" : ""} ${records === 1 ? "record" : "records"}, ${formatCount(calls)} ${calls === 1 ? "call" : "calls"}`,
    ...(failed > 0 ? [red(`, ${formatCount(failed)} failed`)] : []),
    `, ${formatCount(tokens.input)} → ${formatCount(tokens.output)} tokens, ${formatUsd(cost_usd_micros)}`,
    `, ${formatDuration(totals.ended_at_ms - totals.started_at_ms)}`,
  ];
  return [[bold(trace_id), "  ", dim(formatExactly(totals.started_at_ms))], parts];
}

function drawTree(trace: TraceDetail, columns: number): Line[] {
  const span = Math.max(1, ...trace.nodes.slice(0, 1).map(() => trace.totals.ended_at_ms - trace.totals.started_at_ms));
  const branches = branchesOf(trace.nodes);
  return alignRows(
    [{ shrinksTo: 20 }, { goes: 1 }, { align: "right" }, { align: "right", goes: 3 }, { align: "right", goes: 2 }],
    trace.nodes.map((node, index): Cell[] => [
      [dim(branches[index] ?? ""), ...nameOf(node)],
      barOf(node, span),
      formatDuration(node.duration_ms),
      node.tokens && node.counted ? `${formatCount(node.tokens.input)} → ${formatCount(node.tokens.output)}` : "",
      node.cost_usd_micros !== null && node.counted ? formatUsd(node.cost_usd_micros) : "",
    ]),
    columns,
  );
}

function nameOf(node: TraceNode): Piece[] {
  const name = node.agent ?? node.tool ?? node.name ?? node.model ?? "–";
  return [
    node.kind === "span" ? name : cyan(`${node.kind} ${name}`),
    ...(node.model !== null && node.model !== name ? [dim(` ${node.model}`)] : []),
    ...(node.outcome === "ok" ? [] : [red(` ✗ ${node.error_code ?? node.outcome}`)]),
    ...(node.orphan ? [yellow(" (its parent is missing)")] : []),
  ];
}

/** What hangs on what, drawn from the last to the first: a line goes on while the same parent has more to come. */
function branchesOf(nodes: readonly TraceNode[]): string[] {
  const goesOn: boolean[] = [];
  const drawn: string[] = [];
  for (const { depth: whole } of nodes.toReversed()) {
    const depth = Math.min(whole, DRAWN_DEPTH);
    const isLast = goesOn[depth] !== true;
    goesOn.length = depth + 1;
    goesOn[depth] = true;
    const lines = Array.from({ length: Math.max(0, depth - 1) }, (_, level) => (goesOn[level + 1] ? "│ " : "  "));
    drawn.push(depth === 0 ? "" : `${lines.join("")}${isLast ? "└ " : "├ "}`);
  }
  return drawn.toReversed();
}

/** When it ran; darker where the end of the trace waited for it. */
function barOf({ started_after_ms, duration_ms, critical_ms }: TraceNode, span: number): Line {
  const from = Math.min(BAR_WIDTH - 1, Math.max(0, Math.floor((started_after_ms / span) * BAR_WIDTH)));
  const width = Math.max(1, Math.min(BAR_WIDTH - from, Math.round((duration_ms / span) * BAR_WIDTH)));
  const bar = (critical_ms > 0 ? "█" : "░").repeat(width);
  return [" ".repeat(from), critical_ms > 0 ? bar : dim(bar), " ".repeat(BAR_WIDTH - from - width)];
}

function describeHandOffs({ hand_offs }: TraceDetail): Line[] {
  if (hand_offs.length === 0) return [];
  return [
    [],
    [bold("Hand-offs")],
    ...hand_offs.map(({ from, to, via, times }): Line => [
      `${from} → ${to}`,
      via === null ? "" : dim(` through ${via}`),
      times === 1 ? "" : dim(` ${times} times`),
    ]),
  ];
}
