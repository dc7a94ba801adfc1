// One request and its answer between a caller and a vendor: what is sent, and how what comes back is read. What is exchanged
// is decided in create-exchange.ts; sending it is call.ts's work.
import { AMAZON_EVENT_STREAM } from "../formats/bedrock-converse/index.ts";
import type { DialectName } from "../contract.ts";
import { JSON_LINES } from "../formats/ollama-chat/index.ts";
import type { Dropped } from "../formats/dialect.ts";
import type { AnswerFacts } from "../passthrough/answer-facts.ts";
import type { StreamMeter } from "../passthrough/meter-stream.ts";

export interface Exchange {
  /** What the vendor is spoken to in. */
  dialect: DialectName;
  /** Goes on where the vendor's base_url ends. */
  path: string;
  /** Such an end of the base_url is left out first. */
  leaves?: string;
  /** POST where nothing is said. */
  method?: string;
  /** For the vendor; a form brings its own content type. */
  body: string | Uint8Array | FormData | undefined;
  /** All but the credential's. */
  headers: Record<string, string>;
  /** The answer, where no vendor need be asked for it. */
  known?: WholeAnswer;
  /** The vendor's refusals, too, go to the caller as they are. */
  passesRefusals?: true;
  /** Of a stream as the caller gets it, where that is not the vendor's. */
  streamType?: string;
  /** Whether an answer of this media type is passed on as it comes, rather than read whole. */
  isStreamed(mediaType: string): boolean;
  /** What did not carry, of the request; and, as the answer comes, of that. */
  dropped: Dropped[];
  /** The text of a whole answer, for the caller; undefined when it is no answer at all. Throws `providers.broken_answer`. */
  readWhole(text: string, mediaType: string): WholeAnswer | undefined;
  createMeter(eventBytesMax: number, mediaType: string): StreamMeter;
}

export interface WholeAnswer {
  /** JSON; or server-sent events or frames, where the caller asked for a stream and the vendor answered at once. */
  text: string | Uint8Array;
  mediaType: string;
  facts: AnswerFacts;
}

export interface ExchangeOptions {
  /** Refuse what cannot be carried over in full. */
  isStrict: boolean;
  /** Answers that we put together bear it. */
  callId: string;
}

/** For what always comes whole. */
export function neverStreamed(): never {
  throw new Error("such an answer comes whole");
}

export const JSON_TYPE = "application/json";
export const EVENT_STREAM = "text/event-stream";

/** Server-sent events, lines of JSON, or Amazon's frames. */
export function isEventStream(mediaType: string): boolean {
  return [EVENT_STREAM, JSON_LINES, AMAZON_EVENT_STREAM].some((type) => mediaType.startsWith(type));
}
