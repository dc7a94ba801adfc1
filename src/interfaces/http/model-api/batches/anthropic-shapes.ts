// Batches as Anthropic's protocol shows them. Times are RFC 3339.
import { type Batch, hasEnded } from "../../../../batches/index.ts";

export function messageBatch(batch: Batch, origin: string) {
  const { id, status, counts, outputFileId } = batch;
  const isEnded = hasEnded(batch);
  // The counts of an Anthropic batch stay at zero until all of it has ended.
  const { succeeded, errored, cancelled, expired } = isEnded ? counts : NONE;
  return {
    id,
    type: "message_batch",
    processing_status: isEnded ? "ended" : status === "cancelling" ? "canceling" : "in_progress",
    request_counts: {
      processing: isEnded ? 0 : counts.total,
      succeeded,
      errored,
      canceled: cancelled,
      expired,
    },
    created_at: time(batch.createdAtMs),
    expires_at: time(batch.expiresAtMs),
    ended_at: time(batch.endedAtMs),
    cancel_initiated_at: time(batch.cancellingAtMs),
    archived_at: null,
    results_url: isEnded && outputFileId !== null ? `${origin}/v1/messages/batches/${id}/results` : null,
  };
}

const NONE = { succeeded: 0, errored: 0, cancelled: 0, expired: 0 };

function time(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}
