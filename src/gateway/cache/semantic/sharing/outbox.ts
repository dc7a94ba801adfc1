// What other processes are still to be told: questions that this one learnt, and those that are to be forgotten.
import type { World } from "../../../../kernel/index.ts";
import type { Asked } from "../questions.ts";
import type { QuestionStore } from "./store.ts";

export interface Outbox {
  tell(asked: Asked): void;
  forget(asked: Asked): void;
  isForgotten(asked: Asked): boolean;
  /** All that waits. Throws what the database throws; what was not written waits on. */
  write(): Promise<void>;
}

/** Questions that wait to be written; beyond it the oldest are not told. */
const PENDING_MAX = 1000;
const BATCH_MAX = 100;

export function createOutbox(store: Pick<QuestionStore, "write" | "forget">, world: Pick<World, "nowMs">): Outbox {
  const pending = new Map<string, Asked>();
  const forgotten = new Set<string>();
  return {
    tell(asked) {
      // PostgreSQL's texts have no such character.
      if (asked.text.includes("\0") || asked.model.includes("\0")) return;
      pending.delete(asked.key);
      pending.set(asked.key, asked);
      for (const oldest of pending.keys()) if (pending.size > PENDING_MAX) pending.delete(oldest);
    },
    forget({ key }) {
      pending.delete(key);
      if (forgotten.size < PENDING_MAX) forgotten.add(key);
    },
    isForgotten: ({ key }) => forgotten.has(key),
    async write() {
      if (forgotten.size > 0) {
        const keys = [...forgotten];
        await store.forget(keys);
        for (const key of keys) forgotten.delete(key);
      }
      while (pending.size > 0) {
        const batch = [...pending.values()].slice(0, BATCH_MAX);
        await store.write(batch, world.nowMs());
        // What was told anew meanwhile waits on.
        for (const asked of batch) if (pending.get(asked.key) === asked) pending.delete(asked.key);
      }
    },
  };
}
