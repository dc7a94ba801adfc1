// POST /v1/chat/completions: bytes to a call, and its answer, or its error, to bytes in the caller's dialect.
import type { Answer, Gateway, IncomingCall } from "../../gateway/index.ts";
import { callIdOf } from "../../gateway/index.ts";
import type { Governance } from "../../governance/index.ts";
import { isAppError, toAppError, type World } from "../../kernel/index.ts";
import { checkChatBody, renderOpenAiError } from "../../providers/index.ts";
import type { InterfacesConfig } from "../config.ts";
import { identifyByKey } from "./credential.ts";
import { parseJson, readBody } from "./read-body.ts";

export interface ModelApiDeps {
  config: InterfacesConfig;
  world: World;
  governance: Governance;
  gateway: Gateway;
}

const JSON_TYPE = "application/json";
const STREAM_TYPE = "text/event-stream; charset=utf-8";

export async function serveChatCompletion(
  request: Request,
  { config, world, governance, gateway }: ModelApiDeps,
): Promise<Response> {
  const startedMs = world.monotonicMs();
  try {
    const principal = await identifyByKey(governance, request.headers);
    const text = await readBody(request, config.body_bytes_max);
    const body = checkChatBody(parseJson(text));
    const answer = await gateway.complete({
      principal,
      text,
      body,
      signal: request.signal,
      startedMs,
      trace: readTrace(request.headers),
    });
    return new Response(bodyOf(answer), {
      headers: {
        "content-type": typeof answer.body === "string" ? JSON_TYPE : STREAM_TYPE,
        "cache-control": "no-store",
        "x-request-id": answer.callId,
        "x-binnacle-call-id": answer.callId,
        "x-binnacle-target": answer.target,
      },
    });
  } catch (error) {
    return errorResponse(error, world);
  }
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

/** Any error as OpenAI's clients know them, with `retry-after` where a wait is known. */
export function errorResponse(thrown: unknown, world: World): Response {
  const error = toAppError(thrown);
  // Any other error is on the record, or the caller's own; this one is a defect of ours, and its cause is told nowhere else.
  if (!isAppError(thrown)) world.log.error({ err: thrown }, "a request failed inside Binnacle");
  const { status, body } = renderOpenAiError(error);
  const headers = new Headers({ "content-type": JSON_TYPE, "cache-control": "no-store" });
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
  return new Response(JSON.stringify(body), { status, headers });
}

const TRACEPARENT = /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}/;
const NAME_LENGTH_MAX = 200;
const TAGS_MAX = 20;

/** W3C trace context and Binnacle's own headers. What does not fit is left out: they describe, they do not decide. */
function readTrace(headers: Headers): IncomingCall["trace"] {
  const traceparent = headers.get("traceparent");
  const match = traceparent === null ? null : TRACEPARENT.exec(traceparent);
  const tags = headers.get("x-binnacle-tags");
  return {
    traceId: match?.[1],
    parentSpanId: match?.[2],
    session: shorten(headers.get("x-binnacle-session")),
    user: shorten(headers.get("x-binnacle-user")),
    tags:
      tags === null
        ? []
        : tags
            .split(",", TAGS_MAX)
            .map((tag) => tag.trim().slice(0, NAME_LENGTH_MAX))
            .filter(Boolean),
  };
}

function shorten(value: string | null): string | null {
  return value === null || value === "" ? null : value.slice(0, NAME_LENGTH_MAX);
}
