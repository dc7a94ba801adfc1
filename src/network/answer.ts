// An answer on its way in: bytes are pushed by the connection and pulled by whoever asked.
import type { AnswerHeaders, AnswerReader, HttpAnswer } from "../kernel/index.ts";

/** The connection's end of an answer. */
export interface IncomingAnswer {
  readonly answer: HttpAnswer;
  push(bytes: Buffer): void;
  end(): void;
  fail(error: unknown): void;
}

/** What an answer asks of its connection. */
export interface AnswerSource {
  /** More has come than is read: take nothing more from the network until `resume`. */
  pause(): void;
  resume(): void;
  /** The rest of the body is not wanted. */
  drop(): void;
}

/** Bytes that wait to be read before the connection is told to pause. */
const WAITING_BYTES_MAX = 1024 * 1024;
const END = { done: true } as const;

interface Waiter<T> {
  resolve(value: T): void;
  reject(reason: unknown): void;
}

export function createAnswer(head: { status: number; headers: string[] }, source: AnswerSource): IncomingAnswer {
  const waiting = createWaitingBytes(source);
  let state: "coming" | "whole" | "failed" = "coming";
  let failure: unknown;
  let reader: Waiter<Awaited<ReturnType<AnswerReader["read"]>>> | undefined;
  let textReader: Waiter<string> | undefined;

  const text = (): Promise<string> =>
    new Promise((resolve, reject) => {
      if (state === "whole") return resolve(waiting.takeText());
      if (state === "failed") return reject(failure);
      textReader = { resolve, reject };
      waiting.unbound();
    });

  const read: AnswerReader["read"] = () =>
    new Promise((resolve, reject) => {
      const value = waiting.shift();
      if (value) return resolve({ done: false, value });
      if (state === "whole") return resolve(END);
      if (state === "failed") return reject(failure);
      reader = { resolve, reject };
    });

  function cancel(): Promise<void> {
    if (state !== "coming") return Promise.resolve();
    state = "whole";
    waiting.takeText();
    reader?.resolve(END);
    source.drop();
    return Promise.resolve();
  }

  return {
    answer: {
      status: head.status,
      headers: createHeaders(head.headers),
      body: { getReader: () => ({ read, cancel }), [Symbol.asyncIterator]: () => iterate(read, cancel) },
      text,
    },
    push(bytes) {
      const waiter = reader;
      reader = undefined;
      if (waiter) waiter.resolve({ done: false, value: bytes });
      else waiting.push(bytes);
    },
    end() {
      state = "whole";
      // Its connection goes on to the next.
      waiting.unbound();
      reader?.resolve(END);
      textReader?.resolve(waiting.takeText());
    },
    fail(error) {
      state = "failed";
      failure = error;
      reader?.reject(error);
      textReader?.reject(error);
    },
  };
}

/** What has come and is not yet read. */
function createWaitingBytes(source: AnswerSource) {
  const pieces: Buffer[] = [];
  let bytes = 0;
  let bytesMax = WAITING_BYTES_MAX;
  let isPaused = false;

  function adjust(): void {
    if (bytes >= bytesMax === isPaused) return;
    isPaused = !isPaused;
    if (isPaused) source.pause();
    else source.resume();
  }

  return {
    push(piece: Buffer): void {
      pieces.push(piece);
      bytes += piece.length;
      adjust();
    },
    shift(): Buffer | undefined {
      const piece = pieces.shift();
      bytes -= piece?.length ?? 0;
      adjust();
      return piece;
    },
    takeText(): string {
      const all = pieces.length === 1 ? pieces[0] : Buffer.concat(pieces);
      pieces.length = 0;
      return all?.toString() ?? "";
    },
    /** Takes in all that comes from now on: all of it is wanted, or there is no more. */
    unbound(): void {
      bytesMax = Number.POSITIVE_INFINITY;
      adjust();
    },
  };
}

async function* iterate(read: AnswerReader["read"], cancel: AnswerReader["cancel"]): AsyncGenerator<Uint8Array> {
  try {
    for (let next = await read(); next.value; next = await read()) yield next.value;
  } finally {
    await cancel();
  }
}

/** `raw` holds names and values in turn, as they came. */
function createHeaders(raw: readonly string[]): AnswerHeaders {
  function get(name: string): string | null {
    const wanted = name.toLowerCase();
    let found: string | null = null;
    for (let at = 0; at < raw.length; at += 2) {
      const each = raw[at] ?? "";
      if (each.length !== wanted.length || each.toLowerCase() !== wanted) continue;
      const value = raw[at + 1] ?? "";
      found = found === null ? value : `${found}, ${value}`;
    }
    return found;
  }
  return { get, has: (name) => get(name) !== null };
}
