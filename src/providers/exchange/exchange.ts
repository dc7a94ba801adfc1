// One request and its answer between a caller and a vendor: passed through where both speak the same dialect, translated
// where they do not. Here it is decided which, and how; sending it is call.ts's work.
import type { ChatEvent, DialectName } from "../contract.ts";
import { providersErrors } from "../errors.ts";
import type { Dropped } from "../formats/dialect.ts";
import { dialectOf } from "../formats/dialects.ts";
import { type AnswerFacts, noFacts, takeFacts } from "../passthrough/answer-facts.ts";
import { createStreamMeter, type StreamMeter } from "../passthrough/meter-stream.ts";
import { rewriteRequest } from "../passthrough/rewrite-request.ts";
import type { Target } from "../target.ts";
import { type CallerRequest, readRequest } from "./caller-request.ts";
import { carryEvent } from "./carry-events.ts";
import { createMeterBeside, createTranslatingMeter } from "./meter-events.ts";
import { takeEvent } from "./take-event.ts";

export interface Exchange {
  /** What the vendor is spoken to in. */
  dialect: DialectName;
  stream: boolean;
  /** For the vendor. */
  body: string;
  /** From the caller, for a vendor of the same dialect. */
  headers?: Record<string, string> | undefined;
  /** What did not carry, of the request; and, as the answer comes, of that. */
  dropped: Dropped[];
  /** The text of a whole answer, for the caller; undefined when it is no answer at all. Throws `providers.broken_answer`. */
  readWhole(text: string): WholeAnswer | undefined;
  createMeter(eventBytesMax: number): StreamMeter;
}

export interface WholeAnswer {
  /** JSON; or server-sent events, where the caller asked for a stream and the vendor answered at once. */
  text: string;
  mediaType: "application/json" | "text/event-stream";
  facts: AnswerFacts;
}

const JSON_TYPE = "application/json";

export interface ExchangeOptions {
  /** Refuse what cannot be carried over in full. */
  isStrict: boolean;
}

/** Throws `providers.bad_request` and, when strict, `providers.not_translatable`. */
export function createExchange(target: Target, request: CallerRequest, options: ExchangeOptions): Exchange {
  const { dialects } = target.vendor;
  const dialect = dialects.includes(request.dialect) ? request.dialect : dialects[0];
  if (dialect !== request.dialect) return translate(target, request, { ...options, dialect });
  return dialect === "openai-chat" ? passChat(target, request) : passOther(target, request);
}

function passChat({ model, vendor }: Target, request: CallerRequest): Exchange {
  const { text, stream } = request;
  const hideUsage = stream && !request.includeUsage && vendor.quirks.stream_options;
  return {
    dialect: "openai-chat",
    stream,
    body: rewriteRequest(text, request, { model, includeUsage: hideUsage }),
    dropped: [],
    readWhole(answer) {
      const facts = noFacts();
      return takeFacts(facts, JSON.parse(answer)) ? { text: answer, mediaType: JSON_TYPE, facts } : undefined;
    },
    createMeter: (eventBytesMax) => createStreamMeter({ hideUsage, eventBytesMax }),
  };
}

function passOther({ model }: Target, request: CallerRequest): Exchange {
  const { dialect, text, stream } = request;
  const { vendor } = dialectOf(dialect);
  return {
    dialect,
    stream,
    headers: request.headers,
    body: dialect === "gemini" ? text : rewriteRequest(text, request, { model, includeUsage: false }),
    dropped: [],
    readWhole(answer) {
      const facts = factsOf(vendor.readAnswer(JSON.parse(answer)));
      return facts && { text: answer, mediaType: JSON_TYPE, facts };
    },
    createMeter: (eventBytesMax) => createMeterBeside(vendor.createDecoder({ eventBytesMax })),
  };
}

function translate(
  { id, model, vendor }: Target,
  caller: CallerRequest,
  { dialect, isStrict }: ExchangeOptions & { dialect: DialectName },
): Exchange {
  const theirs = dialectOf(dialect).vendor;
  const ours = dialectOf(caller.dialect).caller;
  const request = readRequest(caller);
  const { body, dropped } = theirs.writeRequest(request, { model, quirks: vendor.quirks });
  if (isStrict && dropped.length > 0) throw providersErrors.not_translatable({ target: id, dialect, dropped });
  return {
    dialect,
    stream: caller.stream,
    body: JSON.stringify(body),
    dropped,
    readWhole(answer) {
      const events = theirs.readAnswer(JSON.parse(answer));
      const facts = factsOf(events);
      if (!facts) return undefined;
      const carried = events.flatMap((event) => carryEvent(event, dropped) ?? []);
      if (!caller.stream)
        return { text: JSON.stringify(ours.writeAnswer(carried, dropped)), mediaType: JSON_TYPE, facts };
      const encoder = ours.createEncoder({ request, told: dropped });
      return { text: carried.map(encoder.write).join(""), mediaType: "text/event-stream", facts };
    },
    createMeter: (eventBytesMax) =>
      createTranslatingMeter(
        theirs.createDecoder({ eventBytesMax }),
        ours.createEncoder({ request, told: dropped }),
        dropped,
      ),
  };
}

/** Undefined when the events hold an error, or no end. */
function factsOf(events: readonly ChatEvent[]): AnswerFacts | undefined {
  const facts = noFacts();
  for (const event of events) takeEvent(facts, event);
  facts.contentEvents = 0;
  return events.some(({ type }) => type === "error") || events.at(-1)?.type !== "end" ? undefined : facts;
}
