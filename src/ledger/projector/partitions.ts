// Makes the partitions that records need before they come, once a day.
import type { World } from "../../kernel/index.ts";
import type { Frame } from "../journal/frame.ts";
import type { LedgerStore } from "../store/store.ts";
import { dayOf } from "./batch.ts";

/** Further from today than this, a clock was wrong: such records go to the default partition, not to one of their own. */
const DAYS_AHEAD_MAX = 31;
/** Records are imported, too, and may be a year old. */
const DAYS_BACK_MAX = 400;

export function createPartitions({ store, world }: { store: LedgerStore; world: Pick<World, "nowMs"> }) {
  const prepared = new Set<number>();
  return {
    /** Makes those that are missing for these records, and tomorrow's, so that nobody waits for it at midnight. */
    async prepareFor(frames: readonly Frame[]): Promise<void> {
      const today = dayOf(world.nowMs());
      const days = new Set([...frames.map(({ startedAtMs }) => dayOf(startedAtMs)), today + 1]);
      const missing = [...days].filter(
        (day) => !prepared.has(day) && day - today <= DAYS_AHEAD_MAX && today - day <= DAYS_BACK_MAX,
      );
      if (missing.length === 0) return;
      await store.preparePartitions(missing);
      for (const day of missing) prepared.add(day);
    },
  };
}
