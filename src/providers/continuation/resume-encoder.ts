// An encoder in the state of one who said what a caller has. It is told the answer so far and what it writes is compared with
// what went out: a vendor's own bytes may be cut into blocks and items that we would not make, or have closed them already, and
// then nothing can be joined on.
import type { ChatEvent, ChatRequest } from "../contract.ts";
import type { CallerRequest } from "../exchange/caller-request.ts";
import { bytesOf } from "../exchange/meter-events.ts";
import { showBody } from "../exchange/show-body.ts";
import type { StreamEncoder } from "../formats/dialect.ts";
import { dialectOf } from "../formats/dialects.ts";
import { isObject } from "../formats/fields.ts";

export interface Said {
  request: ChatRequest;
  events: readonly ChatEvent[];
  /** As it went out. */
  bytes: Uint8Array;
  mediaType: string;
}

/** Undefined where what comes next would not fit. */
export function resumeEncoder(
  { dialect, framing }: CallerRequest,
  { request, events, bytes, mediaType }: Said,
): StreamEncoder | undefined {
  const { createEncoder } = dialectOf(dialect).caller;
  const encoder = createEncoder({ request, told: [], ...(framing && { framing }) });
  const ours = bytesOf(events.map(encoder.write));
  const [theirShape, ourShape] = [shapeOf(bytes, mediaType), shapeOf(ours, mediaType)];
  if (theirShape.names.join() !== ourShape.names.join()) return undefined;
  return shiftNumbers(encoder, theirShape.lastNumber - ourShape.lastNumber);
}

interface Shape {
  /** Of events that begin or end something, in their order. */
  names: string[];
  /** Where events are numbered. */
  lastNumber: number;
}

/** Those that say a little more of what goes on, that keep a connection alive, or say that an answer begins. */
const SHAPELESS =
  /delta|ping|keepalive|^(message_start|messageStart|message-start|response\.(created|queued|in_progress))$/i;

function shapeOf(bytes: Uint8Array, mediaType: string): Shape {
  const shape: Shape = { names: [], lastNumber: 0 };
  let event = "";
  for (const line of showBody(bytes, mediaType).split(/\r\n|\r|\n/)) {
    if (line.startsWith("event:")) event = line.slice("event:".length).trim();
    const body = line.startsWith("data:") ? parsed(line.slice("data:".length)) : undefined;
    if (!isObject(body)) continue;
    const name = typeof body["type"] === "string" ? body["type"] : event;
    if (typeof body["sequence_number"] === "number") shape.lastNumber = body["sequence_number"];
    if (name !== "" && !SHAPELESS.test(name)) shape.names.push(name);
  }
  return shape;
}

function parsed(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}

/** Within a string of JSON its quotes would be escaped: it is found as a name only. */
const NUMBER = /"sequence_number":(\d+)/g;

function shiftNumbers({ write }: StreamEncoder, by: number): StreamEncoder {
  if (by === 0) return { write };
  return {
    write(event) {
      const said = write(event);
      return typeof said === "string"
        ? said.replaceAll(NUMBER, (_, number: string) => `"sequence_number":${Number(number) + by}`)
        : said;
    },
  };
}
