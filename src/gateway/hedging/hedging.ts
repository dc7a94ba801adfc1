// When a call is late at its target, and whether it may be asked of a second one: how long first tokens took lately, and how
// many calls have been hedged of late. Nothing is kept where hedging is off.
import { LRUCache } from "lru-cache";
import type { World } from "../../kernel/index.ts";
import type { Attempt } from "../../ledger/contract.ts";
import type { HedgingConfig } from "./config.ts";
import { createRecentTimes, type RecentTimes } from "./recent-times.ts";

export interface Hedging {
  /** Counts a stream that goes to this target; milliseconds after which its first token is late; undefined: never. */
  begin(route: string, targetId: string): number | undefined;
  /** Whether one more may be hedged; if so, that is counted. */
  take(targetId: string): boolean;
  /** The first token of this attempt came, or had not come when it was let go. */
  noteFirstToken(attempt: Pick<Attempt, "target" | "first_byte_ms" | "duration_ms">): void;
}

interface Kept {
  times: RecentTimes;
  /** Both fade. */
  calls: number;
  hedges: number;
  fadedMs: number;
}

export interface HedgingDeps {
  config: HedgingConfig;
  /** Of gateway.health. */
  window: number;
  targets_max: number;
}

export function createHedging(
  { config, window, targets_max }: HedgingDeps,
  world: Pick<World, "monotonicMs">,
): Hedging {
  const routes = new Set(config.routes);
  const isOn = routes.size > 0;
  const targets = new LRUCache<string, Kept>({ max: targets_max });

  function keptOf(targetId: string): Kept {
    const nowMs = world.monotonicMs();
    const kept = targets.get(targetId) ?? { times: createRecentTimes(), calls: 0, hedges: 0, fadedMs: nowMs };
    targets.set(targetId, kept);
    const share = Math.exp((kept.fadedMs - nowMs) / window);
    kept.calls *= share;
    kept.hedges *= share;
    kept.fadedMs = nowMs;
    return kept;
  }

  return {
    begin(route, targetId) {
      if (!isOn || !(routes.has(route) || routes.has("*"))) return undefined;
      const kept = keptOf(targetId);
      kept.calls += 1;
      return kept.times.count < config.calls_min ? undefined : kept.times.p95();
    },
    take(targetId) {
      const kept = keptOf(targetId);
      if (kept.hedges + 1 > config.share * kept.calls) return false;
      kept.hedges += 1;
      return true;
    },
    noteFirstToken({ target, first_byte_ms, duration_ms }) {
      if (isOn) keptOf(target).times.add(first_byte_ms ?? duration_ms);
    },
  };
}
