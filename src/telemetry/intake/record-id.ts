// The id of a record that came from elsewhere: a UUIDv7 whose time is the record's start, and the rest a hash of its trace
// and span. What is sent twice has one id, and lands in one row.

export function recordIdOf({ traceId, spanId }: { traceId: string; spanId: string }, startedAtMs: number): string {
  const time = Math.floor(startedAtMs).toString(16).padStart(12, "0");
  const text = traceId + spanId;
  const first = hex16(Bun.hash(text));
  const second = hex16(Bun.hash(text, 1n));
  const variant = (8 + (Number.parseInt(second.slice(0, 1), 16) & 3)).toString(16);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${first.slice(0, 3)}-${variant}${second.slice(1, 4)}-${first.slice(4)}`;
}

export function hex16(hash: number | bigint): string {
  return hash.toString(16).padStart(16, "0");
}
