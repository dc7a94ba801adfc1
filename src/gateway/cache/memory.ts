// The answers that this process has at hand: those used least lately go first, by bytes.
import { LRUCache } from "lru-cache";
import type { CacheConfig } from "./config.ts";
import { type KeptAnswer, sizeOf } from "./kept-answer.ts";

export interface Memory {
  /** Undefined also when it is over its time. */
  get(key: string, nowMs: number): KeptAnswer | undefined;
  put(kept: KeptAnswer): void;
  /** How many there were. */
  purge(isMeant: (kept: KeptAnswer) => boolean): number;
  readonly entries: number;
  readonly bytes: number;
}

export function createMemory({ memory_bytes_max, entry_bytes_max }: CacheConfig): Memory {
  if (memory_bytes_max === 0) return noMemory;
  const kept = new LRUCache<string, KeptAnswer>({
    maxSize: memory_bytes_max,
    maxEntrySize: Math.min(memory_bytes_max, entry_bytes_max + sizeOf({ body: "" } as KeptAnswer)),
    sizeCalculation: sizeOf,
  });
  return {
    get(key, nowMs) {
      const found = kept.get(key);
      if (found === undefined || found.expiresAtMs > nowMs) return found;
      kept.delete(key);
      return undefined;
    },
    put: (answer) => void kept.set(answer.key, answer),
    purge(isMeant) {
      const meant = [...kept.values()].filter(isMeant);
      for (const { key } of meant) kept.delete(key);
      return meant.length;
    },
    get entries() {
      return kept.size;
    },
    get bytes() {
      return kept.calculatedSize;
    },
  };
}

const noMemory: Memory = { get: () => undefined, put: () => undefined, purge: () => 0, entries: 0, bytes: 0 };
