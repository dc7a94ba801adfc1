// Tells other processes of the questions that this one learnt, and hears of theirs, in the background. Calls never wait for it.
import { sleep, type World } from "../../../../kernel/index.ts";
import type { CacheConfig } from "../../config.ts";
import type { Asked, Questions } from "../questions.ts";
import type { QuestionStore } from "./store.ts";

export interface SharedQuestions {
  start(): void;
  close(): Promise<void>;
  tell(asked: Asked): void;
  forget(asked: Asked): void;
}

export interface SharingDeps {
  questions: Questions;
  store: QuestionStore;
  world: Pick<World, "nowMs" | "log">;
  isAvailable(): boolean;
}

/** Questions that wait to be written; beyond it the oldest are not told. */
const PENDING_MAX = 1000;
const BATCH_MAX = 100;
const CLOSE_TIMEOUT_MS = 2000;

type Sharing = Pick<CacheConfig["database"], "interval" | "sweep_interval"> & { entriesMax: number };

export function shareQuestions(
  config: Sharing,
  { questions, store, world, isAvailable }: SharingDeps,
): SharedQuestions {
  const pending = new Map<string, Asked>();
  const forgotten = new Set<string>();
  let since: Date | undefined;
  let sweptAtMs = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let round: Promise<void> | undefined;
  let isClosed = false;

  async function write(): Promise<void> {
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
  }

  async function hear(): Promise<void> {
    const nowMs = world.nowMs();
    const heard = await store.hear(since, { nowMs, entriesMax: config.entriesMax });
    since = heard.until;
    for (const asked of heard.asked.toReversed()) {
      if (asked.expiresAtMs <= nowMs) questions.remove(asked);
      else if (!questions.holds(asked) && !forgotten.has(asked.key)) questions.add(asked);
    }
  }

  async function makeRound(): Promise<void> {
    if (!isAvailable()) return;
    try {
      await write();
      await hear();
      if (world.nowMs() - sweptAtMs < config.sweep_interval) return;
      sweptAtMs = world.nowMs();
      await store.sweep();
    } catch (error) {
      world.log.warn({ err: error }, "the questions of the semantic cache could not be shared");
    }
  }

  function schedule(): void {
    if (isClosed) return;
    timer = setTimeout(() => {
      round = makeRound().finally(schedule);
    }, config.interval);
  }

  return {
    start() {
      round = makeRound().finally(schedule);
    },
    async close() {
      isClosed = true;
      clearTimeout(timer);
      const last = (async () => {
        await round;
        if (isAvailable()) await write().catch(() => undefined);
      })();
      await Promise.race([last, sleep(CLOSE_TIMEOUT_MS)]);
    },
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
  };
}
