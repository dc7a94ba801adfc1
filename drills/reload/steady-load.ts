// Calls at a steady rate at all processes, with several keys, and what became of those that were sent in a stretch of time.
import type { RunningBinnacle } from "../installation/binnacle.ts";
import { callAtRate } from "../load/call-at-rate.ts";
import { type CallEnding, createCaller } from "../load/caller.ts";
import { type PlannedCall, planProbe } from "../load/planned-call.ts";

export interface SteadyLoad {
  begin(keys: readonly string[]): void;
  /** Those sent from one moment up to another, process by process; by performance.now(). */
  between(fromMs: number, toMs: number): CallEnding[][];
  /** Resolves when the last call has ended. */
  end(): Promise<void>;
}

export function createSteadyLoad(
  running: readonly RunningBinnacle[],
  callsPerSecond: number,
  signal: AbortSignal,
): SteadyLoad {
  const ended = new AbortController();
  const endings = running.map((): CallEnding[] => []);
  let calling: Promise<unknown> = Promise.resolve();

  const callAt = (index: number, key: string, rate: number): Promise<void> =>
    callAtRate(createCaller({ url: running[index]?.url ?? "", key }), {
      calls: instantCalls(`process-${index}`),
      callsPerSecond: rate,
      until: AbortSignal.any([signal, ended.signal]),
      onEnd: (ending) => void endings[index]?.push(ending),
    });

  return {
    begin(keys) {
      const rate = callsPerSecond / running.length / keys.length;
      calling = Promise.all(
        running.flatMap((_, index) =>
          keys.map(async (key, at) => {
            // Not all at the same moment.
            await Bun.sleep((at * 1000) / rate / keys.length);
            await callAt(index, key, rate);
          }),
        ),
      );
    },
    between: (fromMs, toMs) => endings.map((each) => each.filter(({ sentMs }) => sentMs >= fromMs && sentMs < toMs)),
    async end() {
      ended.abort();
      await calling;
    },
  };
}

function* instantCalls(prefix: string): Generator<PlannedCall, never> {
  for (let number = 1; ; number += 1) yield planProbe(`${prefix}-${number}`);
}
