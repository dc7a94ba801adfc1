// Turns at the processor: telemetry is taken in by slices, one slice a turn of the event loop, whatever number of requests
// waits. A gateway call in between waits for one slice at most, and short requests do not wait for long ones.

export interface Turns {
  /** Resolves when it is the asker's turn, once. */
  next(): Promise<void>;
}

export function createTurns(): Turns {
  const waiting: (() => void)[] = [];
  let isGoing = false;

  function giveOne(): void {
    const next = waiting.shift();
    isGoing = next !== undefined;
    if (!next) return;
    next();
    setImmediate(giveOne);
  }

  return {
    next: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
        if (isGoing) return;
        isGoing = true;
        setImmediate(giveOne);
      }),
  };
}
