// Entries that come alone: gathered for a moment, written together. What happened anyhow and finds no room is counted, and told
// by an entry of its own, so that a gap is seen to be one.
import type { Log } from "../../kernel/index.ts";
import { isDataFault } from "../../storage/index.ts";
import { auditErrors } from "../errors.ts";
import type { CompleteEntry } from "../acting/acting.ts";
import { createGaps, createRefusalBound, type Gaps } from "./gaps.ts";

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
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running = Promise.resolve();
  let isClosed = false;
  let hasFailed = false;
  const gaps = createGaps(config, { nowMs, due: () => schedule(0) });
  const isOneTooMany = createRefusalBound(config.refusals_per_minute_max, nowMs);
  const unavailable = (cause?: unknown) => auditErrors.unavailable({ retryAfterMs: config.retry }, cause);

  function schedule(delayMs: number): void {
    if (timer !== undefined || isClosed) return;
    timer = setTimeout(() => {
      timer = undefined;
      running = running.then(flush);
    }, delayMs);
  }

  async function flush(): Promise<void> {
    while (waiting.length > 0 || gaps.isDue()) {
      const some = waiting.slice(0, config.together_max);
      waiting = waiting.slice(some.length);
      const gap = gaps.take();
      const error = await tryToWrite([...some.map(({ entry }) => entry), ...(gap ? [gap.entry] : [])], write);
      if (error !== undefined && gap) gaps.untell(gap.dropped);
      const left = error === undefined ? [] : isEntryFault(error) ? await writeApart(some, { write, log, gaps }) : some;
      if (error === undefined) for (const { settle } of some) settle?.();
      if (left.length > 0 || (error !== undefined && !isEntryFault(error))) return failed(left, error);
      hasFailed = false;
    }
  }

  /** Those that somebody waits for fail; the others wait for a better moment, in their order. */
  function failed(some: readonly Waiting[], error: unknown): void {
    if (!hasFailed) log.warn({ err: error }, "audit entries could not be written");
    hasFailed = true;
    for (const { settle } of some) settle?.(unavailable(error));
    waiting = [...some.filter(({ settle }) => settle === undefined), ...waiting];
    schedule(config.retry);
  }

  return {
    note(entry) {
      if (isClosed || !isAvailable()) return Promise.reject(unavailable());
      if (waiting.length >= config.waiting_max)
        return Promise.reject(auditErrors.full({ max: config.waiting_max, retryAfterMs: config.retry }));
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      waiting.push({ entry, settle: (error) => (error === undefined ? resolve() : reject(error)) });
      schedule(config.gather);
      return promise;
    },
    tell(entry) {
      if (isClosed || waiting.length >= config.waiting_max || isOneTooMany(entry)) return gaps.drop();
      waiting.push({ entry: { ...entry, at_ms: entry.at_ms ?? nowMs() } });
      schedule(config.gather);
    },
    async close() {
      isClosed = true;
      clearTimeout(timer);
      gaps.close();
      await running;
      if (isAvailable()) await flush();
    },
    untold: gaps.count,
  };
}

type Write = NotesDeps["write"];

/** What was thrown; undefined where nothing was. */
async function tryToWrite(entries: readonly CompleteEntry[], write: Write): Promise<unknown> {
  try {
    await write(entries);
    return undefined;
  } catch (error) {
    return error ?? new Error("it failed");
  }
}

/** One that PostgreSQL will never take keeps no other waiting. Gives those that must wait for a better moment. */
async function writeApart(
  some: readonly Waiting[],
  { write, log, gaps }: Pick<NotesDeps, "write" | "log"> & { gaps: Gaps },
): Promise<readonly Waiting[]> {
  for (const [index, { entry, settle }] of some.entries()) {
    const error = await tryToWrite([entry], write);
    if (error !== undefined && !isEntryFault(error)) return some.slice(index);
    if (error !== undefined) log.warn({ err: error, action: entry.action }, "an audit entry could not be written");
    if (settle) settle(error);
    else if (error !== undefined) gaps.drop();
  }
  return [];
}

/** PostgreSQL will never take it, or no leaf can be made of it. */
function isEntryFault(error: unknown): boolean {
  return error instanceof TypeError || isDataFault(error);
}
