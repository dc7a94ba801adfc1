// Identifiers. UUIDv7 sorts by time, so it is its own index order and needs no counter.

/** A new UUIDv7, lower case, 36 characters. */
export function newId(): string {
  return Bun.randomUUIDv7();
}

/** When an id of ours was made: epoch milliseconds. Zero for what is no UUIDv7. */
export function timeOfId(id: string): number {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-7/.test(id) ? Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16) : 0;
}

/** A W3C trace id: 32 hex characters. A UUIDv7 without its dashes, so traces too sort by time. */
export function newTraceId(): string {
  return Bun.randomUUIDv7().replaceAll("-", "");
}

/** A W3C span id: 16 hex characters, from the random end of a UUID. */
export function newSpanId(): string {
  return Bun.randomUUIDv7().replaceAll("-", "").slice(16);
}
