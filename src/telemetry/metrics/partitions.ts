// A partition for each day, made before its points come, and dropped when they are no longer kept.
import type { World } from "../../kernel/index.ts";
import type { MetricStore } from "./store.ts";

const DAY_MS = 86_400_000;

export function createMetricPartitions(
  keepMs: number,
  { store, world }: { store: Pick<MetricStore, "preparePartitions">; world: Pick<World, "nowMs"> },
) {
  let preparedDay = -1;
  return {
    /** Once a day: today's and tomorrow's, so that nobody waits for it at midnight. Points of other days go to the default one. */
    async prepareFor(): Promise<void> {
      const today = Math.floor(world.nowMs() / DAY_MS);
      if (preparedDay === today) return;
      await store.preparePartitions([today, today + 1], Math.floor((world.nowMs() - keepMs) / DAY_MS));
      preparedDay = today;
    },
  };
}
