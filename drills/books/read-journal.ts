// What a killed process left in its journal, read as the next one would, from a copy.
import { cpSync } from "node:fs";
import { join } from "node:path";
import { createWorld } from "../../src/kernel/index.ts";
import type { CallRecord, SpanRecord } from "../../src/ledger/contract.ts";
import { ledgerConfigSchema } from "../../src/ledger/index.ts";
import { createJournal } from "../../src/ledger/journal/journal.ts";
import { splitRecordLines } from "../../src/ledger/projector/lines/record-lines.ts";

const BUFFER_BYTES = 8 * 1024 * 1024;

export async function readJournal(home: string): Promise<{ cost: number; records: number }> {
  const folder = join(home, "..", "journal-copy");
  cpSync(join(home, "journal"), folder, { recursive: true });
  const journal = createJournal(ledgerConfigSchema.parse({}).journal, { folder, world: createWorld() });
  journal.start();
  const records: (CallRecord | SpanRecord)[] = [];
  const limits = { buffer: Buffer.alloc(BUFFER_BYTES), recordsMax: 1000 };
  for (let at = journal.begin(); ;) {
    const { frames, next } = journal.read(at, limits);
    for (const { json } of frames) records.push(JSON.parse(Buffer.from(splitRecordLines(json).record).toString()));
    if (frames.length === 0 && next.segment === at.segment && next.offset === at.offset) break;
    at = next;
  }
  journal.close();
  return { records: records.length, cost: records.reduce((sum, record) => sum + costOf(record), 0) };
}

/** The spans around the gateway's calls say what these cost once more. */
function costOf(record: CallRecord | SpanRecord): number {
  if ("source" in record && record.name === "chat around") return 0;
  return record.cost?.usd_micros ?? 0;
}
