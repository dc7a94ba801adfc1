// The log goes to stderr: as JSON lines for machines, as plain lines where a person reads along in a terminal.
// Lines are gathered for a moment before they are written, so that a log line a call costs little.
import { writeSync } from "node:fs";
import pino, { type DestinationStream, type LoggerOptions } from "pino";
import type { Log } from "./kernel/index.ts";

const GATHER_CHARACTERS = 16 * 1024;
const GATHER_MS = 500;
/** PIPE_BUF of Linux. */
const PIPE_BYTES_WHOLE = 4096;

export interface OpenLog {
  log: Log;
  /**
   * Takes a line that is JSON already, for events that come by the thousand a second: pino takes longer over one of
   * those than the gateway over the call it tells of. Undefined where such events are not asked for.
   */
  writeLine: ((json: string) => void) | undefined;
  /** Writes what was gathered. */
  flush(): void;
}

export interface LogOptions {
  level: string | undefined;
  /** Where it goes: stderr. */
  out: { isTTY?: boolean; fd: number; write(text: string): unknown };
  /** Which of several processes writes; they share one stream, and each line says whose it is. */
  worker?: number | undefined;
}

export async function openLog({ level, out, worker }: LogOptions): Promise<OpenLog> {
  const base = worker === undefined ? null : { worker };
  const named =
    worker === undefined ? (json: string) => json : (json: string) => `{"worker":${worker},${json.slice(1)}`;
  if (out.isTTY) {
    const log = await startPino({ level: level ?? "warn", base }, { write: (line) => void out.write(plainLine(line)) });
    const isWanted = log.isLevelEnabled("info");
    return {
      log,
      writeLine: isWanted ? (json) => void out.write(plainLine(named(json))) : undefined,
      flush: () => undefined,
    };
  }
  // pino's own buffering destination forces each flush to the disk; a log need not survive a power cut.
  let gathered = "";
  const flush = (): void => {
    if (gathered === "") return;
    const text = gathered;
    gathered = "";
    for (const part of worker === undefined ? [text] : wholeLines(text)) writeSync(out.fd, part);
  };
  setInterval(flush, GATHER_MS).unref();
  const write = (line: string): void => {
    gathered += line;
    if (gathered.length >= GATHER_CHARACTERS) flush();
  };
  const log = await startPino({ level: level ?? "info", base }, { write });
  return { log, writeLine: log.isLevelEnabled("info") ? (json) => write(`${named(json)}\n`) : undefined, flush };
}

/** In a turn of its own, in which nothing of ours is being run: pino looks who calls it, and that would be read from the whole source map, for 150 ms of each start. */
function startPino(options: LoggerOptions, stream: DestinationStream): Promise<Log> {
  // The cast is the point: TypeScript binds no function with overloads.
  const start = pino as unknown as (options: LoggerOptions, stream: DestinationStream) => Log;
  return Promise.resolve().then(start.bind(undefined, options, stream));
}

/** Parts that a pipe takes as a whole, so that the lines of several processes do not run into each other. */
export function wholeLines(text: string): string[] {
  const parts: string[] = [];
  for (const line of text.split(/(?<=\n)/)) {
    const last = parts.at(-1);
    const isRoom = last !== undefined && Buffer.byteLength(last) + Buffer.byteLength(line) <= PIPE_BYTES_WHOLE;
    if (isRoom) parts[parts.length - 1] = last + line;
    else parts.push(line);
  }
  return parts;
}

/** `14:03:12 warn  PostgreSQL is away (room=storage)` from a JSON line. */
export function plainLine(line: string): string {
  const { level, time, msg, err, ...fields } = JSON.parse(line) as Record<string, unknown>;
  const clock = new Date(Number(time)).toTimeString().slice(0, 8);
  const name = pino.levels.labels[Number(level)] ?? "info";
  const details = Object.entries(fields).map(
    ([key, value]) => `${key}=${typeof value === "string" ? value : JSON.stringify(value)}`,
  );
  const cause = err as { message?: string } | undefined;
  if (cause?.message) details.push(cause.message);
  return `${clock} ${name.padEnd(5)} ${String(msg ?? "")}${details.length > 0 ? ` (${details.join(", ")})` : ""}\n`;
}
