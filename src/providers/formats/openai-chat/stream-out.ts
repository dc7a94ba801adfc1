// A vendor's stream of server-sent events as canonical events. Bytes may come in any pieces: the same bytes give the
// same events. A stream that stops short, or sends what is no JSON, ends with `error`, never with a clean `end`.
import { createParser, type EventSourceMessage, type ParseError } from "eventsource-parser";
import type { ChatEvent } from "../../contract.ts";
import { createAnswerReader } from "./answer-out.ts";
import { readOpenAiError } from "./errors.ts";

export interface StreamDecoder {
  feed(bytes: Uint8Array): ChatEvent[];
  /** The vendor closed the connection. */
  finish(): ChatEvent[];
}

/** Bytes outside any event that are kept, because they may be a JSON error that was never framed as an event. */
const STRAY_LENGTH_MAX = 64 * 1024;

/** `eventLengthMax` bounds one event, in UTF-16 units; a longer one is an error. */
export function createStreamDecoder({ eventLengthMax = 8 * 1024 * 1024 } = {}): StreamDecoder {
  const reader = createAnswerReader();
  const text = new TextDecoder();
  let events: ChatEvent[] = [];
  let stray = "";
  let isClosed = false;

  function push(more: ChatEvent[]): void {
    for (const event of more) events.push(event);
  }

  function onEvent({ event, data }: EventSourceMessage): void {
    if (reader.isOver || data.trim() === "") return;
    if (data.trim() === "[DONE]") {
      reader.markDone();
      push(reader.close());
      return;
    }
    const body = tryParse(data);
    if (event === "error") {
      const { message, code } = readOpenAiError(200, data);
      push(reader.fail(message, code ?? "vendor_error"));
    } else if (body === undefined && isClosed) {
      push(reader.fail("The answer broke off.", "truncated"));
    } else if (body === undefined) {
      push(reader.fail(`The vendor sent an event that is not JSON: ${data.slice(0, 100)}`, "malformed"));
    } else push(reader.read(body, "delta"));
  }

  function onError(error: ParseError): void {
    if (error.type === "max-buffer-size-exceeded")
      push(reader.fail(`The vendor sent an event longer than ${eventLengthMax} characters.`, "too_long"));
    else if (stray.length < STRAY_LENGTH_MAX) stray += `${error.line ?? ""}\n`;
  }

  const parser = createParser({ onEvent, onError, maxBufferSize: eventLengthMax });

  function feed(piece: string): ChatEvent[] {
    if (!reader.isOver) parser.feed(piece);
    const said = events;
    events = [];
    return said;
  }

  return {
    feed: (bytes) => feed(text.decode(bytes, { stream: true })),
    finish() {
      isClosed = true;
      // Some vendors close without the empty line that ends the last event.
      const last = feed(`${text.decode()}\n\n`);
      if (reader.isOver) return last;
      const closing = reader.close();
      const [only] = closing;
      if (stray.trim() === "" || only?.type !== "error" || closing.length > 1) return [...last, ...closing];
      const { message, code } = readOpenAiError(200, stray);
      return [...last, { type: "error", message, code: code ?? only.code }];
    },
  };
}

function tryParse(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}
