// What became of calls that were to be exported: counted, and told in the log when trouble begins and when it is over.
import type { Log } from "../../kernel/index.ts";
import type { ExportState } from "./contract.ts";

export interface Tally {
  taken(calls: number, answer: { rejected: number; why: string | null }): void;
  dropped(calls: number, why: string): void;
  /** Something is in the way; it may go well all the same. */
  trouble(why: string): void;
  state(): Pick<ExportState, "sent" | "dropped" | "rejected" | "last_error">;
}

export function createTally(url: string, log: Pick<Log, "info" | "warn">): Tally {
  const counts = { sent: 0, dropped: 0, rejected: 0 };
  let lastError: string | null = null;

  function trouble(why: string): void {
    if (lastError === null) log.warn({ url, why }, "calls cannot be exported");
    lastError = why;
  }

  return {
    taken(calls, { rejected, why }) {
      counts.sent += calls;
      counts.rejected += rejected;
      if (rejected > 0) return trouble(`${rejected} spans were rejected${why === null ? "" : `: ${why}`}`);
      if (lastError !== null) log.info({ url, dropped: counts.dropped }, "calls are exported again");
      lastError = null;
    },
    dropped(calls, why) {
      counts.dropped += calls;
      trouble(why);
    },
    trouble,
    state: () => ({ ...counts, last_error: lastError }),
  };
}
