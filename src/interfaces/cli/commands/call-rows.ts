// A call as one row of a table, for the list and the live view.
import { formatDuration, formatUsd } from "../../../kernel/index.ts";
import type { CallOutcome, CallSummary } from "../../../ledger/contract.ts";
import { formatMoment } from "../terminal/moment.ts";
import { cyan, dim, green, type Piece, red, yellow } from "../terminal/style.ts";
import type { Cell, Column } from "../terminal/table.ts";

export const callColumns: Column[] = [
  { title: "TIME" },
  { title: "CALL" },
  { title: "KEY", shrinksTo: 6, goes: 2 },
  { title: "MODEL", shrinksTo: 10 },
  { title: "ANSWERED BY", shrinksTo: 11, goes: 1 },
  { title: "OUTCOME" },
  { title: "TOKENS", align: "right" },
  { title: "COST", align: "right" },
  { title: "TOOK", align: "right" },
];

/** Widths for rows that are printed before the next ones are known. */
export const typicalCallRow: Cell[] = [
  "00:00:00",
  "0".repeat(12),
  "first admin key",
  "m".repeat(20),
  "v".repeat(28),
  "refused 000",
  "0,000 → 000",
  "$0.000000",
  "000 ms",
];

/** `shortId`: the last twelve digits, which are random and which `calls show` understands. */
export function callRow(call: CallSummary, { nowMs, isShort }: { nowMs: number; isShort: boolean }): Cell[] {
  return [
    dim(formatMoment(call.started_at_ms, nowMs)),
    isShort ? call.id.slice(-12) : call.id,
    call.who.key_name,
    cyan(call.model),
    call.answer?.target ?? dim("–"),
    // Only these two can mean many things.
    [colourOutcome(call.outcome), ["refused", "failed"].includes(call.outcome) ? ` ${call.status}` : ""],
    formatTokens(call.tokens),
    formatCost(call.cost.usd_micros),
    formatDuration(call.timings.total_ms),
  ];
}

export function colourOutcome(outcome: CallOutcome): Piece {
  const colour = { ok: green, refused: yellow, failed: red, truncated: red, cancelled: dim }[outcome];
  return colour(outcome);
}

/** `1,234 → 56`, with `~` before an estimate. */
export function formatTokens({ input, output, source }: CallSummary["tokens"]): Piece {
  if (source === "unknown") return dim("–");
  return `${source === "estimated" ? "~" : ""}${formatCount(input)} → ${formatCount(output)}`;
}

export function formatCost(usdMicros: number | null): Piece {
  return usdMicros === null ? dim("unpriced") : formatUsd(usdMicros);
}

export function formatCount(count: number): string {
  return count.toLocaleString("en-US");
}
