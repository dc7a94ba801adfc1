// Asks a model as whoever is signed in, by the same address that programs use, and tells of the answer as it comes in. What the page
// may keep of it is bounded; stopping lets go of the connection, by which the server knows that nobody waits any more.
import { EventSourceParserStream } from "eventsource-parser/stream";
import { explainError, type Problem } from "../explain-error.ts";
import { type ModelAnswer, nothingYet } from "./answer.ts";
import { addChunk } from "./gather-answer.ts";

export interface Question {
  /** A chat completion's request, without `stream`. */
  request: object;
  /** Calls of the same session stand together on record. */
  session?: string;
}

export interface Asking {
  csrf: string | null;
  signal: AbortSignal;
  /** With every part of the answer, the last one included. */
  onAnswer: (answer: ModelAnswer) => void;
}

/** One event of a stream, which holds a chunk of an answer. */
const EVENT_CHARACTERS_MAX = 8_000_000;

/** Never rejects: what went wrong is in the answer. */
export async function askModel(
  { request, session }: Question,
  { csrf, signal, onAnswer }: Asking,
): Promise<ModelAnswer> {
  const startedMs = performance.now();
  const sinceStart = (): number => performance.now() - startedMs;
  let answer: ModelAnswer = nothingYet;
  const tell = (next: ModelAnswer): void => onAnswer((answer = next));
  try {
    const response = await fetch("/v1/chat/completions", {
      method: "POST",
      credentials: "same-origin",
      headers: {
        "content-type": "application/json",
        ...(csrf !== null && { "x-csrf-token": csrf }),
        ...(session !== undefined && { "x-binnacle-session": session }),
      },
      body: JSON.stringify({ ...request, stream: true, stream_options: { include_usage: true } }),
      signal,
    });
    tell({ ...answer, ...readHead(response.headers) });
    if (!response.ok) throw Object.assign(new Error(), { problem: await readRefusal(response) });
    for await (const chunk of chunksOf(response)) {
      const problem = problemIn(chunk, 502);
      if (problem !== null) throw Object.assign(new Error(), { problem });
      tell(addChunk(answer, chunk, sinceStart()));
    }
    tell({ ...answer, state: "done", totalMs: sinceStart() });
  } catch (error) {
    const state = signal.aborted ? "stopped" : "failed";
    tell({ ...answer, state, totalMs: sinceStart(), problem: signal.aborted ? null : explainThrown(error) });
  }
  return answer;
}

function readHead(headers: Headers): Pick<ModelAnswer, "callId" | "target" | "cache"> {
  return {
    callId: headers.get("x-binnacle-call-id"),
    target: headers.get("x-binnacle-target"),
    cache: headers.get("x-binnacle-cache"),
  };
}

/** The chunks of a stream, or the one that an answer is which came whole. */
async function* chunksOf(response: Response): AsyncGenerator<unknown> {
  if (response.body === null) return;
  if (!response.headers.get("content-type")?.startsWith("text/event-stream")) {
    yield (await response.json()) as unknown;
    return;
  }
  const events = response.body
    .pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array<ArrayBuffer>>)
    .pipeThrough(new EventSourceParserStream({ maxBufferSize: EVENT_CHARACTERS_MAX, onError: "terminate" }))
    .getReader();
  try {
    for (;;) {
      const { done, value } = await events.read();
      if (done || value.data === "[DONE]") return;
      yield JSON.parse(value.data) as unknown;
    }
  } finally {
    void events.cancel().catch(() => undefined);
  }
}

async function readRefusal(response: Response): Promise<Problem> {
  const said = (await response.json().catch(() => null)) as unknown;
  return problemIn(said, response.status) ?? explainError({ status: response.status });
}

/** Of the dialect's one text its first sentence, which says what happened, and the rest, which says what to do about it. */
function problemIn(said: unknown, status: number): Problem | null {
  const { error } = (said ?? {}) as { error?: { message?: unknown; code?: unknown } };
  if (typeof error !== "object" || error === null) return null;
  const { message, code } = error;
  if (typeof message !== "string") return explainError({ status });
  const kind = status === 401 ? "signed_out" : status === 404 ? "missing" : "refused";
  const [, what = message, todo = ""] = /^(.*?[.!?])\s+(?=[A-Z`])(.*)$/s.exec(message) ?? [];
  return { kind, code: typeof code === "string" ? code : String(status), message: what, fix: todo };
}

function explainThrown(error: unknown): Problem {
  if (error instanceof Error && "problem" in error) return error.problem as Problem;
  if (error instanceof SyntaxError) {
    return {
      kind: "refused",
      code: "console.not_json",
      message: "The answer cannot be read: a part of it is not JSON.",
      fix: "Its record shows what came.",
    };
  }
  return explainError(error);
}
