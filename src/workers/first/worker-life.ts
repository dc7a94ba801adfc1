// One worker's life: started, watched over, started again when it ends by itself, ended when all is to end.
import { sleep, type World } from "../../kernel/index.ts";
import type { Message } from "../channel.ts";
import type { Worker } from "../contract.ts";
import type { Place } from "../place.ts";
import type { RunningWorker, SpawnWorker } from "./spawn-worker.ts";

export interface WorkerLife {
  readonly number: number;
  /** Resolves when it is ready, or has ended before it was. It is started again in either case when it ends. */
  start(): Promise<void>;
  send(message: Message): void;
  state(): Worker;
  /** Asks it to end, waits, and makes it end where that takes too long. */
  close(): Promise<void>;
}

export interface WorkerLifeDeps {
  place: Place;
  spawn: SpawnWorker;
  world: Pick<World, "log" | "monotonicMs" | "random">;
  /** Everything it says, but that it is ready. */
  hear(message: Message): void;
  /** It is ready now, or is not any more. */
  changed(): unknown;
  stopTimeoutMs: number;
}

const RESTART_DELAY_MS = 100;
const RESTART_DELAY_MAX_MS = 15_000;
/** One that ran this long before it ended is started again without a longer wait than the first. */
const STEADY_MS = 60_000;

export function createWorkerLife(deps: WorkerLifeDeps): WorkerLife {
  const { place, spawn, world, hear, stopTimeoutMs } = deps;
  const { number, role } = place;
  const closing = new AbortController();
  let running: RunningWorker | undefined;
  let state: Worker["state"] = "starting";
  let restarts = 0;
  let failures = 0;
  let settleFirst = (): void => undefined;

  function start(): void {
    const sinceMs = world.monotonicMs();
    state = "starting";
    running = spawn(place, (message) => {
      if (message.kind !== "ready") return hear(message);
      if (state === "starting") state = "ready";
      deps.changed();
      settleFirst();
    });
    const { pid } = running;
    world.log.info({ number, role, pid }, "a worker is started");
    void running.exited.then(() => {
      running = undefined;
      settleFirst();
      if (closing.signal.aborted) return;
      state = "down";
      deps.changed();
      world.log.warn({ number, role, pid }, "a worker has ended; it is started again");
      if (world.monotonicMs() - sinceMs > STEADY_MS) failures = 0;
      void startAgain();
    });
  }

  async function startAgain(): Promise<void> {
    const delayMs = Math.min(RESTART_DELAY_MAX_MS, RESTART_DELAY_MS * 2 ** failures);
    failures += 1;
    await sleep(delayMs * (0.5 + world.random() / 2), closing.signal);
    if (closing.signal.aborted) return;
    restarts += 1;
    start();
  }

  return {
    number,
    start() {
      const first = Promise.withResolvers<void>();
      settleFirst = first.resolve;
      if (closing.signal.aborted) return Promise.resolve();
      start();
      return first.promise;
    },
    send: (message) => running?.send(message),
    state: () => ({ number, role, pid: running?.pid ?? null, state, restarts }),
    async close() {
      closing.abort();
      state = "stopping";
      const ending = running;
      if (!ending) return;
      ending.kill("SIGTERM");
      const timer = setTimeout(() => {
        world.log.error({ number, pid: ending.pid }, "a worker does not end; it is killed");
        ending.kill("SIGKILL");
      }, stopTimeoutMs);
      await ending.exited;
      clearTimeout(timer);
    },
  };
}
