// Spans of applications that traced a call which went through the gateway too, without telling it of their trace: no span is
// above the other. Both know by which id the vendor's answer goes; the call counts, the span does not. No index has that id:
// it is looked for among the calls of the span's own time.
import type { PoolClient } from "pg";
import { dateAt } from "./tables.ts";

/** Spans of these records may be such; looked at are those that began in these minutes. */
export interface Named {
  ids: readonly string[];
  traceIds: readonly string[];
  minutesMs: readonly number[];
}

export interface Tied {
  traceIds: string[];
  timesMs: number[];
}

interface NamedSpan {
  id: string;
  started_at: Date;
  trace_id: string;
  organisation: string | null;
  response_id: string;
  duration_ms: number | null;
}

interface Time {
  sinceMs: number;
  untilMs: number;
}

interface Call {
  id: string;
  started_at: Date;
  organisation: string | null;
  response_id: string | null;
}

const MINUTE_MS = 60_000;
/** A call lasts no longer than this, or is not looked for. */
const SPAN_MS_MAX = 60 * MINUTE_MS;
/** Where a vendor gives no id, and where we keep the response ourselves, the answer has the id of its call. */
const CALL_ID = /^(?:resp_bn)?([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})$/;

const findSpans = `
  select id, started_at, trace_id, organisation, response_id, duration_ms from ledger_records
  where trace_id = any($1::uuid[]) and id = any($2::uuid[]) and started_at >= $3 and started_at < $4
    and not is_own and same_as is null and response_id <> '' and kind in ('call', 'embedding', 'rerank')`;

const findCalls = `
  select id, started_at, organisation, response_id from ledger_records
  where is_own and started_at between $1 and $2 and outcome in ('ok', 'truncated', 'cancelled')
    and (response_id = any($3::text[]) or id = any($4::uuid[]))`;

const tie = `
  update ledger_records as span set same_as = found.call_id, is_counted = false
  from unnest($1::timestamptz[], $2::uuid[], $3::uuid[]) as found(started_at, id, call_id)
  where span.started_at = found.started_at and span.id = found.id`;

/**
 * Notes of these spans which call each is, where there is one within so much of the span's time: they no longer count. Returns
 * the traces of those that were found, in which what is counted of others is to be found anew, and when they began.
 */
export async function tieEchoes(client: PoolClient, named: Named, toleranceMs: number): Promise<Tied> {
  const { ids, traceIds, minutesMs } = named;
  const bounds = [dateAt(minutesMs[0] ?? 0), dateAt((minutesMs.at(-1) ?? 0) + MINUTE_MS)];
  const { rows: spans } = await client.query<NamedSpan>(findSpans, [traceIds, ids, ...bounds]);
  const found: [NamedSpan, Call][] = [];
  for (const time of timesOf(spans, toleranceMs)) {
    const inTime = spans.filter((span) => isWithin(timeOf(span, toleranceMs), time));
    const calls = await readCalls(client, inTime, time);
    for (const span of inTime) {
      const call = callOf(span, calls, toleranceMs);
      if (call) found.push([span, call]);
    }
  }
  if (found.length === 0) return { traceIds: [], timesMs: [] };
  const columns = [
    found.map(([span]) => span.started_at),
    found.map(([span]) => span.id),
    found.map(([, call]) => call.id),
  ];
  await client.query(tie, columns);
  return {
    traceIds: [...new Set(found.map(([span]) => span.trace_id))],
    timesMs: found.map(([span]) => span.started_at.getTime()),
  };
}

async function readCalls(client: PoolClient, spans: readonly NamedSpan[], time: Time): Promise<Map<string, Call[]>> {
  const responseIds = new Set(spans.map((span) => span.response_id));
  const callIds = [...responseIds].map(callIdIn).filter((id) => id !== undefined);
  const times = [dateAt(time.sinceMs), dateAt(time.untilMs)];
  const { rows } = await client.query<Call>(findCalls, [...times, [...responseIds], callIds]);
  const calls = new Map<string, Call[]>();
  for (const call of rows)
    for (const name of [call.response_id ?? "", call.id]) calls.set(name, [...(calls.get(name) ?? []), call]);
  return calls;
}

/** Of several, as where an answer was kept and given again, the one that began nearest. */
function callOf(span: NamedSpan, calls: ReadonlyMap<string, Call[]>, toleranceMs: number): Call | undefined {
  const { sinceMs, untilMs } = timeOf(span, toleranceMs);
  const distance = ({ started_at }: Call): number => Math.abs(started_at.getTime() - span.started_at.getTime());
  return [...(calls.get(span.response_id) ?? []), ...(calls.get(callIdIn(span.response_id) ?? "") ?? [])]
    .filter(({ organisation }) => organisation === span.organisation)
    .filter(({ started_at }) => started_at.getTime() >= sinceMs && started_at.getTime() <= untilMs)
    .toSorted((one, other) => distance(one) - distance(other))[0];
}

function callIdIn(responseId: string): string | undefined {
  return CALL_ID.exec(responseId)?.slice(1).join("-");
}

function timeOf({ started_at, duration_ms }: NamedSpan, toleranceMs: number): Time {
  const startMs = started_at.getTime();
  return { sinceMs: startMs - toleranceMs, untilMs: startMs + Math.min(duration_ms ?? 0, SPAN_MS_MAX) + toleranceMs };
}

/** The times of all of them, those that touch as one. */
function timesOf(spans: readonly NamedSpan[], toleranceMs: number): Time[] {
  const times: Time[] = [];
  for (const time of spans.map((span) => timeOf(span, toleranceMs)).toSorted((a, b) => a.sinceMs - b.sinceMs)) {
    const last = times.at(-1);
    if (last && time.sinceMs <= last.untilMs) last.untilMs = Math.max(last.untilMs, time.untilMs);
    else times.push({ ...time });
  }
  return times;
}

function isWithin(inner: Time, outer: Time): boolean {
  return inner.sinceMs >= outer.sinceMs && inner.untilMs <= outer.untilMs;
}
