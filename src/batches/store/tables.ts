// The tables of this room as Kysely knows them, and how rows become what the room speaks of.
import type { ColumnType, Generated, Kysely, Selectable } from "kysely";
import type { DataOwner } from "../../kernel/index.ts";
import type { Batch, BatchKind, BatchStatus, InputProblem, Outcome, StoredFile } from "../batch.ts";

interface FilesTable {
  id: string;
  owner: string;
  filename: string;
  purpose: string;
  bytes: Generated<number>;
  created_at: Generated<Date>;
  expires_at: Date;
}

interface BatchesTable {
  id: string;
  kind: BatchKind;
  owner: string;
  key_id: string;
  sealed_for: ColumnType<DataOwner | null, string | null, never>;
  endpoint: string;
  headers: string;
  status: BatchStatus;
  metadata: string | null;
  problems: string | null;
  input_file_id: string | null;
  output_file_id: string | null;
  error_file_id: string | null;
  output_lifetime_ms: number | null;
  total: Generated<number>;
  succeeded: Generated<number>;
  errored: Generated<number>;
  cancelled: Generated<number>;
  expired: Generated<number>;
  created_at: Generated<Date>;
  expires_at: Date;
  in_progress_at: Date | null;
  cancelling_at: Date | null;
  finalizing_at: Date | null;
  ended_at: Date | null;
  served_at: Generated<Date>;
}

interface LinesTable {
  batch_id: string;
  line: number;
  custom_id: string;
  body: string;
  claim: string | null;
  claimable_at: ColumnType<Date | number>;
  tries: Generated<number>;
  finished_at: Date | null;
  outcome: Outcome | null;
  status: number | null;
  call_id: string | null;
  result: string | null;
}

export interface BatchesTables {
  batches_files: FilesTable;
  batches_file_chunks: { file_id: string; place: number; bytes: Buffer; is_sealed: Generated<boolean> };
  batches_batches: BatchesTable;
  batches_lines: LinesTable;
}

/** A connection of the pool at need, or a transaction. */
export type Database = Kysely<BatchesTables>;

export function fileFromRow(row: Selectable<FilesTable>): StoredFile {
  const { id, filename, purpose, bytes } = row;
  return {
    id,
    filename,
    purpose,
    bytes,
    createdAtMs: row.created_at.getTime(),
    expiresAtMs: row.expires_at.getTime(),
  };
}

// What is parsed here was written by this room.
export function batchFromRow(row: Selectable<BatchesTable>): Batch {
  const { id, kind, owner, endpoint, status, total, succeeded, errored, cancelled, expired } = row;
  return {
    id,
    kind,
    owner,
    keyId: row.key_id,
    sealedFor: row.sealed_for,
    endpoint,
    headers: JSON.parse(row.headers) as Record<string, string>,
    status,
    metadata: row.metadata === null ? null : (JSON.parse(row.metadata) as Record<string, string>),
    problems: row.problems === null ? null : (JSON.parse(row.problems) as InputProblem[]),
    inputFileId: row.input_file_id,
    outputFileId: row.output_file_id,
    errorFileId: row.error_file_id,
    outputLifetimeMs: row.output_lifetime_ms,
    counts: { total, succeeded, errored, cancelled, expired },
    createdAtMs: row.created_at.getTime(),
    expiresAtMs: row.expires_at.getTime(),
    inProgressAtMs: timeOf(row.in_progress_at),
    cancellingAtMs: timeOf(row.cancelling_at),
    finalizingAtMs: timeOf(row.finalizing_at),
    endedAtMs: timeOf(row.ended_at),
  };
}

function timeOf(date: Date | null): number | null {
  return date === null ? null : date.getTime();
}
