// A session's records, turn by turn: each trace is a turn, with what was asked first in it and what was answered last.
import { countedAmong } from "./counted-among.ts";
import { timed } from "./totals.ts";
import type { RecordSummary, SessionDetail, Totals, Turn } from "./contract.ts";

const CALL_KINDS: ReadonlySet<string> = new Set(["call", "embedding", "rerank"]);
const CALLS_MAX = 20;

/** `records` in the order in which they began; one more than `max` of them says that there are more. */
export function sessionOf(
  name: string,
  records: readonly RecordSummary[],
  { totals, max }: { totals: Totals; max: number },
): SessionDetail {
  const shown = records.slice(0, max);
  // What belongs to no trace is a turn of its own.
  const turns = Map.groupBy(shown, ({ trace_id, id }) => trace_id ?? id);
  return { name, totals, truncated: records.length > max, turns: [...turns.values()].map(turnOf) };
}

function turnOf(records: readonly RecordSummary[]): Turn {
  const counting = countedAmong(records, (record) => record.counted);
  const counted = records.filter((record) => counting.has(record));
  const startMs = Math.min(...bounded(records, ({ started_at_ms }) => started_at_ms));
  const endMs = Math.max(
    ...bounded(timed(records), ({ started_at_ms, duration_ms }) => started_at_ms + (duration_ms ?? 0)),
  );
  return {
    trace_id: records[0]?.trace_id ?? null,
    started_at_ms: startMs,
    duration_ms: Math.round((endMs - startMs) * 1000) / 1000,
    records: records.length,
    failed: records.filter(({ outcome }) => outcome !== "ok").length,
    cost_usd_micros: counted.reduce((sum, { cost_usd_micros }) => sum + (cost_usd_micros ?? 0), 0),
    request_preview: records.find(({ request_preview }) => request_preview !== null)?.request_preview ?? null,
    response_preview: answeredLast(records),
    calls: counted.filter(({ kind }) => CALL_KINDS.has(kind)).slice(0, CALLS_MAX),
  };
}

/** The outermost record's answer, if it has one: that is what the user saw. */
function answeredLast(records: readonly RecordSummary[]): string | null {
  const root = records.find((record) => record.parent_span_id === null && record.response_preview !== null);
  return (root ?? records.findLast((record) => record.response_preview !== null))?.response_preview ?? null;
}

/** Of a turn with very many records, an argument each would be too many. */
function bounded(records: readonly RecordSummary[], valueOf: (record: RecordSummary) => number): number[] {
  const values = records.map(valueOf).toSorted((one, other) => one - other);
  return [values[0] ?? 0, values.at(-1) ?? 0];
}
