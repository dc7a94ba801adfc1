// What this room does by itself, again and again: it looks at rules, carries messages, keeps judgements, and clears away what
// is old. Any process carries and keeps; one at a time looks and clears.
import type { World } from "../kernel/index.ts";
import type { SpanRecord } from "../ledger/index.ts";
import { createFollower } from "../storage/index.ts";
import type { AlertsConfig } from "./config.ts";
import type { Delivery } from "./delivery/deliver.ts";
import type { Evaluation } from "./evaluation/evaluate.ts";
import { createScoreCollector } from "./scores/collect-scores.ts";
import type { AlertsStore } from "./store/store.ts";

export interface Working {
  start(): void;
  /** Lets what is under way end. */
  close(): Promise<void>;
}

export interface WorkingDeps {
  store: AlertsStore;
  evaluation: Evaluation;
  delivery: Delivery;
  world: Pick<World, "nowMs" | "log">;
  isAvailable(): boolean;
  subscribeSpans(listener: (record: SpanRecord) => void): () => void;
}

const HOUR_MS = 3_600_000;
const FLUSH_MS = 1000;

export function createWorking(config: AlertsConfig, deps: WorkingDeps): Working {
  const { store, evaluation, delivery, world, isAvailable, subscribeSpans } = deps;
  const scores = createScoreCollector(config, { store: store.scores, world });
  let sweptAtMs = Number.NEGATIVE_INFINITY;
  let stopListening: (() => void) | undefined;

  async function sweep(): Promise<void> {
    const nowMs = world.nowMs();
    if (nowMs - sweptAtMs < HOUR_MS) return;
    sweptAtMs = nowMs;
    await store.outbox.sweep({ endedMs: nowMs - config.delivery.keep, historyMs: nowMs - config.history_retention });
    await store.scores.sweep(nowMs - config.scores_kept);
  }

  const follow = (what: string, intervalMs: number, see: () => Promise<void>) =>
    createFollower({ intervalMs, isAvailable, log: world.log, what }, see);
  const carrying = follow("messages about alerts", config.delivery.poll, delivery.deliver);
  const keeping = follow("judgements", FLUSH_MS, scores.flush);
  const looking = follow("alert rules", config.interval, async () => {
    if (!(await evaluation.evaluate())) return;
    void carrying.look();
    await sweep();
  });

  return {
    start() {
      if (!config.enabled) return;
      stopListening = subscribeSpans(scores.add);
      for (const each of [looking, carrying, keeping]) void each.start();
    },
    async close() {
      stopListening?.();
      await keeping.look();
      await Promise.all([looking.close(), carrying.close(), keeping.close()]);
      // It lapses by itself where the database is away.
      if (config.enabled && isAvailable()) await evaluation.release().catch(() => undefined);
    },
  };
}
