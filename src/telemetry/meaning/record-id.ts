// The id of a foreign record: a UUIDv7 of the time it began, the rest made from what names it, so that what is sent twice has
// the same id twice. xxHash64 has a specification: an id does not change with the runtime.

const TIME_MAX = 2 ** 48 - 1;

/** `names` are trace and span id, or whatever else is the same when the same thing is sent again. */
export function recordIdOf(startedAtMs: number, names: string): string {
  const time = Math.min(TIME_MAX, Math.max(0, Math.floor(startedAtMs)));
  const high = hex16(Bun.hash.xxHash64(names, 1n));
  const low = hex16(Bun.hash.xxHash64(names, 2n));
  const ms = time.toString(16).padStart(12, "0");
  const variant = (8 + (Number.parseInt(low[0] ?? "0", 16) & 3)).toString(16);
  return `${ms.slice(0, 8)}-${ms.slice(8)}-7${high.slice(0, 3)}-${variant}${low.slice(1, 4)}-${high.slice(4)}`;
}

/** 16 hex digits for what has no span id of its own. */
export function spanIdOf(names: string): string {
  return hex16(Bun.hash.xxHash64(names, 3n));
}

/** 32 hex digits for what belongs to no trace. */
export function traceIdOf(names: string): string {
  return hex16(Bun.hash.xxHash64(names, 4n)) + hex16(Bun.hash.xxHash64(names, 5n));
}

/** Never all zero: OpenTelemetry forbids such ids. */
function hex16(hash: number | bigint): string {
  return (hash || 1).toString(16).padStart(16, "0");
}
