// A vendor's stream of server-sent events as canonical events. Bytes may come in any pieces: the same bytes give the
// same events. A stream that stops short, or sends what is no JSON, ends with `error`, never with a clean `end`.
import { createParser, type EventSourceMessage, type ParseError } from "eventsource-parser";
import type { ChatEvent } from "../../../contract.ts";
import type { StreamDecoder } from "../../dialect.ts";
import { isObject } from "../../fields.ts";
import { readOpenAiError } from "../../openai-chat/index.ts";
import { createAnswerReader } from "./answer-out.ts";

/** Bytes outside any event that are kept, because they may be a JSON error that was never framed as an event. */
const STRAY_LENGTH_MAX = 64 * 1024;

/** `eventBytesMax` bounds one event, in UTF-16 units; a longer one is an error. The last event holds the whole response. */
export function createStreamDecoder({ eventBytesMax }: { eventBytesMax: number }): StreamDecoder {
  const reader = createAnswerReader();
  const text = new TextDecoder();
  let events: ChatEvent[] = [];
  let stray = "";
  let isClosed = false;

  function push(more: ChatEvent[]): void {
    for (const event of more) events.push(event);
  }

  function onEvent({ event, data }: EventSourceMessage): void {
    // Some vendors of this dialect say `[DONE]` too; the response has come to its end before.
    if (reader.isOver || data.trim() === "" || data.trim() === "[DONE]") return;
    const body = tryParse(data);
    if (body === undefined && isClosed) push(reader.close());
    else if (body === undefined)
      push(
        reader.fail({ message: `The vendor sent an event that is not JSON: ${data.slice(0, 100)}`, code: "malformed" }),
      );
    else
      push(reader.read(isObject(body) && body["type"] === undefined ? { ...body, type: nameOf(event, body) } : body));
  }

  function onError(error: ParseError): void {
    if (error.type === "max-buffer-size-exceeded")
      push(
        reader.fail({ message: `The vendor sent an event longer than ${eventBytesMax} characters.`, code: "too_long" }),
      );
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
      const { message, code } = readOpenAiError(200, stray);
      return [...last, ...reader.fail({ message, code: code ?? "truncated" })];
    },
  };
}

/** An event's name and its data's type are the same word; where the data has none, the name serves. */
function nameOf(event: string | undefined, body: object): string | undefined {
  return "error" in body ? "error" : event;
}

function tryParse(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}
