// A batch whose lines are all finished: its results become files, and the lines go.
import { type Batch, HIDDEN_PURPOSE, newIdOf } from "../batch.ts";
import { createPieceWriter, type PieceWriter } from "../pieces.ts";
import type { StoreParts } from "../store/store.ts";
import { writeResultLine } from "./result-line.ts";

const LINES_AT_ONCE = 20;

/** Within one transaction: results are there once, with the end of the batch. `lifetimeMs` is how long they are kept where the batch does not say. */
export async function writeResults(batch: Batch, store: StoreParts, lifetimeMs: number): Promise<void> {
  const { id, kind, owner, sealedFor, outputLifetimeMs } = batch;
  const open = (name: string): PieceWriter =>
    createPieceWriter(store.files, {
      id: newIdOf("file"),
      owner,
      sealedFor,
      filename: `${id}_${name}.jsonl`,
      purpose: kind === "openai" ? "batch_output" : HIDDEN_PURPOSE,
      lifetimeMs: outputLifetimeMs ?? lifetimeMs,
    });
  const output = open("output");
  const errors = open("error");
  for (let afterLine = 0; ;) {
    const lines = await store.lines.listFinished(id, { afterLine, limit: LINES_AT_ONCE });
    for (const line of lines) {
      const file = kind === "anthropic" || line.outcome === "succeeded" ? output : errors;
      await file.write(Buffer.from(writeResultLine(kind, id, line)));
    }
    const last = lines.at(-1);
    if (!last) break;
    afterLine = last.line;
  }
  await store.lines.removeAll(id);
  await store.batches.end(id, {
    status: endingOf(batch),
    outputFileId: await output.end(),
    errorFileId: await errors.end(),
  });
}

function endingOf({ cancellingAtMs, counts }: Batch): Batch["status"] {
  if (cancellingAtMs !== null) return "cancelled";
  return counts.expired > 0 ? "expired" : "completed";
}
