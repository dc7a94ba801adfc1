// A call's conversation as people read it, from its bodies as they were stored, in whatever dialect. Bodies may be cut at a
// bound: what cannot be made out is left out, and nothing here throws.
import type { ChatEvent, DialectName, Message, Part } from "../contract.ts";
import { type CollectedAnswer, collectAnswer } from "../formats/collect-answer.ts";
import { dialectOf } from "../formats/dialects.ts";
import { readTranscript, type TranscriptMessage } from "../formats/openai-chat/index.ts";
import { readRequest } from "./caller-request.ts";
import { isEventStream } from "./exchange.ts";
import { showBody } from "./show-body.ts";

export interface StoredCall {
  dialect: DialectName;
  model: string;
  stream: boolean;
  request: string | undefined;
  /** Bytes, since a stream may be of binary frames. */
  response: Uint8Array | undefined;
  /** Of the response. */
  mediaType: string | undefined;
}

/** The messages of the request, then the answer: one message a choice. */
export function readConversation(call: StoredCall): TranscriptMessage[] {
  if (call.dialect === "openai-chat")
    return readTranscript(call.request, call.response && showBody(call.response), call.mediaType);
  return [...attempt(() => askedIn(call)), ...attempt(() => answeredIn(call))];
}

function attempt(read: () => TranscriptMessage[]): TranscriptMessage[] {
  try {
    return read();
  } catch {
    return [];
  }
}

function askedIn({ request, ...call }: StoredCall): TranscriptMessage[] {
  if (request === undefined) return [];
  return readRequest({ ...call, operation: "chat", text: request, includeUsage: false }).messages.map(describe);
}

function answeredIn({ dialect, response, mediaType }: StoredCall): TranscriptMessage[] {
  if (response === undefined || response.length === 0) return [];
  const { choices, error } = readAnswer(dialect, response, mediaType);
  const said = [...choices.values()].map((choice) =>
    describe({ role: "assistant", parts: choice.parts, tool_calls: choice.tool_calls }),
  );
  return error && said.length === 0 ? [{ role: "error", text: error.message, tool_calls: [] }] : said;
}

/** An answer as its caller got it: the vendor's side of the caller's dialect reads it again. Throws where it cannot. */
export function readAnswer(dialect: DialectName, bytes: Uint8Array, mediaType: string | undefined): CollectedAnswer {
  const isStream = mediaType !== undefined && isEventStream(mediaType);
  const read = (): ChatEvent[] => dialectOf(dialect).vendor.readAnswer(JSON.parse(showBody(bytes)));
  return collectAnswer(isStream ? decodeStream(dialect, bytes) : read());
}

function decodeStream(dialect: DialectName, bytes: Uint8Array): ChatEvent[] {
  const decoder = dialectOf(dialect).vendor.createDecoder({ eventBytesMax: bytes.length + 1 });
  return [...decoder.feed(bytes), ...decoder.finish()];
}

function describe({ role, parts, tool_calls: calls = [] }: Message): TranscriptMessage {
  return {
    role,
    text: parts.map(describePart).join("\n"),
    tool_calls: calls.flatMap(({ name, arguments: text }) => [{ name, arguments: text }]),
  };
}

function describePart(part: Part): string {
  return part.type === "text" || part.type === "refusal" ? part.text : `[${part.type.replaceAll("_", " ")}]`;
}
