// A vendor's stream of server-sent events as canonical events, whatever the dialect. Bytes may come in any pieces: the same
// bytes give the same events. A stream that stops short, or sends what is no JSON, ends with `error`, never with a clean `end`.
import { createParser, type EventSourceMessage, type ParseError } from "eventsource-parser";
import type { ChatEvent } from "../contract.ts";
import type { StreamDecoder, VendorError } from "./dialect.ts";
import { isObject } from "./fields.ts";

/** What a dialect makes of one event's JSON. */
export interface EventReader {
  /** After `end` or `error`: nothing more is heard. */
  readonly isOver: boolean;
  read(body: unknown): ChatEvent[];
  fail(error: { message: string; code: string }): ChatEvent[];
  /** The vendor closed: an error unless the answer was whole. */
  close(): ChatEvent[];
}

export interface EventStreamOptions {
  reader: EventReader;
  /** Bounds one event, in UTF-16 units; a longer one is an error. */
  lengthMax: number;
  readError(text: string): VendorError;
  /** Whether an event is an error, where that is not for the reader to see. */
  isError?(name: string | undefined, body: unknown): boolean;
  /** Events have names, which their data may leave out: it then is their `type`. */
  hasNames?: boolean;
  /** `[DONE]`; without it that is no word of the dialect, but one that imitators say. */
  onDone?(): ChatEvent[];
}

/** Bytes outside any event that are kept, because they may be a JSON error that was never framed as an event. */
const STRAY_LENGTH_MAX = 64 * 1024;

export function createEventStreamDecoder(options: EventStreamOptions): StreamDecoder {
  const { reader, lengthMax, readError, onDone } = options;
  const text = new TextDecoder();
  let events: ChatEvent[] = [];
  let stray = "";
  let isClosed = false;

  function push(more: ChatEvent[]): void {
    for (const event of more) events.push(event);
  }

  function onEvent({ event, data }: EventSourceMessage): void {
    const said = data.trim();
    if (reader.isOver || said === "") return;
    if (said === "[DONE]") return onDone && push(onDone());
    push(readEvent(options, { event, data, isClosed }));
  }

  function onError(error: ParseError): void {
    if (error.type === "max-buffer-size-exceeded")
      push(reader.fail({ message: `The vendor sent an event longer than ${lengthMax} characters.`, code: "too_long" }));
    else if (stray.length < STRAY_LENGTH_MAX) stray += `${error.line ?? ""}\n`;
  }

  const parser = createParser({ onEvent, onError, maxBufferSize: lengthMax });

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
      const end = closing.at(-1);
      if (end?.type !== "error" || stray.trim() === "") return [...last, ...closing];
      const { message, code } = readError(stray);
      return [...last, ...closing.slice(0, -1), { ...end, message, code: code ?? end.code }];
    },
  };
}

function readEvent(
  { reader, readError, isError, hasNames }: EventStreamOptions,
  { event, data, isClosed }: { event: string | undefined; data: string; isClosed: boolean },
): ChatEvent[] {
  const body = tryParse(data);
  if (isError?.(event, body)) {
    const { message, code } = readError(data);
    return reader.fail({ message, code: code ?? "vendor_error" });
  }
  if (body !== undefined) return reader.read(hasNames ? named(body, event) : body);
  // What is no JSON at the very end was cut off in the midst of it.
  if (isClosed) return reader.fail({ message: "The answer broke off.", code: "truncated" });
  return reader.fail({
    message: `The vendor sent an event that is not JSON: ${data.slice(0, 100)}`,
    code: "malformed",
  });
}

/** An event's name and its data's type are the same word; where the data has none, the name serves. */
function named(body: unknown, event: string | undefined): unknown {
  if (!isObject(body) || body["type"] !== undefined) return body;
  return { ...body, type: "error" in body ? "error" : event };
}

function tryParse(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}
