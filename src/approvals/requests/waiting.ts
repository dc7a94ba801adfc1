// Waiting for a decision that any process may take: looks about twice a second, and only while somebody waits.
import type { World } from "../../kernel/index.ts";
import { createFollower, type Follower } from "../../storage/index.ts";
import type { RequestStore, Row } from "../store/requests.ts";

export interface Waiting extends Pick<Follower, "start" | "close"> {
  /** Undefined where it is still pending when the time is over. */
  until(id: string, timeoutMs: number): Promise<Row | undefined>;
  /** Settled by this process: whoever waits here hears of it at once. */
  tell(row: Row): void;
}

interface WaitingDeps {
  requests: Pick<RequestStore, "settledOf">;
  isAvailable(): boolean;
  world: Pick<World, "log">;
}

export function createWaiting(intervalMs: number, { requests, isAvailable, world }: WaitingDeps): Waiting {
  const waiting = new Map<string, Set<(row: Row | undefined) => void>>();
  const { log } = world;
  const follower = createFollower({ intervalMs, isAvailable, log, what: "decisions about approvals" }, async () => {
    if (waiting.size === 0) return;
    for (const row of await requests.settledOf([...waiting.keys()])) tell(row);
  });

  function tell(row: Row): void {
    for (const resolve of waiting.get(row.id) ?? []) resolve(row);
    waiting.delete(row.id);
  }

  return {
    start: follower.start,
    async close() {
      for (const each of waiting.values()) for (const resolve of each) resolve(undefined);
      waiting.clear();
      await follower.close();
    },
    tell,
    until(id, timeoutMs) {
      const { promise, resolve } = Promise.withResolvers<Row | undefined>();
      const others = waiting.get(id) ?? new Set();
      waiting.set(id, others.add(resolve));
      const timer = setTimeout(() => {
        others.delete(resolve);
        if (others.size === 0) waiting.delete(id);
        resolve(undefined);
      }, timeoutMs);
      // What was settled before anybody waited is seen at once.
      void follower.look();
      return promise.finally(() => clearTimeout(timer));
    },
  };
}
