// Answers and errors of the model API as HTTP responses.
import { type Answer, callIdOf, type IncomingCall } from "../../../gateway/index.ts";
import { spanIdOf } from "../../../ledger/index.ts";
import { isAppError, toAppError, type World } from "../../../kernel/index.ts";
import { dialectOf, type DialectName } from "../../../providers/index.ts";

const JSON_TYPE = "application/json";
/** What vendors say beside an answer that clients read: quotas, versions, what a download is called. */
const FORWARDED = [
  "content-disposition",
  "anthropic-organization-id",
  "openai-processing-ms",
  "openai-version",
  ...["limit", "remaining", "reset"].flatMap((of) => [`x-ratelimit-${of}-requests`, `x-ratelimit-${of}-tokens`]),
];

/** What the caller gets, and what is said of it in headers. */
export function answerResponse(answer: Answer, trace?: IncomingCall["trace"]): Response {
  const headers: Record<string, string> = {
    "content-type": answer.mediaType === "text/event-stream" ? "text/event-stream; charset=utf-8" : answer.mediaType,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "x-request-id": answer.callId,
    "x-binnacle-call-id": answer.callId,
    "x-binnacle-target": answer.target,
  };
  // Whoever sends its own span wants to know ours; without one, the call's id without dashes is the trace's.
  if (trace?.traceId) headers["traceresponse"] = traceResponse(trace.traceId, answer.callId, trace.flags);
  if (answer.cache !== "off") headers["x-binnacle-cache"] = answer.cache;
  if (answer.validation) headers["x-binnacle-validation"] = answer.validation;
  if (answer.similarity !== undefined) headers["x-binnacle-cache-similarity"] = answer.similarity.toFixed(3);
  if (answer.ageMs !== undefined) headers["age"] = String(Math.floor(answer.ageMs / 1000));
  if (answer.warnings?.length) headers["x-binnacle-budget-warning"] = printable(answer.warnings.join("; "));
  if (answer.dropped.length > 0) headers["x-binnacle-dropped"] = droppedHeader(answer.dropped);
  for (const name of FORWARDED) {
    const value = answer.headers.get(name);
    if (value !== null) headers[name] = value;
  }
  // A caller's own limits say more to it than those of a vendor that others use as well.
  for (const { unit, limit, remaining, resetMs } of answer.quotas ?? []) {
    headers[`x-ratelimit-limit-${unit}`] = String(limit);
    headers[`x-ratelimit-remaining-${unit}`] = String(remaining);
    headers[`x-ratelimit-reset-${unit}`] = `${(resetMs / 1000).toFixed(3)}s`;
  }
  return new Response(answer.status === 204 ? null : bodyOf(answer), { headers, status: answer.status });
}

function traceResponse(traceId: string, callId: string, flags = "01"): string {
  return `00-${traceId}-${spanIdOf(callId)}-${flags}`;
}

const HEADER_LENGTH_MAX = 2000;

/** Names only; the reasons are on the record. What a caller wrote may hold anything, and a header may not. */
/** Headers are ASCII; names of teams need not be. */
function printable(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, "?");
}

function droppedHeader(dropped: Answer["dropped"]): string {
  const names = dropped.map(({ what }) => printable(what).replaceAll(" ", "?"));
  return names.join(", ").slice(0, HEADER_LENGTH_MAX);
}

/** With its head, such a body surely fits into the 16 KiB in which Bun gathers what it sends. */
const GATHERED_BYTES_MAX = 12 * 1024;

// A longer one, given after a wait, Bun 1.4 sends in thirty pieces, one for each word of its head, which takes 150 µs
// (oven-sh/bun#41341); as a stream that has said all at its start, it leaves in two.
function bodyOf({ body }: Answer): BodyInit {
  if (body instanceof ReadableStream) return body;
  // The type of the bytes would allow memory that is shared with threads; ours never is.
  if (Buffer.byteLength(body) <= GATHERED_BYTES_MAX) return body as string | Uint8Array<ArrayBuffer>;
  return new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(typeof body === "string" ? Buffer.from(body) : body);
      controller.close();
    },
  });
}

/** Any error as the clients of a dialect know them, with `retry-after` where a wait is known. */
export function errorResponse(thrown: unknown, world: World, dialect: DialectName = "openai-chat"): Response {
  const error = toAppError(thrown);
  // Any other error is on the record, or the caller's own; this one is a defect of ours, and its cause is told nowhere else.
  if (!isAppError(thrown)) world.log.error({ err: thrown }, "a request failed inside Binnacle");
  const headers = new Headers({
    "content-type": JSON_TYPE,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  });
  const callId = callIdOf(error);
  if (callId !== undefined) {
    headers.set("x-request-id", callId);
    headers.set("x-binnacle-call-id", callId);
  }
  const waitMs = error.retryAfterMs;
  if (waitMs !== undefined && waitMs > 0) {
    headers.set("retry-after", String(Math.ceil(waitMs / 1000)));
    headers.set("retry-after-ms", String(Math.ceil(waitMs)));
  }
  // SDKs try a 5xx again by themselves; this one was tried again here as often as was asked.
  if (error.code === "gateway.answer_invalid") headers.set("x-should-retry", "false");
  const body = dialectOf(dialect).caller.writeError(error, callId);
  return new Response(JSON.stringify(body), { status: error.status, headers });
}
