// Tells other processes of the questions that this one learnt, and hears of theirs, in the background. Calls never wait for it.
import { sleep, type World } from "../../../../kernel/index.ts";
import { createFollower } from "../../../../storage/index.ts";
import type { CacheConfig } from "../../config.ts";
import type { Questions } from "../questions.ts";
import { createOutbox, type Outbox } from "./outbox.ts";
import type { QuestionStore } from "./store.ts";

export interface SharedQuestions extends Pick<Outbox, "tell" | "forget"> {
  start(): void;
  close(): Promise<void>;
}

export interface SharingDeps {
  questions: Questions;
  store: QuestionStore;
  world: Pick<World, "nowMs" | "log">;
  isAvailable(): boolean;
}

const CLOSE_TIMEOUT_MS = 2000;

type Sharing = Pick<CacheConfig["database"], "interval" | "sweep_interval"> & { entriesMax: number };

export function shareQuestions(
  config: Sharing,
  { questions, store, world, isAvailable }: SharingDeps,
): SharedQuestions {
  const outbox = createOutbox(store, world);
  let since: Date | undefined;
  let sweptAtMs = 0;
  const { log } = world;
  const followed = { intervalMs: config.interval, isAvailable, log, what: "the questions of the semantic cache" };
  const follower = createFollower(followed, makeRound);

  async function hear(): Promise<void> {
    const nowMs = world.nowMs();
    const heard = await store.hear(since, { nowMs, entriesMax: config.entriesMax });
    since = heard.until;
    for (const asked of heard.asked.toReversed()) {
      if (asked.expiresAtMs <= nowMs) questions.remove(asked);
      else if (!questions.holds(asked) && !outbox.isForgotten(asked)) questions.add(asked);
    }
  }

  async function makeRound(): Promise<void> {
    await outbox.write();
    await hear();
    if (world.nowMs() - sweptAtMs < config.sweep_interval) return;
    sweptAtMs = world.nowMs();
    await store.sweep();
  }

  return {
    start: () => void follower.start(),
    async close() {
      const last = (async () => {
        await follower.close();
        if (isAvailable()) await outbox.write().catch(() => undefined);
      })();
      await Promise.race([last, sleep(CLOSE_TIMEOUT_MS)]);
    },
    tell: outbox.tell,
    forget: outbox.forget,
  };
}
