// Calls as they end, for one listener. Its queue is bounded: a listener that cannot keep up is told so and may come
// back, rather than being fed gaps in silence.
import { type Ledger, summaryOf } from "../../ledger/index.ts";
import type { CallSummary } from "../../ledger/contract.ts";
import { interfacesErrors } from "../errors.ts";

const QUEUE_MAX = 2000;

/** Ends when `signal` aborts. Throws `interfaces.listener_too_slow`. */
export async function* liveCalls(ledger: Ledger, signal: AbortSignal): AsyncGenerator<CallSummary> {
  const queue: CallSummary[] = [];
  let isTooSlow = false;
  let wake = (): void => undefined;
  const unsubscribe = ledger.subscribe((record) => {
    isTooSlow ||= queue.length >= QUEUE_MAX;
    if (!isTooSlow) queue.push(summaryOf(record));
    wake();
  });
  const end = (): void => wake();
  signal.addEventListener("abort", end);
  try {
    while (!signal.aborted) {
      const next = queue.shift();
      if (next) yield next;
      else if (isTooSlow) throw interfacesErrors.listener_too_slow({ max: QUEUE_MAX, retryAfterMs: 1000 });
      else await new Promise<void>((resolve) => void (wake = resolve));
    }
  } finally {
    unsubscribe();
    signal.removeEventListener("abort", end);
  }
}
