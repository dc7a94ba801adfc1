// Amazon's binary event stream: frames with headers, a JSON payload and two checksums. Cutting bytes into frames is done here, for
// both directions; what a frame says is read elsewhere.
import { EventStreamCodec } from "@smithy/core/event-streams";
import type { Extra } from "../../contract.ts";

export interface Frame {
  /** `event` where all is well, `exception` or `error` where not. */
  kind: string;
  /** Of the event or the exception: `contentBlockDelta`, `throttlingException`. */
  name: string;
  /** The payload: JSON. */
  body: string;
  /** What an `error` says, which has no payload. */
  message: string;
}

export interface FrameCutter {
  /** The frames that these bytes complete, up to the first that cannot be one. */
  feed(bytes: Uint8Array): Frame[];
  /** Why no more frames come: a checksum or a length that does not hold. */
  readonly fault: string | undefined;
  /** Bytes of a frame that is not whole yet. */
  readonly heldBytes: number;
}

/** The media type of such streams. */
export const AMAZON_EVENT_STREAM = "application/vnd.amazon.eventstream";

/** Length, length of the headers, and their checksum. */
const PRELUDE_BYTES = 12;
const FRAME_BYTES_MIN = 16;

const toText = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString();
const fromText = (text: string): Uint8Array => Buffer.from(text);

/** Of its own it keeps nothing between `encode` and `decode`. */
const codec = new EventStreamCodec(
  (input) => (typeof input === "string" ? input : toText(new Uint8Array(input as Uint8Array))),
  fromText,
);

export function createFrameCutter(frameBytesMax: number): FrameCutter {
  let pieces: Uint8Array[] = [];
  let heldBytes = 0;
  /** Nothing can be said before so many bytes are there. */
  let wantedBytes = PRELUDE_BYTES;
  let fault: string | undefined;

  function cut(all: Uint8Array): Frame[] {
    const frames: Frame[] = [];
    let from = 0;
    try {
      for (;;) {
        const rest = all.subarray(from);
        wantedBytes = rest.length < PRELUDE_BYTES ? PRELUDE_BYTES : lengthOf(rest, frameBytesMax);
        if (rest.length < wantedBytes) break;
        frames.push(readFrame(rest.subarray(0, wantedBytes)));
        from += wantedBytes;
      }
    } catch (error) {
      fault = error instanceof Error ? error.message : String(error);
    }
    pieces = from < all.length ? [all.slice(from)] : [];
    heldBytes = all.length - from;
    return frames;
  }

  return {
    feed(bytes) {
      if (fault !== undefined) return [];
      pieces.push(bytes);
      heldBytes += bytes.length;
      if (heldBytes < wantedBytes) return [];
      return cut(pieces.length === 1 ? bytes : Buffer.concat(pieces));
    },
    get heldBytes() {
      return heldBytes;
    },
    get fault() {
      return fault;
    },
  };
}

function lengthOf(bytes: Uint8Array, frameBytesMax: number): number {
  const length = new DataView(bytes.buffer, bytes.byteOffset, PRELUDE_BYTES).getUint32(0);
  if (length < FRAME_BYTES_MIN) throw new Error(`a frame of ${length} bytes cannot be`);
  if (length > frameBytesMax) throw new Error(`a frame of ${length} bytes is longer than ${frameBytesMax}`);
  return length;
}

function readFrame(bytes: Uint8Array): Frame {
  const { headers, body } = codec.decode(bytes);
  const said = (name: string): string => {
    const value: unknown = headers[name]?.value;
    return typeof value === "string" ? value : "";
  };
  const kind = said(":message-type");
  return {
    kind,
    name: said(kind === "exception" ? ":exception-type" : ":event-type") || said(":error-code"),
    body: toText(body),
    message: said(":error-message"),
  };
}

/** What a whole frame says, as JSON; undefined where it is none. */
export function readFramePayload(bytes: Uint8Array): string | undefined {
  try {
    return readFrame(bytes).body;
  } catch {
    return undefined;
  }
}

/** The same frame, its headers included, around another payload. */
export function rewriteFrame(bytes: Uint8Array, body: string): Uint8Array {
  return codec.encode({ headers: codec.decode(bytes).headers, body: fromText(body) });
}

/** One event, as Bedrock frames it. */
export function writeEventFrame(name: string, payload: Extra): Uint8Array {
  return writeFrame({ kind: "event", header: ":event-type", name }, payload);
}

export function writeExceptionFrame(name: string, payload: Extra): Uint8Array {
  return writeFrame({ kind: "exception", header: ":exception-type", name }, payload);
}

function writeFrame({ kind, header, name }: { kind: string; header: string; name: string }, payload: Extra) {
  const text = (value: string) => ({ type: "string" as const, value });
  const headers = {
    [header]: text(name),
    ":content-type": text("application/json"),
    ":message-type": text(kind),
  };
  return codec.encode({ headers, body: fromText(JSON.stringify(payload)) });
}
