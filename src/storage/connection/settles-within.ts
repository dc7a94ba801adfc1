// Waiting with a bound, leaving no timer behind that would keep the process from ending.
import { sleep } from "../../kernel/index.ts";

/** Waits for the promise, but not longer than `ms`. Says whether it settled in time; its error, if any, is not thrown. */
export async function settlesWithin(promise: Promise<unknown>, ms: number): Promise<boolean> {
  const waiting = new AbortController();
  const settled = promise.then(
    () => true,
    () => true,
  );
  const inTime = await Promise.race([settled, sleep(ms, waiting.signal).then(() => false)]);
  waiting.abort();
  return inTime;
}
