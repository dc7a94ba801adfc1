// A vendor's stream as canonical events: server-sent events, or a JSON array that comes bit by bit; the first sign tells which. Bytes
// may come in any pieces: the same bytes give the same events. A stream that stops short ends with `error`, never with a clean `end`.
import { createParser, type ParseError } from "eventsource-parser";
import type { ChatEvent } from "../../../contract.ts";
import type { DecoderOptions, StreamDecoder } from "../../dialect.ts";
import { readGeminiError } from "../errors.ts";
import { type AnswerReader, createAnswerReader } from "./answer-out.ts";
import { createArrayCutter } from "./json-array.ts";

/** Bytes outside any event that are kept, because they may be a JSON error that was never framed as an event. */
const STRAY_LENGTH_MAX = 64 * 1024;

/** Of one framing: takes text, and tells the reader. */
interface Framing {
  feed(text: string, push: (events: ChatEvent[]) => void): void;
  /** The vendor closed. */
  close(push: (events: ChatEvent[]) => void): void;
}

/** `eventBytesMax` bounds one event, and what is kept of a candidate, in UTF-16 units; a longer one is an error. */
export function createStreamDecoder({ eventBytesMax }: DecoderOptions): StreamDecoder {
  const reader = createAnswerReader(eventBytesMax);
  const text = new TextDecoder();
  let framing: Framing | undefined;

  function feed(piece: string): ChatEvent[] {
    const events: ChatEvent[] = [];
    if (reader.isOver) return events;
    const said = framing ? piece : piece.trimStart();
    if (said === "") return events;
    framing ??= /^[[{]/.test(said) ? frameArray(reader, eventBytesMax) : frameEvents(reader, eventBytesMax);
    framing.feed(said, (more) => void events.push(...more));
    return events;
  }

  return {
    feed: (bytes) => feed(text.decode(bytes, { stream: true })),
    finish() {
      const events = feed(text.decode());
      framing?.close((more) => void events.push(...more));
      return [...events, ...reader.close()];
    },
  };
}

function frameEvents(reader: AnswerReader, lengthMax: number): Framing {
  let tell: (events: ChatEvent[]) => void = () => {};
  let stray = "";
  let isClosed = false;

  function onEvent({ data }: { data: string }): void {
    if (reader.isOver || data.trim() === "" || data.trim() === "[DONE]") return;
    const piece = tryParse(data);
    if (piece !== undefined) tell(reader.read(piece));
    // Cut off in the midst of it.
    else if (isClosed) tell(reader.fail({ message: "The answer broke off.", code: "truncated" }));
    else tell(reader.fail(notJson(data)));
  }

  function onError(error: ParseError): void {
    if (error.type === "max-buffer-size-exceeded") tell(reader.fail(tooLong(lengthMax)));
    else if (stray.length < STRAY_LENGTH_MAX) stray += `${error.line ?? ""}\n`;
  }

  const parser = createParser({ onEvent, onError, maxBufferSize: lengthMax });
  return {
    feed(text, push) {
      tell = push;
      parser.feed(text);
    },
    close(push) {
      tell = push;
      isClosed = true;
      // Some vendors close without the empty line that ends the last event.
      if (!reader.isOver) parser.feed("\n\n");
      if (!stray.includes('"error"')) return;
      const { message, code } = readGeminiError(200, stray);
      tell(reader.fail({ message, code: code ?? "vendor_error" }));
    },
  };
}

function frameArray(reader: AnswerReader, lengthMax: number): Framing {
  const cutter = createArrayCutter(lengthMax);
  return {
    feed(text, push) {
      for (const object of cutter.feed(text)) {
        const piece = tryParse(object);
        push(piece === undefined ? reader.fail(notJson(object)) : reader.read(piece));
      }
      if (cutter.fault === "too_long") push(reader.fail(tooLong(lengthMax)));
      if (cutter.fault === "malformed") push(reader.fail(notJson(text)));
    },
    close(push) {
      if (!cutter.isWhole) push(reader.fail({ message: "The answer broke off.", code: "truncated" }));
    },
  };
}

function notJson(text: string) {
  return { message: `The vendor sent a piece that is not JSON: ${text.slice(0, 100)}`, code: "malformed" };
}

function tooLong(lengthMax: number) {
  return { message: `The vendor sent a piece longer than ${lengthMax} characters.`, code: "too_long" };
}

function tryParse(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}
