// The append-only journal: records go here before their answers end, and leave when PostgreSQL has them. It knows bytes and
// bounds; what a record says, and who reads it on, is decided above.
import type { AppError, World } from "../../kernel/index.ts";
import type { LedgerConfig } from "../config.ts";
import { ledgerErrors } from "../errors.ts";
import { recoverJournal } from "./recover.ts";
import { createSegmentList, type Position, type SegmentList } from "./segment-list.ts";
import { createSegmentWriter, type SegmentWriter, type WriteBytes } from "./segment-writer.ts";
import { newSegment, reasonOf } from "./segments.ts";

export interface Journal extends Pick<SegmentList, "begin" | "bytesFrom" | "read" | "readAt" | "forget"> {
  /** Names this journal in the database. Known from `start` on. */
  id(): string;
  /** Cuts the torn end that a killed process may have left, and begins a new segment. Throws `ledger.journal_unusable`. */
  start(): void;
  close(): void;
  /**
   * Keeps room for what is to come, and leaves some to others. Throws `ledger.journal_full`, or `ledger.journal_failed` while
   * the disk takes nothing.
   */
  reserve(bytes: number, leftToOthers?: number): void;
  unreserve(bytes: number): void;
  /** Bytes that are neither taken nor reserved. */
  freeBytes(): number;
  /** Writes a sealed frame, or several in a row; they survive the process from here on. Throws `ledger.journal_failed`. */
  append(frames: Buffer, count?: number): Position;
  /** Where the next record will stand. */
  end(): Position;
}

interface JournalDeps {
  folder: string;
  world: Pick<World, "nowMs" | "log">;
  write?: WriteBytes | undefined;
}

const RETRY_AFTER_MS = 1000;

export function createJournal(config: LedgerConfig["journal"], { folder, world, write }: JournalDeps): Journal {
  const segments = createSegmentList(world.log);
  const tail = createTail(config, { folder, world, write, segments });
  const { bytes, begin, bytesFrom, read, readAt, forget } = segments;
  let id = "";
  let reservedBytes = 0;

  function start(): void {
    try {
      const found = recoverJournal(folder, world.log);
      id = found.id;
      found.segments.forEach(segments.add);
      tail.start(found.records);
    } catch (cause) {
      throw ledgerErrors.journal_unusable({ path: folder, why: reasonOf(cause) }, cause);
    }
  }

  return {
    id: () => id,
    start,
    close: () => tail.close(),
    reserve(wanted, leftToOthers = 0) {
      const taken = bytes() + reservedBytes;
      if (taken + wanted > config.max_bytes - leftToOthers)
        throw ledgerErrors.journal_full({
          bytes: taken,
          max_bytes: config.max_bytes,
          retryAfterMs: RETRY_AFTER_MS,
        });
      tail.check();
      reservedBytes += wanted;
    },
    unreserve(given) {
      reservedBytes -= given;
    },
    freeBytes: () => config.max_bytes - bytes() - reservedBytes,
    append: tail.append,
    end: tail.end,
    begin,
    bytesFrom,
    read,
    readAt,
    forget,
  };
}

/** The end that grows: the last segment, and the step to the next. */
function createTail(config: LedgerConfig["journal"], deps: JournalDeps & { segments: SegmentList }) {
  const { folder, world, segments } = deps;
  // A segment is deleted when it has been projected as a whole, so none may be a large part of the bound.
  const segmentBytesMax = Math.min(config.segment_bytes, config.max_bytes / 4);
  let active = newSegment(folder, 0, 0);
  let writer: SegmentWriter | undefined;
  let records = 0;
  let failing = false;

  function beginSegment(): SegmentWriter {
    const id = Math.max(Math.trunc(world.nowMs()), (segments.last()?.id ?? 0) + 1);
    const segment = newSegment(folder, id, records);
    // Before there is another: only the last segment may end in zeros, should the process be killed here.
    writer?.trim();
    const next = createSegmentWriter(segment, {
      fsyncIntervalMs: config.fsync_interval,
      onSyncError: (error) =>
        world.log.error({ folder, why: reasonOf(error) }, "the journal could not be forced to the disk"),
      write: deps.write,
    });
    writer?.close(false);
    segments.add(segment);
    active = segment;
    writer = next;
    return next;
  }

  /** The file that takes a frame of that size. */
  function writerFor(bytes: number): SegmentWriter {
    if (!writer) throw new Error("it is not open");
    return active.bytes > 0 && active.bytes + bytes > segmentBytesMax ? beginSegment() : writer;
  }

  function failed(cause: unknown): AppError {
    if (!failing) world.log.error({ folder, why: reasonOf(cause) }, "the journal cannot be written");
    failing = true;
    return ledgerErrors.journal_failed({ path: folder, why: reasonOf(cause), retryAfterMs: RETRY_AFTER_MS }, cause);
  }

  function attempt(action: () => void): void {
    try {
      action();
    } catch (cause) {
      throw failed(cause);
    }
    failing = false;
  }

  return {
    start(recordsBefore: number): void {
      records = recordsBefore;
      beginSegment();
    },
    append(frames: Buffer, count = 1): Position {
      attempt(() => writerFor(frames.length).append(frames));
      const at = { segment: active.id, offset: active.bytes - frames.length, record: records };
      records += count;
      return at;
    },
    /** After a failure, finds out whether the disk takes bytes again, before a call is let in that could not be recorded. */
    check(): void {
      if (failing) attempt(() => writerFor(0).probe());
    },
    end: (): Position => ({ segment: active.id, offset: active.bytes, record: records }),
    close(): void {
      writer?.close(true);
      writer = undefined;
    },
  };
}
