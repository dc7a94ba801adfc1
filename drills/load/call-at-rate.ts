// So many calls a second, whatever becomes of them: callers do not wait for one another, and neither does this load.
import type { CallEnding, Caller } from "./caller.ts";
import type { PlannedCall } from "./planned-call.ts";

export interface Rate {
  calls: Iterator<PlannedCall, never>;
  callsPerSecond: number;
  /** Ends it: no further call is begun, and those under way are heard out. */
  until: AbortSignal;
  onEnd(ending: CallEnding): void;
}

/** Calls under way at once. More would mean that the server has stopped answering; new ones wait then. */
const UNDER_WAY_MAX = 1000;

/** Resolves when the last call has ended. */
export async function callAtRate(caller: Caller, { calls, callsPerSecond, until, onEnd }: Rate): Promise<void> {
  const underWay = new Set<Promise<void>>();
  const startMs = performance.now();
  for (let begun = 0; !until.aborted; begun += 1) {
    const dueMs = startMs + (begun * 1000) / callsPerSecond;
    if (performance.now() < dueMs) await Bun.sleep(dueMs - performance.now());
    if (until.aborted) break;
    if (underWay.size >= UNDER_WAY_MAX) await Promise.race(underWay);
    const done = caller.call(calls.next().value).then((ending) => {
      onEnd(ending);
      underWay.delete(done);
    });
    underWay.add(done);
  }
  await Promise.all(underWay);
  caller.close();
}
