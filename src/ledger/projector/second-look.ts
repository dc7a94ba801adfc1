// Spans that may be a call of ours which was not on record when they came: it came to another process, or the application's
// clock is off. They are looked at once more, some seconds later and all together. Until then they are in memory alone.
import type { World } from "../../kernel/index.ts";
import type { LedgerConfig } from "../config.ts";
import type { Named } from "../store/echoes.ts";
import type { Batch } from "./batch.ts";
import type { LedgerStore } from "../store/store.ts";

export interface SecondLook {
  /** The spans of a batch that was written. */
  add(batch: Pick<Batch, "linked" | "minutesMs">): void;
  /** Looks at once where more are waiting than may. Throws when the database cannot tell now: they wait on. */
  makeRoom(): Promise<void>;
  /** Looks at all that wait. Throws as above. */
  lookAtAll(): Promise<void>;
  /** From now on only when it is told to. */
  stop(): void;
}

interface SecondLookDeps {
  store: Pick<LedgerStore, "tieLate">;
  world: Pick<World, "log">;
}

type Bounds = Pick<LedgerConfig["projector"], "look_again" | "look_again_max">;

export function createSecondLook(config: Bounds, { store, world }: SecondLookDeps): SecondLook {
  let timer: ReturnType<typeof setTimeout> | undefined;
  // Those of `fresh` are due one turn after those of `due`, so that each waits for a whole turn at least.
  let due: Named[] = [];
  let fresh: Named[] = [];
  let isStopped = false;

  async function look(named: readonly Named[]): Promise<void> {
    if (named.length === 0) return;
    await store.tieLate({
      ids: named.flatMap(({ ids }) => ids),
      traceIds: [...new Set(named.flatMap(({ traceIds }) => traceIds))],
      minutesMs: [...new Set(named.flatMap(({ minutesMs }) => minutesMs))].toSorted((a, b) => a - b),
    });
  }

  async function turn(): Promise<void> {
    const looked = due;
    try {
      await look(looked);
      due = [...due.filter((named) => !looked.includes(named)), ...fresh];
      fresh = [];
    } catch (error) {
      world.log.warn({ why: String(error) }, "spans wait for a second look");
    }
    timer = undefined;
    schedule();
  }

  function schedule(): void {
    if (isStopped || timer !== undefined || due.length + fresh.length === 0) return;
    timer = setTimeout(() => void turn(), config.look_again);
  }

  async function lookAtAll(): Promise<void> {
    const all = [...due, ...fresh];
    await look(all);
    due = due.filter((named) => !all.includes(named));
    fresh = fresh.filter((named) => !all.includes(named));
  }

  return {
    add({ linked, minutesMs }) {
      if (!linked || linked.named.length === 0) return;
      fresh.push({ ids: linked.named, traceIds: linked.traceIds, minutesMs });
      schedule();
    },
    async makeRoom() {
      const waiting = [...due, ...fresh].reduce((sum, { ids }) => sum + ids.length, 0);
      if (waiting >= config.look_again_max) await lookAtAll();
    },
    lookAtAll,
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
