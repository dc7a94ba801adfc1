// A chat between a caller and a vendor: passed through where both speak the same dialect, translated where they do not.
import { timeOfId } from "../../kernel/index.ts";
import type { ChatEvent, DialectName, Extra } from "../contract.ts";
import { providersErrors } from "../errors.ts";
import { createInvokeUnpacker, packInvoke } from "../formats/bedrock-invoke/index.ts";
import { dialectOf } from "../formats/dialects.ts";
import { type AnswerFacts, noFacts, takeFacts } from "../passthrough/answer-facts.ts";
import { createStreamMeter, type StreamMeter } from "../passthrough/meter-stream.ts";
import { replaceModel, rewriteRequest } from "../passthrough/rewrite-request.ts";
import type { Target } from "../target.ts";
import { type Wire, wireOf } from "../vendors/index.ts";
import { type CallerRequest, readRequest } from "./caller-request.ts";
import { carryEvent } from "./carry-events.ts";
import { EVENT_STREAM, type Exchange, type ExchangeOptions, isEventStream, JSON_TYPE } from "./exchange.ts";
import { responseIdOf } from "./response-id.ts";
import { openSeals, SEAL_MARK } from "./seals.ts";
import { bytesOf, createMeterBeside, createTranslatingMeter, unpackFirst } from "./meter-events.ts";
import { takeEvent } from "./take-event.ts";

/** Throws `providers.bad_request` and, when strict, `providers.not_translatable`. */
export function createChatExchange(target: Target, request: CallerRequest, options: ExchangeOptions): Exchange {
  const dialects = target.vendor.dialectsOf(target.model);
  const dialect = dialects.includes(request.dialect) ? request.dialect : dialects[0];
  if (!dialect) throw providersErrors.not_offered({ target: target.id, operation: "chat" });
  if (dialect === request.dialect && dialect === "openai-chat") return passChat(target, request);
  // Reasoning that another vendor sealed must not reach this one.
  const isOwn = dialect === request.dialect && !request.text.includes(`"${SEAL_MARK}`);
  const isPassed = isOwn && request.framing === undefined;
  return isPassed ? passOther(target, request) : translate(target, request, { ...options, dialect });
}

function passChat({ model, vendor }: Target, request: CallerRequest): Exchange {
  const { text, stream } = request;
  const hideUsage = stream && !request.includeUsage && vendor.quirks.stream_options;
  return {
    dialect: "openai-chat",
    ...sentAs({ model, vendor }, "openai-chat", stream),
    body: rewriteRequest(text, request, { model, includeUsage: hideUsage }),
    dropped: [],
    readWhole(answer) {
      const facts = noFacts();
      return takeFacts(facts, JSON.parse(answer)) ? { text: answer, mediaType: JSON_TYPE, facts } : undefined;
    },
    createMeter: (eventBytesMax) => createStreamMeter({ hideUsage, eventBytesMax }),
  };
}

function passOther(target: Target, request: CallerRequest): Exchange {
  const { dialect } = request;
  const { vendor } = dialectOf(dialect);
  const wire = wireOf(dialect, target.vendor.cloud);
  const sent = sentAs(target, dialect, request.stream);
  return {
    dialect,
    ...sent,
    ...(wire.isInvoked ? { streamType: EVENT_STREAM } : { headers: { ...sent.headers, ...request.headers } }),
    body: ownBytes(target, request),
    dropped: [],
    readWhole(answer) {
      const facts = factsOf(vendor.readAnswer(JSON.parse(answer)));
      return facts && { text: answer, mediaType: JSON_TYPE, facts };
    },
    createMeter: (eventBytesMax) =>
      unpacked(wire, eventBytesMax, createMeterBeside(vendor.createDecoder({ eventBytesMax }))),
  };
}

function translate(
  target: Target,
  caller: CallerRequest,
  { dialect, isStrict, callId }: ExchangeOptions & { dialect: DialectName },
): Exchange {
  const { id, model, vendor } = target;
  const theirs = dialectOf(dialect).vendor;
  const ours = dialectOf(caller.dialect).caller;
  const request = openSeals(readRequest(caller));
  const { body, dropped: unsaid } = theirs.writeRequest(request, { model, quirks: vendor.quirks });
  const dropped = unsaid.filter(({ what }) => !isDoneHere(caller.dialect, what));
  if (isStrict && dropped.length > 0) throw providersErrors.not_translatable({ target: id, dialect, dropped });
  const { framing } = caller;
  const streamType = framing === "array" ? JSON_TYPE : (ours.streamType ?? EVENT_STREAM);
  const wire = wireOf(dialect, vendor.cloud);
  const encode = () => ours.createEncoder({ request, told: dropped, ...(framing && { framing }) });
  const carry = (event: ChatEvent): ChatEvent | undefined =>
    dialect === caller.dialect
      ? event
      : nameAnswer(carryEvent(event, { from: dialect, told: dropped }), { dialect: caller.dialect, callId, model });
  return {
    dialect,
    ...sentAs(target, dialect, caller.stream),
    streamType,
    body: JSON.stringify(versioned(body, wire)),
    dropped,
    readWhole(answer) {
      const events = theirs.readAnswer(JSON.parse(answer));
      const facts = factsOf(events);
      if (!facts) return undefined;
      const carried = events.flatMap((event) => carry(event) ?? []);
      if (!caller.stream)
        return { text: JSON.stringify(ours.writeAnswer(carried, dropped)), mediaType: JSON_TYPE, facts };
      const encoder = encode();
      return { text: bytesOf(carried.map(encoder.write)), mediaType: streamType, facts };
    },
    createMeter(eventBytesMax) {
      const decoder = theirs.createDecoder({ eventBytesMax });
      return unpacked(wire, eventBytesMax, createTranslatingMeter(decoder, encode(), carry));
    },
  };
}

const JSON_HEADERS = { "content-type": JSON_TYPE };
const never = (): boolean => false;

function sentAs({ model, vendor }: Pick<Target, "model" | "vendor">, dialect: DialectName, stream: boolean) {
  const { path, leaves, headers } = wireOf(dialect, vendor.cloud);
  return {
    path: path(model, stream),
    ...(leaves !== undefined && { leaves }),
    headers: headers ? { ...JSON_HEADERS, ...headers } : JSON_HEADERS,
    isStreamed: stream ? isEventStream : never,
  };
}

/** The caller's own bytes, but for the model's name. */
export function ownBytes({ model, vendor }: Target, request: CallerRequest): string {
  const { version, isInvoked } = wireOf(request.dialect, vendor.cloud);
  if (isInvoked) return packInvoke(request.text, request.headers);
  // Their model stands in the address.
  if (request.dialect === "gemini" || request.dialect === "bedrock-converse") return request.text;
  if (version !== undefined) return replaceModel(request.text, "anthropic_version", version);
  return rewriteRequest(request.text, request, { model, includeUsage: false });
}

/** Whether the gateway itself does what no vendor of another dialect can: keep a response, and work on it unwatched. */
function isDoneHere(dialect: DialectName, what: string): boolean {
  return dialect === "openai-responses" && (what === "store" || what === "background");
}

/** A response that is kept here is found by its call's id; and where a vendor gives no id, model or time, we do. */
function nameAnswer(
  event: ChatEvent | undefined,
  { dialect, callId, model }: { dialect: DialectName; callId: string; model: string },
): ChatEvent | undefined {
  if (event?.type !== "start") return event;
  const id = dialect === "openai-responses" ? responseIdOf(callId) : event.id || callId;
  const created_s = event.created_s || Math.floor(timeOfId(callId) / 1000);
  return { ...event, id, model: event.model || model, created_s };
}

function versioned({ model, ...body }: Extra, { version, isInvoked }: Wire): Extra {
  if (version === undefined) return { model, ...body };
  const { stream, ...said } = body;
  return { anthropic_version: version, ...said, ...(!isInvoked && { stream }) };
}

function unpacked({ isInvoked }: Wire, eventBytesMax: number, meter: StreamMeter): StreamMeter {
  return isInvoked ? unpackFirst(meter, createInvokeUnpacker(eventBytesMax)) : meter;
}

/** Undefined when the events hold an error, or no end. */
function factsOf(events: readonly ChatEvent[]): AnswerFacts | undefined {
  const facts = noFacts();
  for (const event of events) takeEvent(facts, event);
  facts.contentEvents = 0;
  return events.some(({ type }) => type === "error") || events.at(-1)?.type !== "end" ? undefined : facts;
}
