// Files and batches as OpenAI's protocol shows them. Times are whole seconds.
import { type Batch, hasEnded, type StoredFile } from "../../../../batches/index.ts";

export function fileObject({ id, filename, purpose, bytes, createdAtMs, expiresAtMs }: StoredFile) {
  return {
    id,
    object: "file",
    bytes,
    created_at: seconds(createdAtMs),
    expires_at: seconds(expiresAtMs),
    filename,
    purpose,
    status: "processed",
    status_details: null,
  };
}

export function batchObject(batch: Batch) {
  const { id, endpoint, status, counts, problems, endedAtMs, metadata } = batch;
  const endedAs = (ending: Batch["status"]) => (hasEnded(batch) && status === ending ? seconds(endedAtMs) : null);
  return {
    id,
    object: "batch",
    endpoint,
    errors: problems && { object: "list", data: problems },
    input_file_id: batch.inputFileId ?? "",
    completion_window: "24h",
    status,
    output_file_id: batch.outputFileId,
    error_file_id: batch.errorFileId,
    created_at: seconds(batch.createdAtMs),
    in_progress_at: seconds(batch.inProgressAtMs),
    expires_at: seconds(batch.expiresAtMs),
    finalizing_at: seconds(batch.finalizingAtMs),
    completed_at: endedAs("completed"),
    failed_at: endedAs("failed"),
    expired_at: endedAs("expired"),
    cancelling_at: seconds(batch.cancellingAtMs),
    cancelled_at: endedAs("cancelled"),
    // What is not in the output file is in the error file, and counts as failed.
    request_counts: {
      total: counts.total,
      completed: counts.succeeded,
      failed: counts.errored + counts.expired + counts.cancelled,
    },
    metadata,
  };
}

function seconds(ms: number): number;
function seconds(ms: number | null): number | null;
function seconds(ms: number | null): number | null {
  return ms === null ? null : Math.floor(ms / 1000);
}
