// What every wire format offers, in both directions. A dialect is a folder of pure functions behind this face: no I/O, no
// clock, no vendor's name. The table of them is in dialects.ts.
import type { AppError } from "../../kernel/index.ts";
import type { ChatEvent, ChatRequest, DialectName, Extra } from "../contract.ts";

export interface Dialect {
  name: DialectName;
  /** Facing callers: read their request, answer in their words. */
  caller: CallerSide;
  /** Facing vendors: write the request, read their answer. */
  vendor: VendorSide;
}

export interface CallerSide {
  /** The whole request in canonical form. Throws `providers.bad_request`, which says what, where, and how to mend it. */
  readRequest(body: unknown): ChatRequest;
  /** A whole answer. `told` collects what this dialect has no words for. Throws `providers.broken_answer`. */
  writeAnswer(events: Iterable<ChatEvent>, told: Dropped[]): Extra;
  /** Who does not say whether to stream is streamed to. */
  streamsUnasked?: true;
  /** What streams come as, where that is not server-sent events. */
  streamType?: string;
  /** An answer bit by bit, as server-sent events, lines or binary frames; the end and any error included. */
  createEncoder(options: EncoderOptions): StreamEncoder;
  /** How tokens are counted without an answer, where the dialect has a way to ask. */
  counting?: {
    readRequest(body: unknown): ChatRequest;
    writeAnswer(tokens: number): Extra;
  };
  /** An error of ours or a vendor's, as this dialect's vendor would have said it. */
  writeError(error: AppError, callId: string | undefined): Extra;
  /** The same in the middle of a stream: server-sent events, a line, or a binary frame. */
  writeStreamError(error: AppError): string | Uint8Array;
}

export interface EncoderOptions {
  /** What the caller asked for, for what depends on it. */
  request: ChatRequest;
  told: Dropped[];
  /** Gemini's streams are a JSON array unless the caller asked for events. */
  framing?: "events" | "array";
}

export interface StreamEncoder {
  /** The text for one event, or the bytes where frames are binary; empty where the event says nothing of its own. */
  write(event: ChatEvent): string | Uint8Array;
}

export interface VendorSide {
  /** The body for a vendor. `dropped` names each parameter or part that did not carry, and why. */
  writeRequest(request: ChatRequest, options: WriteOptions): Written;
  /** A whole answer as events, the `end` included; an error in its place where it is none. */
  readAnswer(body: unknown): ChatEvent[];
  createDecoder(options: DecoderOptions): StreamDecoder;
  /** How such a vendor counts a request's tokens; `body` is the request as it would be sent to be answered. */
  counting?: {
    writeBody(body: Extra, model: string): Extra;
    /** Undefined when it is no count. */
    readAnswer(body: unknown): number | undefined;
  };
  /** What a refusal says, for a status that is not 200. */
  readError(status: number, text: string): VendorError;
}

export interface WriteOptions {
  /** As the vendor names it. */
  model: string;
  /** How this vendor departs from the dialect; each dialect says what it knows. */
  quirks?: object;
}

export interface Written {
  body: Extra;
  dropped: Dropped[];
}

/** Something that the caller said and the other side cannot hear. */
export interface Dropped {
  /** Where it stood, in the caller's words: `top_k`, `messages.2.parts.0`. */
  what: string;
  why: string;
}

export interface DecoderOptions {
  /** The longest event that is waited for. */
  eventBytesMax: number;
}

export interface StreamDecoder {
  /** The events that these bytes complete. Bytes may be cut anywhere. After `end` or `error` there are none. */
  feed(bytes: Uint8Array): ChatEvent[];
  /** The vendor closed: an `error` unless the answer had come to its end. */
  finish(): ChatEvent[];
  /** Of lines and binary frames: bytes of one that is not whole yet. */
  readonly heldBytes?: number;
}

export interface VendorError {
  message: string;
  /** The vendor's own word for it. */
  code: string | null;
  param?: string | null;
}
