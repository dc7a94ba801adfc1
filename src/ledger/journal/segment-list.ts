// The segments that are on disk, and how they are read and let go. Writing to the last one is journal.ts's business.
import { renameSync } from "node:fs";
import type { Log } from "../../kernel/index.ts";
import type { Frame } from "./frame.ts";
import { readRun, reasonOf, removeLater, type Segment } from "./segments.ts";

/** A place in the journal. */
export interface Position {
  /** The segment's id. */
  segment: number;
  offset: number;
  /** How many records stand before it since the journal began. */
  record: number;
}

/** Records in order. */
export interface JournalRun {
  /** Views into the buffer that was given. */
  frames: Frame[];
  /** Where the first stands; beyond the place asked for when a segment ended there. */
  from: Position;
  /** Where the next run begins. */
  next: Position;
}

export interface SegmentList {
  add(segment: Segment): void;
  /** The one that is written to. */
  last(): Segment | undefined;
  /** Bytes of records on disk, in all segments. */
  bytes(): number;
  /** Bytes of records on disk from a place on. */
  bytesFrom(position: Position): number;
  /** Where the oldest record stands. */
  begin(): Position;
  /** The records from a place on; no frames at the end of the journal, or in place of damage, which the run then skips. */
  read(from: Position, limits: { buffer: Buffer; recordsMax: number }): JournalRun;
  /** One record, or undefined when its segment has gone. */
  readAt(position: Position): Frame | undefined;
  /** Deletes the segments that lie wholly before a place. */
  forget(before: Position): void;
}

const ONE_RECORD_BYTES = 16 * 1024;

export function createSegmentList(log: Log): SegmentList {
  let segments: Segment[] = [];
  /** Of all segments but the last, which still grows. */
  let closedBytes = 0;

  const last = (): Segment | undefined => segments.at(-1);

  /** The first segment with something to read from a place on; the last, should there be none. */
  function locate({ segment, offset, record }: Position): { found: Segment | undefined; at: Position } {
    const found = segments.find(({ id, bytes }) => id >= segment && (id === segment ? offset : 0) < bytes) ?? last();
    if (!found || found.id === segment) return { found, at: { segment, offset, record } };
    return { found, at: { segment: found.id, offset: 0, record: found.firstRecord } };
  }

  function read(from: Position, limits: { buffer: Buffer; recordsMax: number }): JournalRun {
    const { found, at } = locate(from);
    if (!found || at.offset >= found.bytes) return { frames: [], from: at, next: at };
    const { frames, nextOffset, skipped } = readRun(found, at.offset, limits);
    if (skipped.length > 0) {
      found.damaged = true;
      log.error(
        { segment: found.path, offset: at.offset, bytes: skipped.length },
        "part of the journal is damaged and was skipped; the file will be kept",
      );
    }
    return { frames, from: at, next: { segment: at.segment, offset: nextOffset, record: at.record + frames.length } };
  }

  function drop(segment: Segment): void {
    closedBytes -= segment.bytes;
    const onError = (error: unknown): void =>
      log.error({ segment: segment.path, why: reasonOf(error) }, "a journal segment could not be removed");
    try {
      if (segment.damaged) renameSync(segment.path, `${segment.path}.damaged`);
      else removeLater(segment, onError);
    } catch (error) {
      onError(error);
    }
  }

  return {
    add(segment) {
      closedBytes += last()?.bytes ?? 0;
      segments.push(segment);
    },
    last,
    bytes: () => closedBytes + (last()?.bytes ?? 0),
    bytesFrom: ({ segment, offset }) =>
      segments.reduce((sum, { id, bytes }) => {
        if (id < segment) return sum;
        return sum + (id === segment ? Math.max(0, bytes - offset) : bytes);
      }, 0),
    begin: () => ({ segment: segments[0]?.id ?? 0, offset: 0, record: segments[0]?.firstRecord ?? 0 }),
    read,
    readAt(position) {
      const segment = segments.find(({ id }) => id === position.segment);
      if (!segment || position.offset >= segment.bytes) return undefined;
      return readRun(segment, position.offset, { buffer: Buffer.allocUnsafe(ONE_RECORD_BYTES), recordsMax: 1 })
        .frames[0];
    },
    forget({ segment, offset }) {
      const isDone = ({ id, bytes }: Segment): boolean => id < segment || (id === segment && offset >= bytes);
      const gone = segments.filter((each) => each !== last() && isDone(each));
      segments = segments.filter((each) => !gone.includes(each));
      gone.forEach(drop);
    },
  };
}
