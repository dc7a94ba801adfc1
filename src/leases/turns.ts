// One thing done again and again, never twice at once: when woken, and after a while anyway.

export interface Turns {
  /** There is something to do, in so many milliseconds. */
  wake(ms: number): void;
  /** Lets the turn under way end; there is no other after it. */
  close(): Promise<void>;
}

/** `turn` must not throw; it says after how many milliseconds the next is due. Turns are `pauseMs` apart at the least. */
export function createTurns(
  turn: () => Promise<number>,
  { pauseMs, nowMs }: { pauseMs: number; nowMs(): number },
): Turns {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let dueMs = Number.POSITIVE_INFINITY;
  let running: Promise<void> | undefined;
  let isWoken = false;
  let isClosed = false;

  async function run(): Promise<void> {
    dueMs = Number.POSITIVE_INFINITY;
    isWoken = false;
    const nextMs = await turn();
    running = undefined;
    wake(isWoken ? pauseMs : Math.max(nextMs, pauseMs));
  }

  function wake(ms: number): void {
    isWoken = true;
    const at = nowMs() + ms;
    if (isClosed || running || at >= dueMs) return;
    clearTimeout(timer);
    dueMs = at;
    timer = setTimeout(() => (running = run()), ms);
  }

  return {
    wake,
    async close() {
      isClosed = true;
      clearTimeout(timer);
      await running;
    },
  };
}
