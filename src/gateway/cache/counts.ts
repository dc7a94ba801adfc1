// What the cache did for calls, and what that saved, since the process began.
import type { CallRecord } from "../../ledger/index.ts";
import type { CacheState } from "../contract.ts";

export type Counted = Pick<CacheState, "calls" | "saved_usd_micros">;

export interface Counts {
  add(closed: CallRecord): void;
  read(): Counted;
}

export function createCounts(): Counts {
  const calls = { hit: 0, semantic: 0, joined: 0, partial: 0, miss: 0, refreshed: 0, bypassed: 0 };
  let saved = 0;
  return {
    add({ cache, cached, outcome }) {
      if (cache !== "off") calls[cache] += 1;
      if (outcome === "ok") saved += cached?.saved_usd_micros ?? 0;
    },
    read: () => ({ calls: { ...calls }, saved_usd_micros: saved }),
  };
}
