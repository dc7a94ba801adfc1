// The attempts of a call on one line of time: ░ waiting for the first byte, █ receiving.
import { formatDuration, formatUsd } from "../../../kernel/index.ts";
import type { Attempt, CallDetail } from "../../../ledger/contract.ts";
import { dotted } from "../terminal/page.ts";
import { dim, green, type Line, type Piece, red, yellow } from "../terminal/style.ts";
import { alignRows } from "../terminal/table.ts";

const BAR_WIDTH = 24;
const INDENT = "  ";

export function describeAttempts({ attempts, timings }: CallDetail, columns: number): Line[] {
  const rows = attempts.map((attempt, index) => [
    `${index + 1}`,
    attempt.target,
    [colourAttempt(attempt), attempt.status === null ? "" : ` ${attempt.status}`],
    renderBar(attempt, timings.total_ms),
    formatDuration(attempt.duration_ms),
  ]);
  const lines = alignRows([{}, { shrinksTo: 12 }, {}, {}, { align: "right" }], rows, columns - INDENT.length);
  return attempts.flatMap((attempt, index) => {
    const { reason, first_byte_ms, error } = attempt;
    const waited = first_byte_ms !== null && dim(`first byte after ${formatDuration(first_byte_ms)}`);
    const why: Line[] = [[INDENT, "   ", ...dotted(dim(reason), waited)]];
    why.push(...describePart(attempt));
    if (error) why.push([INDENT, "   ", red(error.code), " ", error.message]);
    return [[INDENT, ...(lines[index] ?? [])], ...why];
  });
}

/** What it was in a call that asked several, and what came of it. */
function describePart({ role, verdict, cost_usd_micros: cost }: Attempt): Line[] {
  if (role === undefined) return [];
  const spent = cost === null ? "cost unknown" : cost !== undefined && formatUsd(cost);
  return [[INDENT, "   ", ...dotted(role, spent, verdict)]];
}

/** One attempt within the whole call; every part that took time at all is at least one cell wide. */
export function renderBar(attempt: Attempt, totalMs: number): Line {
  const cellOf = (ms: number): number => Math.round((ms / Math.max(totalMs, Number.MIN_VALUE)) * BAR_WIDTH);
  const { started_after_ms, duration_ms, first_byte_ms } = attempt;
  const start = Math.min(Math.max(cellOf(started_after_ms), 0), BAR_WIDTH - 1);
  const end = Math.min(Math.max(cellOf(started_after_ms + duration_ms), start + 1), BAR_WIDTH);
  const firstByte = first_byte_ms === null ? end : Math.min(cellOf(started_after_ms + first_byte_ms), end - 1);
  const waiting = Math.max(firstByte - start, 0);
  return [
    dim("·".repeat(start)),
    dim("░".repeat(waiting)),
    colourAttempt(attempt, "█".repeat(end - start - waiting)),
    dim("·".repeat(BAR_WIDTH - end)),
  ];
}

function colourAttempt({ outcome }: Attempt, text: string = outcome): Piece {
  return { ok: green, error: red, truncated: red, cancelled: yellow }[outcome](text);
}
