// One call to one vendor: address, credential, bytes out, bytes in. It tries once and reports; what to do about a
// failure is decided above (gateway/complete.ts). Vendors' error bodies become AppErrors that keep the vendor's words.
import {
  isAppError,
  type AnswerHeaders,
  type AnswerReader,
  type Cancellation,
  type FetchInit,
  type HttpAnswer,
  type World,
} from "../kernel/index.ts";
import type { Exchange, WholeAnswer } from "./exchange/exchange.ts";
import { dialectOf } from "./formats/dialects.ts";
import { readOpenAiError } from "./formats/openai-chat/index.ts";
import { providersErrors } from "./errors.ts";
import type { StreamFault, StreamMeter } from "./passthrough/meter-stream.ts";
import type { Target } from "./target.ts";
import type { Credential } from "./vendors/index.ts";

export interface VendorCall {
  target: Target;
  credential: Credential;
  /** What is sent, and how the answer is read. */
  exchange: Exchange;
  /** Ends the call at any point: the caller hung up or a time-out struck. */
  cancellation: Cancellation;
  answerBytesMax: number;
  /** Trace context, for vendors that are told of it. */
  traceHeaders?: Record<string, string> | undefined;
  /** Told once when an answer begins, with whatever status. */
  onHeaders?: ((status: number, headers: AnswerHeaders, retryAfterMs: number) => void) | undefined;
  /** For a new connection; those that are kept have none to make. */
  connectTimeoutMs?: number;
}

export type VendorAnswer =
  | ({ kind: "whole"; status: number; headers: AnswerHeaders } & WholeAnswer)
  | { kind: "stream"; status: number; headers: AnswerHeaders; mediaType: string; body: VendorStream };

/** An answer that comes bit by bit. Every piece handed out holds whole events only. */
export interface VendorStream {
  readonly meter: StreamMeter;
  /**
   * The next bytes fit for the caller, or null after a proper end. Throws when the stream broke. Once the meter says that
   * the answer is complete there are no more, whether or not the vendor has closed the connection.
   */
  next(): Promise<Uint8Array | null>;
  cancel(): void;
}

const NO_HEADERS: AnswerHeaders = { get: () => null, has: () => false };
/** How long a vendor may take to close the connection after `[DONE]`. */
const CLOSE_TIMEOUT_MS = 1000;

/** Throws `providers.vendor_*`: AppErrors whose `retry` says whether another try can help. */
export async function callVendor(call: VendorCall, world: World): Promise<VendorAnswer> {
  const { exchange } = call;
  if (exchange.known) return { kind: "whole", status: 200, headers: NO_HEADERS, ...exchange.known };
  const response = await send(call, world);
  call.onHeaders?.(response.status, response.headers, retryAfterMs(response.headers));
  if (response.status !== 200 && !isWanted(response.status, exchange)) throw await refusalFrom(call, response);
  const mediaType = response.headers.get("content-type") ?? "";
  if (!exchange.isStreamed(mediaType)) return readWhole(call, response, mediaType);
  const { status, headers } = response;
  const shownType = exchange.streamType ?? mediaType;
  return { kind: "stream", status, headers, mediaType: shownType, body: readStream(call, response, mediaType) };
}

function isWanted(status: number, { passesRefusals }: Exchange): boolean {
  return passesRefusals === true || (status > 200 && status < 300);
}

async function send(call: VendorCall, world: World): Promise<HttpAnswer> {
  const { target, exchange, credential, cancellation, connectTimeoutMs } = call;
  const { vendor } = target;
  const { method = "POST", body } = exchange;
  const url = baseOf(vendor.base_url, exchange.leaves) + exchange.path;
  const request = { method, url, headers: exchange.headers, body };
  try {
    const shown = credential.authorize(request);
    const headers = { ...exchange.headers, ...call.traceHeaders, ...(shown instanceof Promise ? await shown : shown) };
    const carry = vendor.fetch ?? world.fetch;
    // Bun's own time-out would end long silent calls; ours is the cancellation.
    const init = { method, headers, body, cancellation, connectTimeoutMs, timeout: false, redirect: "manual" };
    return await carry(url, init as FetchInit);
  } catch (cause) {
    throw cancellation.isCancelled || isAppError(cause)
      ? cause
      : providersErrors.vendor_unreachable({ target: target.id, url: vendor.base_url }, cause);
  }
}

function baseOf(baseUrl: string, leaves: string | undefined): string {
  return leaves !== undefined && baseUrl.endsWith(leaves) ? baseUrl.slice(0, -leaves.length) : baseUrl;
}

async function readWhole(call: VendorCall, response: HttpAnswer, mediaType: string): Promise<VendorAnswer> {
  const text = await readText(call, response);
  const whole = readAnswer(call, text, mediaType);
  if (!whole) throw garbage(call, text);
  return { kind: "whole", status: response.status, headers: response.headers, ...whole };
}

async function readText(call: VendorCall, response: HttpAnswer): Promise<string> {
  const length = Number(response.headers.get("content-length") ?? Number.NaN);
  const isKnownLength = Number.isFinite(length) && !response.headers.has("content-encoding");
  if (isKnownLength && length > call.answerBytesMax) throw tooLong(call);
  const text = isKnownLength ? response.text() : readBounded(call, response);
  return text.catch((cause: unknown) => {
    throw call.cancellation.isCancelled || isAppError(cause)
      ? cause
      : providersErrors.vendor_cut({ target: call.target.id }, cause);
  });
}

// Without a stated length, or compressed, an answer may grow past any bound: count while reading.
async function readBounded(call: VendorCall, response: HttpAnswer): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > call.answerBytesMax) throw tooLong(call);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function readAnswer(call: VendorCall, text: string, mediaType: string) {
  try {
    return call.exchange.readWhole(text, mediaType);
  } catch (cause) {
    if (isAppError(cause)) throw cause;
    throw garbage(call, text, cause);
  }
}

function readStream(call: VendorCall, response: HttpAnswer, mediaType: string): VendorStream {
  const meter = call.exchange.createMeter(call.answerBytesMax, mediaType);
  const reader = response.body?.getReader();
  let hasEnded = reader === undefined;
  return {
    meter,
    async next() {
      while (!hasEnded && reader) {
        const { done, value } = await reader.read().catch((cause: unknown) => {
          throw call.cancellation.isCancelled ? cause : providersErrors.vendor_cut({ target: call.target.id }, cause);
        });
        hasEnded = done || value === undefined;
        const shown = hasEnded ? meter.end() : meter.push(value as Uint8Array);
        if (meter.isComplete && !hasEnded) {
          hasEnded = true;
          void awaitClose(reader);
        }
        if (shown.length > 0) return shown;
        if (meter.fault) throw faultError(call, meter.fault);
      }
      if (meter.fault) throw faultError(call, meter.fault);
      if (!meter.isComplete) throw providersErrors.vendor_cut({ target: call.target.id });
      return null;
    },
    cancel() {
      hasEnded = true;
      // A reader whose stream already broke rejects here; that has been reported by `next`.
      reader?.cancel().catch(() => undefined);
    },
  };
}

/** A connection that the vendor closes in order can be used again; one that it leaves open is cut. */
async function awaitClose(reader: AnswerReader): Promise<void> {
  const cut = (): void => void reader.cancel().catch(() => undefined);
  const timer = setTimeout(cut, CLOSE_TIMEOUT_MS);
  const { done } = await reader.read().catch(() => ({ done: true }));
  clearTimeout(timer);
  if (!done) cut();
}

function faultError(call: VendorCall, fault: StreamFault) {
  return fault.kind === "malformed"
    ? providersErrors.vendor_garbage({ target: call.target.id, detail: fault.detail })
    : providersErrors.vendor_failed({
        target: call.target.id,
        status: 200,
        detail: readOpenAiError(200, fault.detail).message,
      });
}

function garbage(call: VendorCall, text: string, cause?: unknown) {
  return providersErrors.vendor_garbage(
    { target: call.target.id, detail: `its answer begins with ${JSON.stringify(text.slice(0, 80))}` },
    cause,
  );
}

function tooLong(call: VendorCall) {
  return providersErrors.vendor_garbage({
    target: call.target.id,
    detail: `its answer is longer than ${call.answerBytesMax} bytes`,
  });
}

/** A vendor's refusal as an AppError: its status decides whether another try can help and what the caller sees. */
async function refusalFrom(call: VendorCall, response: HttpAnswer) {
  const text = await response.text().catch(() => "");
  const vendorError = dialectOf(call.exchange.dialect).vendor.readError(response.status, text.slice(0, 20_000));
  const params = {
    target: call.target.id,
    status: response.status,
    detail: vendorError.message,
    vendorCode: vendorError.code,
    param: vendorError.param ?? null,
  };
  if (response.status === 429)
    return providersErrors.vendor_rate_limited({ ...params, retryAfterMs: retryAfterMs(response.headers) });
  if (response.status === 401 || response.status === 403) return providersErrors.vendor_denied(params);
  if (response.status >= 400 && response.status < 500 && !PASSING.has(response.status))
    return providersErrors.vendor_refused(params);
  return providersErrors.vendor_failed({ ...params, retryAfterMs: retryAfterMs(response.headers) });
}

/** Of the 4xx, what another try may mend: a time-out, a conflict, and Bedrock's word for a model that failed. */
const PASSING: ReadonlySet<number> = new Set([408, 409, 424]);

/** `retry-after-ms`, or `retry-after` in seconds; a date is not used by model vendors. Zero when not said. */
export function retryAfterMs(headers: AnswerHeaders): number {
  const ms = Number(headers.get("retry-after-ms") ?? Number.NaN);
  if (Number.isFinite(ms) && ms >= 0) return ms;
  const seconds = Number(headers.get("retry-after") ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : 0;
}
