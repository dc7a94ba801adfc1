// Which target, with which credential, answered a conversation last: its prompt cache is warm there. In this process's
// memory, bounded; another process finds out for itself. Keys hold the caller's, so that nobody is led by another's words.
import { LRUCache } from "lru-cache";

export interface Pin {
  /** `vendor/model`. */
  target: string;
  /** The credential's name: vendors keep prompt caches apart by account. */
  credential: string | undefined;
  /** About so many tokens went in with the last turn, and are likely in the vendor's cache. */
  inputTokens: number;
}

export interface Affinity {
  pinOf(key: string): Pin | undefined;
  /** Begins its time anew. */
  pin(key: string, pin: Pin): void;
}

export interface AffinityBounds {
  sessions_max: number;
  /** Milliseconds since the last turn. */
  session_ttl: number;
}

export function createAffinity(bounds: AffinityBounds, { monotonicMs }: { monotonicMs(): number }): Affinity {
  const pins = new LRUCache<string, Pin & { untilMs: number }>({ max: bounds.sessions_max });
  return {
    pinOf(key) {
      const pin = pins.get(key);
      return pin && pin.untilMs > monotonicMs() ? pin : undefined;
    },
    pin: (key, pin) => void pins.set(key, { ...pin, untilMs: monotonicMs() + bounds.session_ttl }),
  };
}
