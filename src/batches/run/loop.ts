// Something that is done again and again: at once while there is more of it, otherwise when woken, or after a time.
import type { Log } from "../../kernel/index.ts";

export interface Loop {
  start(): void;
  /** There may be something to do now. */
  wake(): void;
  /** Lets the turn under way end; there is no other after it. */
  close(): Promise<void>;
}

/** Whatever the config says, a loop does not spin. */
const WAIT_MS_MIN = 10;

/** `turn` says whether there may be more at once. What it throws is logged, and waited after. */
export function createLoop(turn: () => Promise<boolean>, { intervalMs, log }: { intervalMs: number; log: Log }): Loop {
  let running: Promise<void> | undefined;
  let isClosed = false;
  let isWoken = false;
  let endWait: (() => void) | undefined;

  function wait(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, Math.max(intervalMs, WAIT_MS_MIN));
      endWait = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async function takeTurn(): Promise<boolean> {
    try {
      return await turn();
    } catch (error) {
      log.warn({ err: error }, "batches stand still for a moment");
      return false;
    }
  }

  async function run(): Promise<void> {
    while (!isClosed) {
      isWoken = false;
      const hasMore = await takeTurn();
      if (!hasMore && !isWoken && !isClosed) await wait();
      endWait = undefined;
    }
  }

  function wake(): void {
    isWoken = true;
    endWait?.();
  }

  return {
    start: () => void (running ??= run()),
    wake,
    async close() {
      isClosed = true;
      wake();
      await running;
    },
  };
}
