// The journal's files: their names, what is in the folder, and reading a run of frames out of one, past damage if need be.
// Writing is in journal.ts.
import { closeSync, fstatSync, openSync, readdirSync, readSync, renameSync, rm, rmSync } from "node:fs";
import { join } from "node:path";
import { findFrame, frameLengthAt, readFrame, type Frame } from "./frame.ts";

export interface Segment {
  /** When it was begun, epoch milliseconds; grows from one to the next. Never used twice, whatever a power cut takes. */
  id: number;
  /** How many records the journal took before this segment. */
  firstRecord: number;
  path: string;
  /** Bytes of whole frames. */
  bytes: number;
  /** Frames in it could not be read: it is kept, not deleted. */
  damaged: boolean;
}

export interface Run {
  frames: Frame[];
  /** Where the next run begins. */
  nextOffset: number;
  /** What stood in place of a frame; empty unless the run begins with damage, and then it holds no frames. */
  skipped: Buffer;
}

const NAME = /^(\d{15})-(\d{15})\.log$/;
const LEFTOVER = /^\d{15}-\d{15}\.log\.gone$/;
const PIECE_BYTES = 256 * 1024;
const NOTHING = Buffer.alloc(0);

export function newSegment(folder: string, id: number, firstRecord: number): Segment {
  const name = `${String(id).padStart(15, "0")}-${String(firstRecord).padStart(15, "0")}.log`;
  return { id, firstRecord, path: join(folder, name), bytes: 0, damaged: false };
}

/** The folder's segments, oldest first. */
export function listSegments(folder: string): Segment[] {
  return readdirSync(folder)
    .flatMap((name) => {
      const match = NAME.exec(name);
      return match ? [newSegment(folder, Number(match[1]), Number(match[2]))] : [];
    })
    .sort((a, b) => a.id - b.id)
    .map((segment) => ({ ...segment, bytes: withFile(segment.path, (file) => fstatSync(file).size) }));
}

/**
 * Takes the segment out of the journal at once, and its file off the disk in the background: while the kernel frees the pages
 * of 64 MiB, 10 to 80 ms pass. Throws when the file cannot be renamed; `onError` hears when it cannot be removed.
 */
export function removeLater({ path }: Segment, onError: (error: unknown) => void): void {
  const gone = `${path}.gone`;
  renameSync(path, gone);
  rm(gone, { force: true }, (error) => error && onError(error));
}

/** Removes what a process that was killed had still to remove. Throws what the file system throws. */
export function removeLeftovers(folder: string): void {
  for (const name of readdirSync(folder)) if (LEFTOVER.test(name)) rmSync(join(folder, name), { force: true });
}

/**
 * Reads frames from `from` on, as many as `recordsMax` and the buffer allow, but at least one: a frame longer than the
 * buffer gets one of its own. Where no intact frame stands, the run is empty and says what was skipped to reach the next.
 */
export function readRun(segment: Segment, from: number, limits: RunLimits): Run {
  return withFile(segment.path, (file) => {
    const left = segment.bytes - from;
    const frames = readFrames(file, from, { ...limits, bytesMax: left });
    if (frames.length > 0)
      return { frames, nextOffset: from + frames.reduce((sum, { bytes }) => sum + bytes.length, 0), skipped: NOTHING };
    const rest = readInto(file, Buffer.allocUnsafeSlow(left), from);
    const found = findFrame(rest, 1);
    const skipped = found < 0 ? rest : rest.subarray(0, found);
    return { frames, nextOffset: found < 0 ? segment.bytes : from + found, skipped };
  });
}

interface RunLimits {
  /** The frames are views into this buffer. */
  buffer: Buffer;
  recordsMax: number;
}

function readFrames(
  file: number,
  from: number,
  { buffer, recordsMax, bytesMax }: RunLimits & { bytesMax: number },
): Frame[] {
  const room = buffer.subarray(0, Math.min(buffer.length, bytesMax));
  const frames: Frame[] = [];
  let at = 0;
  // Piece by piece: a run of few records, of which there are many, should not read what it does not need.
  for (let filled = 0; frames.length < recordsMax && filled < room.length;) {
    const piece = readInto(file, room.subarray(filled, filled + PIECE_BYTES), from + filled);
    if (piece.length === 0) break;
    filled += piece.length;
    at = takeFrames(room.subarray(0, filled), { at, frames, recordsMax });
  }
  const longer = frames.length === 0 ? frameLengthAt(room, 0) : 0;
  if (longer > room.length && longer <= bytesMax)
    takeFrames(readInto(file, Buffer.allocUnsafeSlow(longer), from), { at: 0, frames, recordsMax });
  return frames;
}

/** Adds the whole frames from `at` on; returns where the next begins. */
function takeFrames(
  buffer: Buffer,
  { at, frames, recordsMax }: { at: number; frames: Frame[]; recordsMax: number },
): number {
  let next = at;
  while (frames.length < recordsMax) {
    const frame = readFrame(buffer, next);
    if (!frame) break;
    frames.push(frame);
    next += frame.bytes.length;
  }
  return next;
}

/** Fills the target from the file; shorter only where the file ends. */
function readInto(file: number, target: Buffer, from: number): Buffer {
  let filled = 0;
  while (filled < target.length) {
    const count = readSync(file, target, filled, target.length - filled, from + filled);
    if (count === 0) break;
    filled += count;
  }
  return target.subarray(0, filled);
}

function withFile<T>(path: string, use: (file: number) => T): T {
  const file = openSync(path, "r");
  try {
    return use(file);
  } finally {
    closeSync(file);
  }
}

/** One line on what went wrong with a file. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
