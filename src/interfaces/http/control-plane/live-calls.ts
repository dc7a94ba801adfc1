// Calls as they end, for one listener. Its queue is bounded: a listener that cannot keep up is told so and may come
// back, rather than being fed gaps in silence.
import type { CallSummary } from "../../../ledger/contract.ts";
import { isInScope, type RecordScope } from "../../../ledger/index.ts";
import { interfacesErrors } from "../../errors.ts";
import type { CallFeed } from "./call-feed.ts";

const QUEUE_MAX = 2000;

/** Ends when `signal` aborts. Throws `interfaces.listener_too_slow`. */
export async function* liveCalls(
  feed: CallFeed,
  { within, signal }: { within?: RecordScope | undefined; signal: AbortSignal },
): AsyncGenerator<CallSummary> {
  const queue: CallSummary[] = [];
  let isTooSlow = false;
  let wake = (): void => undefined;
  const unsubscribe = feed.subscribe({
    onCall(call) {
      if (!isInScope(call.who, within)) return;
      isTooSlow ||= queue.length >= QUEUE_MAX;
      if (!isTooSlow) queue.push(call);
      wake();
    },
    onGap() {
      isTooSlow = true;
      wake();
    },
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
