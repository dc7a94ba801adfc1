// A vendor's event stream as canonical events. Bytes may come in any pieces: the same bytes give the same events. A stream that
// stops short, or does not agree with its checksums, ends with `error`, never with a clean `end`.
import type { ChatEvent } from "../../../contract.ts";
import type { DecoderOptions, StreamDecoder } from "../../dialect.ts";
import { isObject, textOf } from "../../fields.ts";
import { readBedrockError } from "../errors.ts";
import { createFrameCutter, type Frame } from "../frames.ts";
import { type AnswerReader, createAnswerReader } from "./answer-out.ts";

/** Bytes that are kept because they are a JSON error that was never framed. */
const STRAY_BYTES_MAX = 64 * 1024;
const BRACE = 0x7b;

/** `eventBytesMax` bounds one frame; a longer one is an error. */
export function createStreamDecoder({ eventBytesMax }: DecoderOptions): StreamDecoder {
  const reader = createAnswerReader(eventBytesMax);
  const cutter = createFrameCutter(eventBytesMax);
  /** Undefined until the first byte; then null where frames come. */
  let stray: Uint8Array[] | null | undefined;
  let strayBytes = 0;

  function cut(bytes: Uint8Array): ChatEvent[] {
    const events = cutter.feed(bytes).flatMap((frame) => readFrame(frame, reader));
    if (cutter.fault === undefined) return events;
    const message = `The vendor sent a broken event stream: ${cutter.fault}.`;
    return [...events, ...reader.fail({ message, code: "malformed" })];
  }

  return {
    feed(bytes) {
      if (reader.isOver || bytes.length === 0) return [];
      // No frame is so long that it could begin like this.
      if (stray === undefined) stray = bytes[0] === BRACE ? [] : null;
      if (stray === null) return cut(bytes);
      if (strayBytes < STRAY_BYTES_MAX) stray.push(bytes.slice());
      strayBytes += bytes.length;
      return [];
    },
    finish() {
      if (stray) {
        const { message, code } = readBedrockError(200, Buffer.concat(stray).toString());
        return reader.fail({ message, code });
      }
      // Within a frame nothing ends.
      if (cutter.heldBytes > 0) return reader.fail({ message: "The answer broke off.", code: "truncated" });
      return reader.close();
    },
    get heldBytes() {
      return cutter.heldBytes;
    },
  };
}

function readFrame({ kind, name, body, message }: Frame, reader: AnswerReader): ChatEvent[] {
  const payload = parse(body);
  if (kind === "event") {
    if (isObject(payload)) return reader.read(name, payload);
    return reader.fail({
      message: `The vendor sent an event that is not JSON: ${body.slice(0, 100)}`,
      code: "malformed",
    });
  }
  const said = isObject(payload) ? textOf(payload["message"]) || textOf(payload["Message"]) : body;
  return reader.fail({
    message: said || message || "The vendor reported an error without a message.",
    code: name || "vendor_error",
    ...(isObject(payload) && { raw: payload }),
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
