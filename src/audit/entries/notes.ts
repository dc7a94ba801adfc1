// Entries that come alone: gathered for a moment, written together. What happened anyhow and finds no room is counted, and told
// by an entry of its own, so that a gap is seen to be one.
import type { Log } from "../../kernel/index.ts";
import { auditErrors } from "../errors.ts";
import { type CompleteEntry, SYSTEM } from "../acting/acting.ts";

export interface Notes {
  note(entry: CompleteEntry): Promise<void>;
  tell(entry: CompleteEntry): void;
  /** Writes what waits, for a moment. */
  close(): Promise<void>;
  /** Entries that were not kept, since the last gap that was told. */
  untold(): number;
}

interface NotesDeps {
  write(entries: readonly CompleteEntry[]): Promise<void>;
  isAvailable(): boolean;
  nowMs(): number;
  log: Pick<Log, "warn">;
}

interface NotesConfig {
  waiting_max: number;
  /** Entries in one transaction. */
  together_max: number;
  gather: number;
  refusals_per_minute_max: number;
  gap_interval: number;
  retry: number;
}

interface Waiting {
  entry: CompleteEntry;
  /** Of those that somebody waits for. */
  settle?: (error?: unknown) => void;
}

export function createNotes(config: NotesConfig, { write, isAvailable, nowMs, log }: NotesDeps): Notes {
  let waiting: Waiting[] = [];
  let dropped = 0;
  let droppedSinceMs = 0;
  let gapToldAtMs = Number.NEGATIVE_INFINITY;
  let minute = 0;
  let refusals = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let gapTimer: ReturnType<typeof setTimeout> | undefined;
  let running = Promise.resolve();
  let isClosed = false;
  let hasFailed = false;

  function schedule(delayMs: number): void {
    if (timer === undefined && !isClosed)
      timer = setTimeout(() => {
        timer = undefined;
        running = running.then(flush);
      }, delayMs);
  }

  const isGapDue = (): boolean => dropped > 0 && (isClosed || Math.abs(nowMs() - gapToldAtMs) >= config.gap_interval);

  function drop(): void {
    if (dropped === 0) droppedSinceMs = nowMs();
    dropped += 1;
    if (isClosed) return;
    gapTimer ??= setTimeout(() => {
      gapTimer = undefined;
      schedule(0);
    }, config.gap_interval);
  }

  /** Whoever tries keys without end fills no table with it. */
  function isOneTooMany({ outcome }: CompleteEntry): boolean {
    if (outcome !== "refused") return false;
    const now = Math.floor(nowMs() / 60_000);
    if (now !== minute) [minute, refusals] = [now, 0];
    refusals += 1;
    return refusals > config.refusals_per_minute_max;
  }

  async function flush(): Promise<void> {
    while (waiting.length > 0 || isGapDue()) {
      const some = waiting.slice(0, config.together_max);
      waiting = waiting.slice(some.length);
      const gap = isGapDue() ? dropped : 0;
      dropped -= gap;
      const entries = some.map(({ entry }) => entry);
      try {
        await write(gap > 0 ? [...entries, gapEntry(gap, droppedSinceMs)] : entries);
        for (const { settle } of some) settle?.();
        if (gap > 0) gapToldAtMs = nowMs();
        hasFailed = false;
      } catch (error) {
        if (!isDataFault(error)) return failed(some, gap, error);
        dropped += gap;
        await writeApart(some);
      }
    }
  }

  /** One that PostgreSQL will never take keeps no other waiting. */
  async function writeApart(some: readonly Waiting[]): Promise<void> {
    for (const [index, one] of some.entries()) {
      try {
        await write([one.entry]);
        one.settle?.();
      } catch (error) {
        if (!isDataFault(error)) return failed(some.slice(index), 0, error);
        log.warn(
          { err: error, action: one.entry.action },
          "an audit entry could not be written, and is told of as a gap",
        );
        if (one.settle) one.settle(error);
        else drop();
      }
    }
  }

  /** Those that somebody waits for fail; the others wait for a better moment, in their order. */
  function failed(some: readonly Waiting[], gap: number, error: unknown): void {
    if (!hasFailed) log.warn({ err: error }, "audit entries could not be written");
    hasFailed = true;
    dropped += gap;
    for (const { settle } of some) settle?.(auditErrors.unavailable({ retryAfterMs: config.retry }, error));
    const rest = some.filter(({ settle }) => settle === undefined);
    waiting = [...rest, ...waiting];
    schedule(config.retry);
  }

  return {
    note(entry) {
      if (isClosed || !isAvailable()) return Promise.reject(auditErrors.unavailable({ retryAfterMs: config.retry }));
      if (waiting.length >= config.waiting_max)
        return Promise.reject(auditErrors.full({ max: config.waiting_max, retryAfterMs: config.retry }));
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      waiting.push({ entry, settle: (error) => (error === undefined ? resolve() : reject(error)) });
      schedule(config.gather);
      return promise;
    },
    tell(entry) {
      const isKept = !isClosed && waiting.length < config.waiting_max && !isOneTooMany(entry);
      if (isKept) waiting.push({ entry: { ...entry, at_ms: entry.at_ms ?? nowMs() } });
      else drop();
      if (isKept) schedule(config.gather);
    },
    async close() {
      isClosed = true;
      clearTimeout(timer);
      clearTimeout(gapTimer);
      await running;
      if (isAvailable()) await flush();
    },
    untold: () => dropped,
  };
}

/** SQLSTATE classes: 22 data exception, 23 integrity constraint violation, 54 program limit exceeded. */
function isDataFault(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return error instanceof TypeError || (typeof code === "string" && /^(22|23|54)...$/.test(code));
}

function gapEntry(dropped: number, sinceMs: number): CompleteEntry {
  return {
    action: "gap",
    actor: SYSTEM,
    resource: { type: "audit", id: "entries" },
    organisation: SYSTEM.organisation,
    outcome: "failed",
    details: { dropped, since_ms: sinceMs },
  };
}
