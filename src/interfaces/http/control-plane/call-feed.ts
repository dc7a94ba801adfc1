// Calls as they end, in this process and in those that share its port. The others are asked only while somebody here
// listens: each keeps for us what has ended since we asked last.
import { newId, sleep } from "../../../kernel/index.ts";
import { type Ledger, summaryOf } from "../../../ledger/index.ts";
import type { CallSummary } from "../../../ledger/contract.ts";
import type { Peers } from "../../../workers/index.ts";

export interface CallFeed {
  /** Returns the way to stop. */
  subscribe(listener: FeedListener): () => void;
}

export interface FeedListener {
  onCall(call: CallSummary): void;
  /** Calls were left out: more ended elsewhere than are kept between two questions. */
  onGap(): void;
}

/** What a process keeps for another one. */
interface Kept {
  calls: CallSummary[];
  hasGap: boolean;
}

const TOPIC = "calls_ended";
const ASK_EVERY_MS = 100;
const KEPT_MAX = 2000;
/** For one that does not ask any more. */
const KEEP_MS = 5000;

export function createCallFeed(ledger: Ledger, peers: Peers): CallFeed {
  const listeners = new Set<FeedListener>();
  let asking: AbortController | undefined;
  answerOthers(ledger, peers);

  async function askAgainAndAgain(signal: AbortSignal): Promise<void> {
    // New each time: what was kept for whoever listened before is none of this one's business.
    const by = newId();
    while (!signal.aborted) {
      const answers = await peers.ask(TOPIC, { by });
      // Only this same program answers.
      for (const { value } of answers) tellAll(value as Kept);
      await sleep(ASK_EVERY_MS, signal);
    }
  }

  function tellAll({ calls, hasGap }: Kept): void {
    for (const listener of listeners) {
      for (const call of calls) listener.onCall(call);
      if (hasGap) listener.onGap();
    }
  }

  return {
    subscribe(listener) {
      const stop = ledger.subscribe((record) => listener.onCall(summaryOf(record)));
      listeners.add(listener);
      if (peers.count > 1 && !asking) {
        asking = new AbortController();
        void askAgainAndAgain(asking.signal);
      }
      return () => {
        stop();
        listeners.delete(listener);
        if (listeners.size > 0) return;
        asking?.abort();
        asking = undefined;
      };
    },
  };
}

function answerOthers(ledger: Ledger, peers: Peers): void {
  const keptFor = new Map<string, { take(): Kept }>();
  peers.answer(TOPIC, (input) => {
    const { by } = input as { by: string };
    const kept = keptFor.get(by) ?? keep(ledger, () => keptFor.delete(by));
    keptFor.set(by, kept);
    return kept.take();
  });
}

function keep(ledger: Ledger, onEnd: () => void): { take(): Kept } {
  let calls: CallSummary[] = [];
  let hasGap = false;
  const stop = ledger.subscribe((record) => {
    if (calls.length < KEPT_MAX) calls.push(summaryOf(record));
    else hasGap = true;
  });
  const timer = setTimeout(() => {
    stop();
    onEnd();
  }, KEEP_MS);
  timer.unref();
  return {
    take() {
      timer.refresh();
      const taken = { calls, hasGap };
      calls = [];
      hasGap = false;
      return taken;
    },
  };
}
