// The ledger's front door: the record of what happened. Wire shapes and routes are in contract.ts.
export { ledgerConfigSchema, type LedgerConfig } from "./config.ts";
export type {
  Attempt,
  BodyRef,
  AnswerValidation,
  Cached,
  CacheOutcome,
  CallOutcome,
  CallPage,
  CallQuery,
  CallRecord,
  CallSummary,
  Considered,
  GuardrailEntry,
  LedgerState,
  ShadowLink,
  SpanRecord,
  Tokens,
  Who,
} from "./contract.ts";
export { spanIdOf, traceIdOf } from "./call-id.ts";
export { isInScope, type RecordScope } from "./filter/scope.ts";
export type { RecordScores } from "./scores/scores.ts";
export type { FoundRecord, RecordReader } from "./records/read-records.ts";
export type { FollowingStore } from "./store/records/following.ts";
export type { NoteCall, NotedCall } from "./projector/looking/notes.ts";
export { MODEL_NAME_CHARS_MAX } from "./open-call.ts";
export { createLedger, type Ledger, type LedgerDeps } from "./ledger.ts";
export { spanRecordId } from "./call-id.ts";
export type { CallListener, SpanListener, StoredListener } from "./listeners.ts";
export { ledgerMigrations } from "./migrations/index.ts";
export type { BodyInput, CallStart, OpenCall } from "./open-call.ts";
export type { NewSpan } from "./spans/append-spans.ts";
export { summaryOf } from "./reading/read-calls.ts";
export { type ExportFormatName, exportFormatNames } from "./export/formats.ts";
export type { ExportFile, ExportWish } from "./export/export-records.ts";
export type { Imported } from "./export/import-records.ts";
export type { ImportSource } from "./export/portable.ts";
export type { RecordProfile, RecordSample, SampledRecord, SampleQuery } from "./store/sampling.ts";
export type {
  CostlyRecord,
  SumAnswer,
  SumQuery,
  SumRow,
  Sums,
  SumsState,
  WithinQuery,
  WithinRow,
} from "./sums/contract.ts";
