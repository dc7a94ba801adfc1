// Turns at the processor: telemetry is taken in by slices, one slice a turn of the event loop, whatever number of requests
// waits. A gateway call in between waits for one slice at most; while calls are under way there is a pause after each slice,
// so that telemetry has no more than a part of the processor. Short requests do not wait for long ones.

export interface Turns {
  /** Resolves when it is the asker's turn, once. */
  next(): Promise<void>;
}

/** A little more than a slice takes. */
const PAUSE_MS = 1;

/** `isBusy` says whether others want the processor. */
export function createTurns(isBusy: () => boolean = () => false): Turns {
  const waiting: (() => void)[] = [];
  let isGoing = false;

  function giveOne(): void {
    const next = waiting.shift();
    isGoing = next !== undefined;
    if (!next) return;
    next();
    setImmediate(goOn);
  }

  /** The slice is over: a pause that is begun before it would be over too. */
  function goOn(): void {
    if (isBusy()) setTimeout(giveOne, PAUSE_MS);
    else giveOne();
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
