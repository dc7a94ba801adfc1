// Which keys are in the database, as far as this process has heard: 48 bits of each, and until when. One too many costs a
// look-up for nothing; one too few an answer that is made again.

export interface KnownKeys {
  add(key: string, expiresAtMs: number): void;
  has(key: string, nowMs: number): boolean;
  remove(key: string): void;
  sweep(nowMs: number): void;
}

export function createKnownKeys(entriesMax: number): KnownKeys {
  const expiries = new Map<number, number>();
  return {
    add(key, expiresAtMs) {
      expiries.set(shortened(key), expiresAtMs);
      if (expiries.size <= entriesMax) return;
      for (const oldest of expiries.keys()) {
        expiries.delete(oldest);
        return;
      }
    },
    has: (key, nowMs) => expiries.size > 0 && (expiries.get(shortened(key)) ?? 0) > nowMs,
    remove: (key) => void expiries.delete(shortened(key)),
    sweep(nowMs) {
      for (const [key, expiresAtMs] of expiries) if (expiresAtMs <= nowMs) expiries.delete(key);
    },
  };
}

/** SHA-256's first 48 bits, which a number holds. */
function shortened(key: string): number {
  return Number.parseInt(key.slice(0, 12), 16);
}
