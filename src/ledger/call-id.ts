// Ids of records. They are UUIDv7, and the time in the id is the record's start to the millisecond: whoever has an id knows
// which partition to look in. Ids come back from callers of the API, so reading one must take any text.

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** A new id for a call that starts at `startedAtMs`, a whole number. */
export function callIdAt(startedAtMs: number): string {
  // Bun moves a UUIDv7's time ahead after 4,096 in one millisecond; taking only its end keeps ours exact.
  const time = startedAtMs.toString(16).padStart(12, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}${Bun.randomUUIDv7().slice(13)}`;
}

/** The W3C id of the trace that a call begins when its caller has none: the same bits. */
export function traceIdOf(id: string): string {
  return id.slice(0, 8) + id.slice(9, 13) + id.slice(14, 18) + spanIdOf(id);
}

/** The W3C id of the call's own span: the random end of its id. */
export function spanIdOf(id: string): string {
  return id.slice(19, 23) + id.slice(24);
}

/** When the call with this id started, epoch milliseconds; undefined for what is no id of a call. */
export function startOfCallId(id: string): number | undefined {
  return ID.test(id) ? Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16) : undefined;
}

/**
 * The id of a record that came from elsewhere: its time as in a call's id, then a hash of what names it there. What is sent
 * twice has the same id, and lands in one row.
 */
export function spanRecordId({ traceId, spanId, startedAtMs }: SpanName): string {
  const time = Math.max(0, Math.floor(startedAtMs)).toString(16).padStart(12, "0");
  const [first, second] = [1n, 2n].map((seed) => hexOf(Bun.hash.xxHash64(traceId + spanId, seed))) as [string, string];
  const variant = (8 + (Number.parseInt(second.slice(0, 1), 16) & 3)).toString(16);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${first.slice(0, 3)}-${variant}${second.slice(1, 4)}-${first.slice(4)}`;
}

interface SpanName {
  traceId: string;
  spanId: string;
  startedAtMs: number;
}

function hexOf(hash: bigint): string {
  return hash.toString(16).padStart(16, "0");
}
