// Records that were made elsewhere into the journal, spans of other programs and imports, many with one write. They leave room to calls: a flood of them must not be the
// reason that a call is turned away.
import type { World } from "../../kernel/index.ts";
import type { LedgerConfig } from "../config.ts";
import type { BodyRef, CallRecord, SpanRecord } from "../contract.ts";
import { createFrameWriter } from "../journal/frame-writer.ts";
import type { Journal } from "../journal/journal.ts";
import { type BodyInput, refOf } from "../open-call.ts";
import { joinRecordLines } from "../projector/lines/record-lines.ts";
import { type BodySealer, putBody, type Side } from "../sealing.ts";

export interface NewRecord<Record extends CallRecord | SpanRecord> {
  record: Record;
  request?: BodyInput;
  response?: BodyInput;
}

export type NewSpan = NewRecord<SpanRecord>;

interface AppenderDeps<Record> {
  journal: Pick<Journal, "reserve" | "unreserve" | "append">;
  world: Pick<World, "nowMs">;
  sealer?: BodySealer | undefined;
  /** Called when all of them are in the journal. */
  onAppended(records: readonly Record[]): void;
}

/** One write takes about so much. More would keep megabytes of memory for good. */
const WRITE_BYTES = 2 * 1024 * 1024;
/** Of a journal with a small bound, no write takes more than this part. */
const WRITES_IN_JOURNAL = 16;

/** `append(records)` throws `ledger.journal_full` or `ledger.journal_failed`. */
export function createAppender<Record extends CallRecord | SpanRecord>(
  { bodies, journal: bounds }: LedgerConfig,
  deps: AppenderDeps<Record>,
) {
  const { journal, world, sealer, onAppended } = deps;
  const frames = createFrameWriter();
  const bodyBytesMax = bodies.store ? bodies.max_bytes : 0;
  const writeBytes = Math.min(WRITE_BYTES, bounds.max_bytes / WRITES_IN_JOURNAL);
  const leftToCalls = bounds.max_bytes * (1 - bounds.spans_share);

  function put({ record, request, response }: NewRecord<Record>, closedAtMs: number): void {
    frames.beginNext();
    const putSide = (side: Side, body: BodyInput | undefined): BodyRef | null =>
      body ? refOf(body, putBody(frames, side, { content: body.content, max: bodyBytesMax, sealer, record })) : null;
    record.bodies.request = putSide("request", request);
    record.bodies.response = putSide("response", response);
    frames.seal(joinRecordLines(record, JSON.stringify(record)), { startedAtMs: record.started_at_ms, closedAtMs });
  }

  /** What is in the buffer, as a whole or not at all. */
  function write(count: number): void {
    const bytes = frames.sealed();
    journal.reserve(bytes.length, leftToCalls);
    try {
      journal.append(bytes, count);
    } finally {
      journal.unreserve(bytes.length);
    }
  }

  return (spans: readonly NewRecord<Record>[]): void => {
    const closedAtMs = world.nowMs();
    let count = 0;
    frames.clear();
    for (const [index, span] of spans.entries()) {
      put(span, closedAtMs);
      count += 1;
      if (frames.length() < writeBytes && index < spans.length - 1) continue;
      write(count);
      frames.clear();
      count = 0;
    }
    onAppended(spans.map(({ record }) => record));
  };
}
