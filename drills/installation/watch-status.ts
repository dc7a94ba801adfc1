// Looks at the state of a running installation again and again, from outside, and keeps the extremes.
import type { RunningBinnacle } from "./binnacle.ts";

export interface StatusWatch {
  readonly journalPeakBytes: number;
  readonly pendingPeak: number;
  /** How often the state could not be read. */
  readonly failures: number;
  stop(): Promise<void>;
}

const INTERVAL_MS = 200;

export function watchStatus({ client }: Pick<RunningBinnacle, "client">): StatusWatch {
  const watch = { journalPeakBytes: 0, pendingPeak: 0, failures: 0 };
  let isStopped = false;

  async function look(): Promise<void> {
    try {
      const { ledger } = await client.status();
      watch.journalPeakBytes = Math.max(watch.journalPeakBytes, ledger.journal_bytes);
      watch.pendingPeak = Math.max(watch.pendingPeak, ledger.pending_records);
    } catch {
      watch.failures += 1;
    }
  }

  async function lookAgainAndAgain(): Promise<void> {
    while (!isStopped) {
      await look();
      await Bun.sleep(INTERVAL_MS);
    }
  }

  const looking = lookAgainAndAgain();
  return Object.assign(watch, {
    async stop() {
      isStopped = true;
      await looking;
    },
  });
}
