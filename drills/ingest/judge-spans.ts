// What of the spans that were acknowledged is in the database, counted there, where nothing between could hide a double.
import { createWorld } from "../../src/kernel/index.ts";
import { createStorage, openHome, storageConfigSchema } from "../../src/storage/index.ts";
import type { DrillContext } from "../drill.ts";
import { traceOfBatch } from "./batches.ts";

export interface StoredSpans {
  /** Spans of batches that were acknowledged, and that are not there. */
  lost: number;
  /** Spans that are there more than once. */
  doubled: number;
  rows: number;
}

/** In the embedded database of a Binnacle that has been stopped. */
export async function judgeSpans(
  homePath: string,
  { acknowledged, spansPerBatch }: { acknowledged: readonly number[]; spansPerBatch: number },
  { signal, defer }: DrillContext,
): Promise<StoredSpans> {
  signal.throwIfAborted();
  const home = openHome(homePath);
  const storage = createStorage(storageConfigSchema.parse({}), { world: createWorld(), home });
  const close = async (): Promise<void> => {
    await storage.close();
    home.close();
  };
  defer(close);
  await storage.start();
  const { rows } = await storage.pool.query<{ trace: string; spans: number; rows: number }>(
    `select trace_id::text as trace, count(distinct span_id)::int as spans, count(*)::int as rows
     from ledger_records where not is_own group by trace_id`,
  );
  await close();
  const spansOf = new Map(rows.map(({ trace, spans }) => [trace, spans]));
  return {
    lost: acknowledged.reduce((sum, batch) => sum + spansPerBatch - (spansOf.get(traceOfBatch(batch)) ?? 0), 0),
    doubled: rows.reduce((sum, each) => sum + each.rows - each.spans, 0),
    rows: rows.reduce((sum, each) => sum + each.rows, 0),
  };
}
