// What the rules remember between two looks: baselines that hold for a while, and the last hour of what is spent. Bounded;
// what is forgotten is asked again.
import { LRUCache } from "lru-cache";
import type { RuleMemory } from "./reading.ts";

const BASELINES_MAX = 500;
const TRAILS_MAX = 2000;
const POINTS_MAX = 60;
const TRAIL_MS = 3_600_000;

type Point = { atMs: number; value: number };

export function createRuleMemory(): RuleMemory {
  const baselines = new LRUCache<string, object>({ max: BASELINES_MAX });
  const trails = new LRUCache<string, Point[]>({ max: TRAILS_MAX });
  return {
    async once<T>(key: string, find: () => Promise<T>): Promise<T> {
      const known = baselines.get(key) as { found: T } | undefined;
      if (known) return known.found;
      const found = await find();
      baselines.set(key, { found });
      return found;
    },
    trail(series, point) {
      const before = trails.get(series) ?? [];
      // What is spent goes down only where a new window begins.
      const isAnew = (before.at(-1)?.value ?? 0) > point.value;
      const kept = isAnew ? [] : before.filter(({ atMs }) => atMs > point.atMs - TRAIL_MS);
      const thinned = kept.length >= POINTS_MAX ? kept.filter((_, index) => index % 2 === 0) : kept;
      const now = [...thinned, point];
      trails.set(series, now);
      return now;
    },
  };
}
