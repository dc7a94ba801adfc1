// Whether a record can be kept: its ids, and when it was. What is wrong with one is said, and the others are kept.
import type { UnsettledLog } from "./protobuf/logs.ts";
import type { WireLog, WireSpan } from "./wire-span.ts";

/** What may be between a record's time and the clock. */
export interface TimeBounds {
  nowMs: number;
  ageMaxMs: number;
  aheadMaxMs: number;
}

export function timeBoundsAt(nowMs: number, config: { age_max: number; ahead_max: number }): TimeBounds {
  return { nowMs, ageMaxMs: config.age_max, aheadMaxMs: config.ahead_max };
}

const TRACE_ID = /^(?!0{32})[0-9a-f]{32}$/;
const SPAN_ID = /^(?!0{16})[0-9a-f]{16}$/;

export function isTraceId(id: string): boolean {
  return TRACE_ID.test(id);
}

export function isSpanId(id: string): boolean {
  return SPAN_ID.test(id);
}

/** Puts right what can be; gives what is wrong with the rest. */
export function settleSpan(span: WireSpan, times: TimeBounds): string | undefined {
  if (!isTraceId(span.traceId)) return `a trace id is ${wrongness(span.traceId, 32)}`;
  if (!isSpanId(span.spanId)) return `a span id is ${wrongness(span.spanId, 16)}`;
  // Some write a root's parent as zeros.
  if (span.parentSpanId !== null && /^0*$/.test(span.parentSpanId)) span.parentSpanId = null;
  if (span.parentSpanId !== null && !isSpanId(span.parentSpanId))
    return `a parent's span id is ${wrongness(span.parentSpanId, 16)}`;
  const wrong = wrongTime(span.startedAtMs, times);
  if (wrong !== undefined) return `a span begins ${wrong}`;
  // One that is not ended, or ended before it began, lasted no time that is known.
  if (!(span.endedAtMs >= span.startedAtMs)) span.endedAtMs = span.startedAtMs;
  if (span.endedAtMs > times.nowMs + times.aheadMaxMs) return "a span ends in the future";
  if (span.links.some(isBroken)) {
    span.links = span.links.filter((link) => !isBroken(link));
    span.cut.push("links");
  }
  for (const event of span.events) if (!Number.isFinite(event.atMs) || event.atMs <= 0) event.atMs = span.startedAtMs;
  return undefined;
}

function isBroken({ traceId, spanId }: { traceId: string; spanId: string }): boolean {
  return !isTraceId(traceId) || !isSpanId(spanId);
}

function wrongness(id: string, length: number): string {
  if (id === "") return "missing";
  if (/^0+$/.test(id) && id.length === length) return "all zeros";
  return `not ${length / 2} bytes${id.length === length ? " in hex" : ""}`;
}

/** What is wrong with a time, to follow on "it begins". */
function wrongTime(atMs: number, { nowMs, ageMaxMs, aheadMaxMs }: TimeBounds): string | undefined {
  if (!Number.isFinite(atMs) || atMs <= 0) return "at no time that is said";
  if (atMs < nowMs - ageMaxMs) return "longer ago than telemetry.age_max";
  return atMs > nowMs + aheadMaxMs ? "further in the future than telemetry.ahead_max" : undefined;
}

/** The log with its time, or what is wrong with it. Ids that do not hold are left out: a log may be of no trace. */
export function settleLog(log: UnsettledLog, id: string, times: TimeBounds): WireLog | string {
  const { observedAtMs, ...rest } = log;
  const atMs = log.atMs > 0 ? log.atMs : observedAtMs > 0 ? observedAtMs : times.nowMs;
  const wrong = wrongTime(atMs, times);
  if (wrong !== undefined) return `a log is ${wrong}`;
  const traceId = log.traceId !== null && isTraceId(log.traceId) ? log.traceId : null;
  const spanId = traceId !== null && log.spanId !== null && isSpanId(log.spanId) ? log.spanId : null;
  return { ...rest, id, atMs, traceId, spanId };
}

/** A metric point's. */
export function isPointTime(atMs: number, times: TimeBounds): boolean {
  return wrongTime(atMs, times) === undefined;
}
