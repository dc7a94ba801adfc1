// Follows what other processes write to the database: looks again and again, one look at a time, none while the database
// is away. What there is to see, and how cheaply that is found out, whoever looks knows.
import type { Log } from "../kernel/index.ts";

export interface Follower {
  /** Looks, and goes on looking. Comes back after the first look; never throws. */
  start(): Promise<void>;
  /** Looks now, and not with a look that was under way already: for what this process has just written. Never throws. */
  look(): Promise<void>;
  /** Comes back when the look under way is over. */
  close(): Promise<void>;
}

interface FollowerDeps {
  /** Between the end of a look and the next. */
  intervalMs: number;
  isAvailable(): boolean;
  log: Pick<Log, "warn">;
  /** For the log: what could not be followed. */
  what: string;
}

export function createFollower(
  { intervalMs, isAvailable, log, what }: FollowerDeps,
  see: () => Promise<void>,
): Follower {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last = Promise.resolve();
  let isClosed = false;
  let hasFailed = false;

  async function seeIfThere(): Promise<void> {
    if (isClosed || !isAvailable()) return;
    try {
      await see();
      hasFailed = false;
    } catch (err) {
      // Told once, not with every look.
      if (!hasFailed) log.warn({ err }, `${what} could not be followed`);
      hasFailed = true;
    }
  }

  const look = (): Promise<void> => (last = last.then(seeIfThere));

  function schedule(): void {
    if (!isClosed) timer = setTimeout(() => void look().then(schedule), intervalMs);
  }

  return {
    async start() {
      await look();
      schedule();
    },
    look,
    async close() {
      isClosed = true;
      clearTimeout(timer);
      await last;
    },
  };
}
