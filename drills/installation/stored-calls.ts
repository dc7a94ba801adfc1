// The record as it can be read back: once PostgreSQL has all of it, over the API page by page, and counted in the database
// itself, where nothing between could hide a double.
import { createWorld } from "../../src/kernel/index.ts";
import { createStorage, openHome, type Storage, storageConfigSchema } from "../../src/storage/index.ts";
import type { DrillContext } from "../drill.ts";
import type { RunningBinnacle } from "./binnacle.ts";

export interface StoredCall {
  id: string;
  /** What its caller tagged it with (load/planned-call.ts). */
  tag: string;
  outcome: string;
}

export interface StoredCount {
  rows: number;
  ids: number;
  tags: number;
}

const POLL_MS = 100;
const DRAIN_TIMEOUT_MS = 180_000;
const PAGE_LIMIT = 200;

/** Resolves, with how long it took, when no record waits for PostgreSQL any more. */
export async function untilProjected(
  { client }: RunningBinnacle,
  { signal }: Pick<DrillContext, "signal">,
): Promise<number> {
  const beganMs = performance.now();
  for (;;) {
    signal.throwIfAborted();
    const { ledger } = await client.status();
    const waitedMs = performance.now() - beganMs;
    if (ledger.pending_records === 0) return waitedMs;
    if (waitedMs > DRAIN_TIMEOUT_MS)
      throw new Error(
        `${ledger.pending_records} records still wait for PostgreSQL: ${ledger.last_error ?? "no error"}`,
      );
    await Bun.sleep(POLL_MS);
  }
}

export async function readAllCalls({ client }: RunningBinnacle): Promise<StoredCall[]> {
  const found: StoredCall[] = [];
  let cursor: string | null | undefined;
  do {
    const page = await client.calls.list({ limit: PAGE_LIMIT, ...(cursor ? { cursor } : {}) });
    for (const { id, who, outcome } of page.calls) found.push({ id, tag: who.tags[0] ?? "", outcome });
    cursor = page.next_cursor;
  } while (cursor !== null);
  return found;
}

export async function countCalls({ pool }: Pick<Storage, "pool">): Promise<StoredCount> {
  const { rows } = await pool.query<StoredCount>(
    `select count(*)::int as rows, count(distinct id)::int as ids,
      count(distinct data->'who'->'tags'->>0)::int as tags from ledger_records`,
  );
  return rows[0] ?? { rows: 0, ids: 0, tags: 0 };
}

/** The same, in the embedded database of a Binnacle that has been stopped. */
export async function countCallsIn(homePath: string, { signal, defer }: DrillContext): Promise<StoredCount> {
  signal.throwIfAborted();
  const home = openHome(homePath);
  const storage = createStorage(storageConfigSchema.parse({}), { world: createWorld(), home });
  const close = async (): Promise<void> => {
    await storage.close();
    home.close();
  };
  defer(close);
  await storage.start();
  const count = await countCalls(storage);
  await close();
  return count;
}
