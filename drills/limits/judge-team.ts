// What the record says of one team: the fullest 60 seconds, and refusals for which there was room.
import type { CallRecord } from "../../src/ledger/contract.ts";
import type { Storage } from "../../src/storage/index.ts";
import type { Team } from "./ask.ts";

export interface TeamVerdict {
  team: string;
  unit: Team["unit"];
  limit: number;
  answered: number;
  refused: number;
  /** In the fullest 60 seconds. */
  most: number;
  unfair: number;
}

const WINDOW_MS = 60_000;
/** The slice that counts as well, and what the clocks of a record may be off. */
const SLICE_MS = 5000;
const SLACK_MS = 50;

interface Counted {
  /** When it was held. */
  atMs: number;
  amount: number;
}

export async function judgeTeam({ pool }: Storage, { name, unit }: Team, limit: number): Promise<TeamVerdict> {
  const { rows } = await pool.query<{ data: CallRecord }>(
    "select data from ledger_records where data->'who'->>'key_name' = $1",
    [name],
  );
  const calls = rows.map(({ data }) => data);
  const counted = calls.flatMap((call) => countedOf(call, unit)).sort((a, b) => a.atMs - b.atMs);
  const refusals = calls.filter(({ error }) => error?.code === "governance.limit_reached");
  const mostOne = Math.max(...calls.map(worstOf), 1);
  const need = unit === "requests" ? 1 : mostOne;
  return {
    team: name,
    unit,
    limit,
    answered: counted.length,
    refused: refusals.length,
    most: Math.max(0, ...counted.map(({ atMs }) => sumWithin(counted, atMs, atMs + WINDOW_MS))),
    unfair: refusals.filter(({ started_at_ms: atMs }) => {
      const past = sumWithin(counted, atMs - WINDOW_MS - SLICE_MS - SLACK_MS, atMs + SLACK_MS);
      return past + need <= limit;
    }).length,
  };
}

function countedOf(call: CallRecord, unit: Team["unit"]): Counted[] {
  const [first] = call.attempts;
  if (!first) return [];
  const { input, output } = call.tokens;
  return [{ atMs: call.started_at_ms + first.started_after_ms, amount: unit === "requests" ? 1 : input + output }];
}

/** A token of text is at least a byte: what was held for a call is its body's bytes and the longest answer. */
function worstOf({ bodies }: CallRecord): number {
  return (bodies.request?.size_bytes ?? 0) + 100;
}

function sumWithin(counted: readonly Counted[], fromMs: number, toMs: number): number {
  let sum = 0;
  for (const { atMs, amount } of counted) if (atMs >= fromMs && atMs < toMs) sum += amount;
  return sum;
}
