// The texts of an answer that was written for its caller, and the same answer with other texts in their place.
import type { ChatEvent } from "../contract.ts";
import { type CallerRequest, readRequest } from "../exchange/caller-request.ts";
import { isEventStream } from "../exchange/exchange.ts";
import { bytesOf } from "../exchange/meter-events.ts";
import { collectAnswer } from "../formats/collect-answer.ts";
import { dialectOf } from "../formats/dialects.ts";

/** An answer as its caller gets it, all of it. */
export interface WrittenAnswer {
  mediaType: string;
  content: string | Uint8Array;
}

export interface AnsweredChoice {
  choice: number;
  text: string;
  /** It calls tools, or refuses: what it says beside that is no result. */
  isOther: boolean;
  /** It ran into the bound on its length. */
  isCut: boolean;
}

export function readAnswerTexts(request: CallerRequest, answer: WrittenAnswer): AnsweredChoice[] {
  const { choices } = collectAnswer(eventsIn(request, answer));
  return [...choices].map(([choice, { text, refusal, tool_calls, finish }]) => ({
    choice,
    text,
    isOther: tool_calls.length > 0 || refusal !== "",
    isCut: finish?.reason === "length",
  }));
}

/** `texts` by choice; all else that the answer says is kept, but for citations, which count characters. */
export function rewordAnswer(
  request: CallerRequest,
  answer: WrittenAnswer,
  texts: ReadonlyMap<number, string>,
): WrittenAnswer["content"] {
  const said = new Set<number>();
  const events = eventsIn(request, answer).flatMap((event): ChatEvent[] => {
    if ((event.type !== "text" && event.type !== "citation") || !texts.has(event.choice)) return [event];
    if (event.type === "citation" || said.has(event.choice)) return [];
    said.add(event.choice);
    return [{ ...event, text: texts.get(event.choice) ?? event.text }];
  });
  const { caller } = dialectOf(request.dialect);
  if (!isStream(request, answer)) return JSON.stringify(caller.writeAnswer(events, []));
  const { framing } = request;
  const encoder = caller.createEncoder({ request: readRequest(request), told: [], ...(framing && { framing }) });
  return bytesOf(events.map(encoder.write));
}

function isStream({ framing, stream }: CallerRequest, { mediaType }: WrittenAnswer): boolean {
  return isEventStream(mediaType) || (framing === "array" && stream);
}

/** An answer is read again by the vendor's side of its caller's dialect. */
function eventsIn(request: CallerRequest, answer: WrittenAnswer): ChatEvent[] {
  const { vendor } = dialectOf(request.dialect);
  if (!isStream(request, answer)) return vendor.readAnswer(JSON.parse(textOf(answer.content)));
  const bytes = isEventStream(answer.mediaType) ? bytesIn(answer.content) : eventsFromArray(textOf(answer.content));
  const decoder = vendor.createDecoder({ eventBytesMax: bytes.length + 1 });
  return [...decoder.feed(bytes), ...decoder.finish()];
}

/** Gemini's streams where nobody asked for events. */
function eventsFromArray(text: string): Uint8Array {
  const pieces = JSON.parse(text) as unknown[];
  return Buffer.from(pieces.map((piece) => `data: ${JSON.stringify(piece)}\n\n`).join(""));
}

function textOf(content: WrittenAnswer["content"]): string {
  return typeof content === "string" ? content : Buffer.from(content).toString();
}

function bytesIn(content: WrittenAnswer["content"]): Uint8Array {
  return typeof content === "string" ? Buffer.from(content) : content;
}
