// What a caller has of an answer that broke off, read back from the bytes that went out; and whether somebody else can go on
// from there: from a text, and from nothing else.
import type { ChatEvent, ChatRequest } from "../contract.ts";
import { type CallerRequest, readRequest } from "../exchange/caller-request.ts";
import type { StreamEncoder } from "../formats/dialect.ts";
import { dialectOf } from "../formats/dialects.ts";
import { resumeEncoder } from "./resume-encoder.ts";

export interface BrokenAnswer {
  text: string;
  /** Goes on where the bytes end; for one continuation. */
  encoder: StreamEncoder;
}

/** Undefined where it cannot be gone on with. Bytes are those of the answer in the caller's dialect, whole events only. */
export function readBrokenAnswer(
  caller: CallerRequest,
  { bytes, mediaType }: { bytes: Uint8Array; mediaType: string },
): BrokenAnswer | undefined {
  if (caller.operation !== "chat" || caller.native) return undefined;
  const request = readRequest(caller);
  if (!asksForText(request)) return undefined;
  const decoder = dialectOf(caller.dialect).vendor.createDecoder({ eventBytesMax: bytes.length + 1 });
  const events = decoder.feed(bytes);
  if (!events.every(isPlain)) return undefined;
  const text = events.map((event) => (event.type === "text" ? event.text : "")).join("");
  const encoder = text === "" ? undefined : resumeEncoder(caller, { request, events, bytes, mediaType });
  return encoder && { text, encoder };
}

/** A second half of JSON, of several answers, or of a list of probabilities does not fit the first. */
function asksForText({ choices = 1, response_format: format, logprobs }: ChatRequest): boolean {
  return choices <= 1 && logprobs === undefined && (format === undefined || format.type === "text");
}

/** A call that has begun, a seal, a picture or a quotation is its vendor's own; and what has ended need not go on. */
function isPlain(event: ChatEvent): boolean {
  switch (event.type) {
    case "start":
    case "usage":
      return true;
    case "text":
    case "reasoning":
    case "extra":
      return event.choice === 0;
    default:
      return false;
  }
}
