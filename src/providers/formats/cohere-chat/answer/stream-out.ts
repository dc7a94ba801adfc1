// A vendor's stream of server-sent events as canonical events. Bytes may come in any pieces: the same bytes give the
// same events. A stream that stops short, or sends what is no JSON, ends with `error`, never with a clean `end`.
import { createParser, type EventSourceMessage, type ParseError } from "eventsource-parser";
import type { ChatEvent } from "../../../contract.ts";
import type { DecoderOptions, StreamDecoder } from "../../dialect.ts";
import { isObject } from "../../fields.ts";
import { readCohereError } from "../errors.ts";
import { createAnswerReader } from "./answer-out.ts";

/** Bytes outside any event that are kept, because they may be a JSON error that was never framed as an event. */
const STRAY_LENGTH_MAX = 64 * 1024;

/** `eventBytesMax` bounds one event, in UTF-16 units; a longer one is an error. */
export function createStreamDecoder({ eventBytesMax }: DecoderOptions): StreamDecoder {
  const reader = createAnswerReader();
  const text = new TextDecoder();
  let events: ChatEvent[] = [];
  let stray = "";
  let isClosed = false;

  function fail(message: string, code: string): void {
    events.push(...reader.fail({ message, code }));
  }

  function failWith(body: string, usualCode: string): void {
    const { message, code } = readCohereError(200, body);
    fail(message, code ?? usualCode);
  }

  function onEvent({ event, data }: EventSourceMessage): void {
    if (reader.isOver || data.trim() === "" || data.trim() === "[DONE]") return;
    const body = tryParse(data);
    if (event === "error" || (isObject(body) && isObject(body["error"]))) failWith(data, "vendor_error");
    else if (body === undefined && isClosed) events.push(...reader.close());
    else if (body === undefined) fail(`The vendor sent an event that is not JSON: ${data.slice(0, 100)}`, "malformed");
    else {
      // An event's name and its data's type are the same word; where the data has none, the name serves.
      const named =
        isObject(body) && body["type"] === undefined && event !== undefined ? { ...body, type: event } : body;
      events.push(...reader.read(named));
    }
  }

  function onError(error: ParseError): void {
    if (error.type === "max-buffer-size-exceeded")
      fail(`The vendor sent an event longer than ${eventBytesMax} characters.`, "too_long");
    else if (stray.length < STRAY_LENGTH_MAX) stray += `${error.line ?? ""}\n`;
  }

  const parser = createParser({ onEvent, onError, maxBufferSize: eventBytesMax });

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
      if (stray.trim() === "") return [...last, ...reader.close()];
      failWith(stray, "truncated");
      return [...last, ...feed("")];
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
