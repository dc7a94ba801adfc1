// One call's record while the call runs, and the moment it becomes durable. This is on the path of every call: no copies,
// no hashing, no waiting. What needs more time (hashes, compression, SQL) is done later, by the projector.
import { cutText, type World } from "../kernel/index.ts";
import { callIdAt, spanIdOf, traceIdOf } from "./call-id.ts";
import type { LedgerConfig } from "./config.ts";
import type { BodyRef, CallRecord, Who } from "./contract.ts";
import { createFrameWriter, type BodyContent, type PutBytes } from "./journal/frame-writer.ts";
import type { Journal } from "./journal/journal.ts";
import type { Position } from "./journal/segment-list.ts";
import { joinRecordLines } from "./projector/lines/record-lines.ts";
import { type BodySealer, putBody } from "./sealing.ts";

export interface BodyInput {
  media_type: string;
  /** Text, bytes, or bytes in pieces, in order. It must not change until the call is closed. */
  content: BodyContent;
  /** Of a body that was cut before it came here: how long it had been. */
  cut_from_bytes?: number;
}

/** What is known when a call begins. */
export interface CallStart {
  /** As the caller named it. */
  /** On the record it stands by its first `MODEL_NAME_CHARS_MAX` characters. */
  model: string;
  operation: CallRecord["operation"];
  dialect: string;
  stream: boolean;
  who: Who;
  /** The caller's own trace; a new one is begun without it. */
  trace_id?: string | undefined;
  parent_span_id?: string | null | undefined;
  session?: string | null | undefined;
  /** The call that this is a copy of. */
  shadow_of?: string | undefined;
  request: BodyInput;
}

export interface OpenCall {
  readonly id: string;
  /**
   * The record as it grows; whoever opened the call fills it in, and changes nothing after `close`. Until then it reads
   * as a failure (`outcome: "failed"`, status 500), so that a call that is closed early never looks like a success.
   */
  readonly record: CallRecord;
  /**
   * Writes record and bodies to the journal; they survive the process from here on. Sets `record.bodies`. Throws
   * `ledger.journal_failed` when the disk refuses; the call is then not on record, and may be closed again. A second
   * close after one that succeeded is a defect and throws.
   */
  close(response?: BodyInput): void;
}

interface OpenCallDeps {
  bodies: LedgerConfig["bodies"];
  journal: Journal;
  world: Pick<World, "nowMs">;
  sealer?: BodySealer | undefined;
  /** Called once a call, when it is in the journal; `json` is the record as it stands there. */
  onClosed(record: CallRecord, written: { json: string; at: Position }): void;
}

/** Room that each call in flight keeps in the journal for its record, and for its answer at the least. */
const RECORD_BYTES = 32 * 1024;

/** `open(start)` throws `ledger.journal_full` or `ledger.journal_failed` when a record could not be written at the end. */
export function createCallOpener({
  bodies,
  journal,
  world,
  sealer,
  onClosed,
}: OpenCallDeps): (start: CallStart) => OpenCall {
  const frame = createFrameWriter();
  const bodyBytesMax = bodies.store ? bodies.max_bytes : 0;

  function append(record: CallRecord, request: BodyInput, response: BodyInput | undefined) {
    frame.begin();
    const asked = { content: request.content, max: bodyBytesMax, sealer, record };
    record.bodies.request = refOf(request, putBody(frame, "request", asked));
    if (response) {
      // When the journal is nearly full, long answers are cut rather than records lost.
      const room = journal.freeBytes() - frame.length() - RECORD_BYTES;
      const max = Math.min(bodyBytesMax, Math.max(0, room));
      const put = putBody(frame, "response", { content: response.content, max, sealer, record });
      record.bodies.response = refOf(response, put);
    }
    const json = JSON.stringify(record);
    // The frame is a view that the next call writes over: it goes to the journal at once.
    const at = journal.append(
      frame.seal(joinRecordLines(record, json), { startedAtMs: record.started_at_ms, closedAtMs: world.nowMs() }),
    );
    return { json, at };
  }

  return (start) => {
    const { request } = start;
    let reserved = RECORD_BYTES + Math.min(lengthOf(request.content), bodyBytesMax);
    journal.reserve(reserved);
    const record = newRecord(start, Math.trunc(world.nowMs()));
    let isClosed = false;
    return {
      id: record.id,
      record,
      close(response) {
        if (isClosed) throw new Error(`the call ${record.id} was closed twice`);
        journal.unreserve(reserved);
        reserved = 0;
        const written = append(record, request, response);
        isClosed = true;
        onClosed(record, written);
      },
    };
  };
}

/** No model's name is longer. */
export const MODEL_NAME_CHARS_MAX = 512;

function newRecord(start: CallStart, startedAtMs: number): CallRecord {
  const id = callIdAt(startedAtMs);
  return {
    id,
    kind: "call",
    schema: 1,
    trace_id: start.trace_id ?? traceIdOf(id),
    span_id: spanIdOf(id),
    parent_span_id: start.parent_span_id ?? null,
    session: start.session ?? null,
    started_at_ms: startedAtMs,
    who: start.who,
    authority: { policy: "", rule: "" },
    operation: start.operation,
    dialect: start.dialect,
    model: cutText(start.model, MODEL_NAME_CHARS_MAX),
    stream: start.stream,
    route: { name: "", strategy: "", reason: "" },
    considered: [],
    attempts: [],
    answer: null,
    tokens: { input: 0, output: 0, cache_read: 0, cache_write: 0, reasoning: 0, source: "unknown" },
    cost: { usd_micros: null, price_version: null },
    timings: { total_ms: 0, overhead_ms: 0, first_token_ms: null, per_output_token_ms: null },
    cache: "off",
    ...(start.shadow_of !== undefined && { shadow_of: start.shadow_of }),
    guardrails: [],
    dropped: [],
    outcome: "failed",
    status: 500,
    error: null,
    bodies: { request: null, response: null },
  };
}

/** What the record says of a body. Its hash is not known yet. */
export function refOf({ media_type, cut_from_bytes }: BodyInput, { size, stored }: PutBytes): BodyRef {
  return { hash: "", media_type, size_bytes: cut_from_bytes ?? size, stored_bytes: stored };
}

/** Bytes, or for text its length, which is near enough for a reservation. */
function lengthOf(content: BodyContent): number {
  if (typeof content === "string" || content instanceof Uint8Array) return content.length;
  let length = 0;
  for (const piece of content) length += piece.length;
  return length;
}
