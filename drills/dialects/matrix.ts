// Each recorded exchange in each dialect: read, written again, and read once more. Pure.
import type { ChatEvent, ChatRequest } from "../../src/providers/contract.ts";
import { type DialectName, dialectOf, type Dropped } from "../../src/providers/index.ts";
import { differencesOf, essenceOfAnswer, essenceOfRequest } from "./essence.ts";
import type { Recording } from "./recordings.ts";

/** One exchange on its way through one dialect. */
export interface Cell {
  recording: Recording;
  to: DialectName;
  side: "request" | "answer";
  /** What did not carry, and was said. */
  dropped: readonly Dropped[];
  /** What did not carry otherwise. */
  differences: string[];
}

const EVENT_BYTES_MAX = 64 * 1024 * 1024;

/** Throws what a dialect throws: nothing recorded may break it. */
export function crossDialect(recording: Recording, to: DialectName): Cell[] {
  const cells = [crossRequest(recording, to)];
  const answer = recording.status === 200 ? crossAnswer(recording, to) : undefined;
  return answer ? [...cells, answer] : cells;
}

function crossRequest(recording: Recording, to: DialectName): Cell {
  const { vendor, caller } = dialectOf(to);
  const request = dialectOf(recording.dialect).caller.readRequest(recording.request);
  const { body, dropped } = vendor.writeRequest(request, { model: request.model });
  const sent = JSON.parse(JSON.stringify(body)) as object;
  // Where model and streaming stand in the address, the body has neither.
  const again = caller.readRequest({ model: request.model, stream: request.stream, ...sent });
  const differences =
    to === recording.dialect
      ? differencesOf(request, again)
      : differencesOf(essenceOfRequest(request), essenceOfRequest(again));
  return { recording, to, side: "request", dropped, differences };
}

function crossAnswer(recording: Recording, to: DialectName): Cell | undefined {
  const events = eventsOf(recording);
  if (events.at(-1)?.type !== "end") return undefined;
  const told: Dropped[] = [];
  const { caller } = dialectOf(to);
  const request = dialectOf(recording.dialect).caller.readRequest(recording.request);
  const again = recording.isStream
    ? decodeIn(to, encode(events, { to, request, told }))
    : dialectOf(to).vendor.readAnswer(JSON.parse(JSON.stringify(caller.writeAnswer(events, told))));
  const differences = differencesOf(essenceOfAnswer(events), essenceOfAnswer(again));
  return { recording, to, side: "answer", dropped: told, differences };
}

function encode(
  events: readonly ChatEvent[],
  { to, request, told }: { to: DialectName; request: ChatRequest; told: Dropped[] },
): Uint8Array {
  // A caller of chat-completions gets usage with a stream when it asks for it, and here it does.
  const asked: ChatRequest = { ...request, dialect: to, extra: { stream_options: { include_usage: true } } };
  const encoder = dialectOf(to).caller.createEncoder({ request: asked, told });
  return Buffer.concat(events.map((event) => Buffer.from(encoder.write(event))));
}

/** What a recorded answer says, in canonical events. */
export function eventsOf({ dialect, isStream, bytes, body }: Recording): ChatEvent[] {
  return isStream ? decodeIn(dialect, bytes) : dialectOf(dialect).vendor.readAnswer(tryParse(body));
}

function decodeIn(dialect: DialectName, bytes: Uint8Array): ChatEvent[] {
  const decoder = dialectOf(dialect).vendor.createDecoder({ eventBytesMax: EVENT_BYTES_MAX });
  return [...decoder.feed(bytes), ...decoder.finish()];
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
