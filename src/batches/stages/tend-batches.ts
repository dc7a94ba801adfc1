// What a batch needs beside its lines being carried out, a step at a time. Each step is one transaction that holds the
// batch, so that of several processes one takes it, and one that dies has done nothing.
import type { World } from "../../kernel/index.ts";
import type { Batch, InputProblem } from "../batch.ts";
import type { BatchesConfig } from "../config.ts";
import type { BatchesStore, StoreParts } from "../store/store.ts";
import { validateInput } from "./validate-input.ts";
import { writeResults } from "./write-results.ts";

const CLEANING_INTERVAL_MS = 60_000;

export interface TenderDeps {
  store: BatchesStore;
  world: Pick<World, "nowMs" | "monotonicMs" | "log">;
  /** There may be lines to carry out. */
  onStepped(): void;
}

/** Takes each batch that is due one step further; says whether any step was taken. */
export function createTender(config: BatchesConfig, { store, world, onStepped }: TenderDeps): () => Promise<boolean> {
  let cleanedMs = Number.NEGATIVE_INFINITY;

  async function takeStep(id: string): Promise<boolean> {
    try {
      return await store.transact(async (parts) => {
        const batch = await parts.batches.take(id);
        return batch !== undefined && stepOf(batch, parts);
      });
    } catch (error) {
      if (error === TAKEN_BACK) return true;
      world.log.error({ err: error, batch: id }, "a batch could not be taken further; it is tried again");
      return false;
    }
  }

  async function stepOf(batch: Batch, parts: StoreParts): Promise<boolean> {
    const { id, status } = batch;
    if (status === "validating" && batch.expiresAtMs <= world.nowMs()) {
      await parts.batches.refuse(id, [NOT_VALIDATED]);
      return true;
    }
    if (status === "validating") {
      if (!(await validateInput(batch, parts, config))) throw TAKEN_BACK;
      return true;
    }
    if (batch.finalizingAtMs !== null) {
      await writeResults(batch, parts, config.retention);
      return true;
    }
    if (status !== "in_progress" && status !== "cancelling") return false;
    if (!isAllDone(batch.counts)) {
      // It was listed as due while another process validated it: there is nothing to do but its lines.
      if (status === "in_progress" && batch.expiresAtMs > world.nowMs()) return false;
      const counts = await parts.lines.closeWaiting(id, status === "cancelling" ? "cancelled" : "expired");
      if (!isAllDone(counts)) return false;
    }
    await parts.batches.finalize(id);
    return true;
  }

  async function clean(): Promise<void> {
    if (world.monotonicMs() - cleanedMs < CLEANING_INTERVAL_MS) return;
    cleanedMs = world.monotonicMs();
    await store.files.removeExpired();
    await store.batches.removeEnded(config.retention);
  }

  return async () => {
    await clean();
    let hasStepped = false;
    for (const id of await store.batches.listDue()) hasStepped = (await takeStep(id)) || hasStepped;
    if (hasStepped) onStepped();
    return hasStepped;
  };
}

/** Thrown through a transaction to undo it: the batch was cancelled while its input was read. */
const TAKEN_BACK = new Error("cancelled while validating");

const NOT_VALIDATED: InputProblem = {
  code: "batch_expired",
  message: "The input file could not be read within the completion window.",
  line: null,
  param: null,
};

function isAllDone({ total, succeeded, errored, cancelled, expired }: Batch["counts"]): boolean {
  return total <= succeeded + errored + cancelled + expired;
}
