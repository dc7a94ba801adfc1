// What a start finds in the journal's folder: whose journal it is, which segments wait, and a torn end from a killed
// process, which is cut off.
import { mkdirSync, readFileSync, truncateSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { newId, type Log } from "../../kernel/index.ts";
import { listSegments, readRun, removeLeftovers, type Segment } from "./segments.ts";

export interface RecoveredJournal {
  id: string;
  segments: Segment[];
  /** How many records the journal has taken so far. */
  records: number;
}

const READ_BUFFER_BYTES = 1024 * 1024;
const ID = /^[0-9a-f-]{36}$/;

/** Throws what the file system throws. */
export function recoverJournal(folder: string, log: Log): RecoveredJournal {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  removeLeftovers(folder);
  const segments = listSegments(folder);
  // The last segment is never deleted, so a folder without any has been emptied: its old checkpoint must not be believed.
  const id = (segments.length > 0 ? readId(folder) : undefined) ?? writeId(folder);
  const last = segments.at(-1);
  if (!last) return { id, segments, records: 0 };
  const records = last.firstRecord + cutTornEnd(last, log);
  if (last.bytes === 0) {
    unlinkSync(last.path);
    segments.pop();
  }
  return { id, segments, records };
}

/** Ends the segment after its last intact frame. Returns how many frames it has. */
function cutTornEnd(segment: Segment, log: Log): number {
  const buffer = Buffer.allocUnsafeSlow(Math.min(segment.bytes, READ_BUFFER_BYTES));
  let frames = 0;
  for (let offset = 0; offset < segment.bytes;) {
    const run = readRun(segment, offset, { buffer, recordsMax: Number.POSITIVE_INFINITY });
    if (run.frames.length === 0 && run.nextOffset === segment.bytes) {
      const torn = writtenBytes(run.skipped);
      if (torn > 0) log.warn({ segment: segment.path, offset, bytes: torn }, "the torn end of the journal was cut off");
      truncateSync(segment.path, offset);
      segment.bytes = offset;
      break;
    }
    frames += run.frames.length;
    offset = run.nextOffset;
  }
  return frames;
}

/** The length without the zeros that the file had grown by ahead of its records. */
function writtenBytes(bytes: Buffer): number {
  return bytes.findLastIndex((byte) => byte !== 0) + 1;
}

function readId(folder: string): string | undefined {
  try {
    const id = readFileSync(join(folder, "journal-id"), "utf8").trim();
    return ID.test(id) ? id : undefined;
  } catch {
    return undefined;
  }
}

function writeId(folder: string): string {
  const id = newId();
  writeFileSync(join(folder, "journal-id"), `${id}\n`, { mode: 0o600 });
  return id;
}
