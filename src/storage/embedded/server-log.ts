// The server's own log: appended to, kept within a bound, and asked for the reason when a start fails.
import { closeSync, copyFileSync, existsSync, openSync, readFileSync, statSync, truncateSync } from "node:fs";

/** Opens the log for a server that is about to be launched; close it once it is. */
export function withServerLog<T>(path: string, use: (fd: number) => T): T {
  const fd = openSync(path, "a", 0o600);
  try {
    return use(fd);
  } finally {
    closeSync(fd);
  }
}

/** Moves a log that has grown too long to `….1`. The server appends, so it carries on in the emptied file. */
export function boundServerLog(path: string, maxBytes: number): void {
  if (!existsSync(path) || statSync(path).size <= maxBytes) return;
  copyFileSync(path, `${path}.1`);
  truncateSync(path);
}

/** The last complaint in what was written since `fromByte`. */
export function lastComplaint(path: string, fromByte: number): string {
  const lines = existsSync(path) ? readFileSync(path).subarray(fromByte).toString().trim().split("\n") : [];
  const complaint = lines.findLast((line) => /\b(FATAL|PANIC|ERROR):/.test(line)) ?? lines.at(-1);
  return complaint?.replace(/^.*?\b(?:FATAL|PANIC|ERROR):\s*/, "") || "it said nothing";
}

export function serverLogSize(path: string): number {
  return existsSync(path) ? statSync(path).size : 0;
}
