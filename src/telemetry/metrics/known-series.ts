// Which series there are, as far as this process has seen them, and a bound on how many there may be: a label that is new with
// each request would otherwise fill the disk.
import { LRUCache } from "lru-cache";
import type { World } from "../../kernel/index.ts";
import type { TelemetryConfig } from "../config.ts";
import type { Series } from "./series.ts";
import type { MetricStore } from "./store.ts";

export interface KnownSeries {
  /** Of the points' series, those that may be written, and which of them are new. Asks the database about strangers alone. */
  admit(series: readonly Series[]): Promise<{ ids: ReadonlySet<string>; news: Series[] }>;
  /** They are in the database now. */
  remember(series: readonly Series[]): void;
}

/** Other processes make series, too: near the bound, it may be passed by what they make meanwhile. */
const COUNT_EVERY_MS = 10_000;

export function createKnownSeries(
  { series_max }: TelemetryConfig["metrics"],
  { store, world }: { store: Pick<MetricStore, "known" | "countSeries">; world: Pick<World, "monotonicMs"> },
): KnownSeries {
  const ids = new LRUCache<string, true>({ max: series_max });
  let count = 0;
  let countedAtMs = -Infinity;

  async function roomFor(): Promise<number> {
    if (world.monotonicMs() - countedAtMs > COUNT_EVERY_MS) {
      count = await store.countSeries();
      countedAtMs = world.monotonicMs();
    }
    return Math.max(0, series_max - count);
  }

  return {
    async admit(series) {
      const admitted = new Set<string>();
      const strangers = new Map<string, Series>();
      for (const each of series)
        if (ids.get(each.id)) admitted.add(each.id);
        else strangers.set(each.id, each);
      if (strangers.size === 0) return { ids: admitted, news: [] };
      for (const id of await store.known([...strangers.keys()])) {
        ids.set(id, true);
        admitted.add(id);
        strangers.delete(id);
      }
      const news = [...strangers.values()].slice(0, await roomFor());
      for (const { id } of news) admitted.add(id);
      count += news.length;
      return { ids: admitted, news };
    },
    remember(series) {
      for (const { id } of series) ids.set(id, true);
    },
  };
}
