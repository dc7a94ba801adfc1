// How the record of one response is filled in and closed: when it is done, or when it never will be.
import { type AppError, elapsedMs, roundMs, type World } from "../../kernel/index.ts";
import type { Attempt, CallRecord } from "../../ledger/contract.ts";
import type { OpenCall } from "../../ledger/index.ts";
import {
  type Providers,
  providersErrors,
  type RealtimeResponse,
  type Target,
  writeWithoutSound,
} from "../../providers/index.ts";
import type { ConnectionRecords } from "./open-records.ts";

export interface ResponseDeps {
  world: World;
  providers: Providers;
  records: ConnectionRecords;
  target: Target;
  /** The try that let us in, as it stands on each record, times and outcome aside. */
  attempt: Attempt;
}

export interface OpenResponse {
  call: OpenCall;
  startedMs: number;
  firstTokenMs: number | null;
}

const OK = 200;

/** `said` is the response as the vendor said it. Throws when it cannot be written to the journal. */
export function closeDone(
  open: OpenResponse,
  { response, said }: { response: RealtimeResponse; said: unknown },
  deps: ResponseDeps,
): void {
  const { record } = open.call;
  const { id, vendor, model } = deps.target;
  record.answer = {
    target: id,
    vendor: vendor.name,
    model: response.model ?? model,
    response_id: response.id === "" ? null : response.id,
    finish_reason: response.reason ?? response.status,
  };
  takeUsage(record, response, deps);
  const failure = failureOf(response, deps.target);
  record.status = failure?.status ?? OK;
  record.error = failure ? { code: failure.code, message: failure.message } : null;
  record.outcome = failure ? "failed" : response.status === "cancelled" ? "cancelled" : "ok";
  takeTimes(open, deps);
  record.attempts = attemptsOf(record, deps);
  open.call.close({ media_type: "application/json", content: writeWithoutSound(said) });
}

/** Throws when it cannot be written to the journal. */
export function closeBroken(open: OpenResponse, error: AppError, deps: ResponseDeps): void {
  const { record } = open.call;
  record.outcome = error.code === "gateway.caller_gone" ? "cancelled" : "truncated";
  record.status = record.outcome === "cancelled" ? error.status : OK;
  record.error = { code: error.code, message: error.message };
  takeTimes(open, deps);
  record.attempts = attemptsOf(record, deps);
  open.call.close();
}

function takeUsage(record: CallRecord, { usage }: RealtimeResponse, { providers, target }: ResponseDeps): void {
  // What was used is not known, and so what it cost is not: it was not free.
  if (!usage) return;
  const { input, output, cache_read, cache_write, reasoning } = usage;
  record.tokens = { input, output, cache_read, cache_write, reasoning, source: "vendor" };
  record.cost = providers.price({ vendor: target.vendor.name, model: target.model }, usage);
}

function failureOf({ status, failure }: RealtimeResponse, { id: target }: Target): AppError | undefined {
  if (status !== "failed") return undefined;
  return providersErrors.vendor_failed({ target, status: OK, detail: failure ?? "it gave no reason" });
}

function takeTimes({ call, startedMs, firstTokenMs }: OpenResponse, { world }: ResponseDeps): void {
  const { timings, tokens } = call.record;
  timings.total_ms = elapsedMs(world, startedMs);
  timings.first_token_ms = firstTokenMs;
  if (firstTokenMs !== null && tokens.output > 1)
    timings.per_output_token_ms = roundMs((timings.total_ms - firstTokenMs) / (tokens.output - 1));
}

const outcomes = {
  ok: "ok",
  failed: "error",
  refused: "error",
  truncated: "truncated",
  cancelled: "cancelled",
} as const;

function attemptsOf({ timings, outcome, error }: CallRecord, { records, attempt }: ResponseDeps): Attempt[] {
  return records.attemptsUpTo({
    ...attempt,
    started_after_ms: 0,
    duration_ms: timings.total_ms,
    first_byte_ms: timings.first_token_ms,
    status: OK,
    outcome: outcomes[outcome],
    error,
  });
}
