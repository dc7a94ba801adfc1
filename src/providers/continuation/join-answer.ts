// The rest of an answer, as it goes out after its beginning: one answer, though two vendors gave it. It is said by an encoder that
// knows the first part, so that numbers and blocks go on where that stopped.
import type { ChatEvent, Citation, Usage } from "../contract.ts";
import type { CallerRequest } from "../exchange/caller-request.ts";
import { EVENT_STREAM, isEventStream } from "../exchange/exchange.ts";
import { bytesOf } from "../exchange/meter-events.ts";
import { dialectOf } from "../formats/dialects.ts";
import type { VendorAnswer, VendorStream } from "../call.ts";
import type { StreamMeter } from "../passthrough/meter-stream.ts";
import type { BrokenAnswer } from "./said-so-far.ts";
import { createSeam } from "./seam.ts";

export interface Joining {
  caller: CallerRequest;
  broken: BrokenAnswer;
  /** What the parts before took. */
  usageBefore: Usage;
  /** Of the answer's beginning. */
  mediaType: string;
  /** For whoever reads the stream itself. */
  comment: string;
}

/** `first` are the bytes up to its first content, as the attempt read them. */
export function joinAnswer(answer: VendorAnswer, first: Uint8Array, joining: Joining): VendorStream {
  const { dialect } = joining.caller;
  const { createDecoder, readAnswer } = dialectOf(dialect).vendor;
  const join = createJoint(joining);
  if (answer.kind === "whole" && !isEventStream(answer.mediaType))
    return { ...onceOf(join(readAnswer(JSON.parse(textOf(answer.text))), true)), meter: wholeMeter(answer.facts) };
  const decoder = createDecoder({ eventBytesMax: EVENT_BYTES_MAX });
  if (answer.kind === "whole") {
    const events = [...decoder.feed(Buffer.from(answer.text)), ...decoder.finish()];
    return { ...onceOf(join(events, true)), meter: wholeMeter(answer.facts) };
  }
  const { body } = answer;
  let read: Uint8Array | undefined = first;
  return {
    meter: body.meter,
    cancel: body.cancel,
    async next() {
      for (;;) {
        const bytes = read ?? (await body.next());
        read = undefined;
        const isLast = bytes === null || body.meter.isComplete;
        const events = bytes === null ? [] : decoder.feed(bytes);
        const said = join(isLast ? [...events, ...decoder.finish()] : events, isLast);
        if (said.length > 0) return said;
        if (isLast) return null;
      }
    },
  };
}

/** They have been bounded on their way in. */
const EVENT_BYTES_MAX = Number.MAX_SAFE_INTEGER;

type Join = (events: readonly ChatEvent[], isLast: boolean) => Uint8Array;

function createJoint({ caller, broken, usageBefore, mediaType, comment }: Joining): Join {
  const { encoder } = broken;
  const seam = createSeam(broken.text);
  let isTold = !mayComment(caller, mediaType);
  let isOver = false;

  function carry(event: ChatEvent): ChatEvent[] {
    switch (event.type) {
      case "start":
      case "extra":
      case "reasoning":
      case "reasoning_signature":
      case "error":
        return [];
      case "text":
        return textEvent(seam.add(event.text));
      case "usage":
        return [{ type: "usage", usage: addUsage(usageBefore, event.usage) }];
      case "citation":
        return [{ ...event, citation: shift(event.citation, broken.text.length - seam.trimmed) }];
      case "part":
        return event.part.type === "reasoning" ? [] : [...textEvent(seam.rest()), event];
      default:
        return [...textEvent(seam.rest()), event];
    }
  }

  return (events, isLast) => {
    const said: (string | Uint8Array)[] = [];
    const say = (event: ChatEvent): void => {
      if (isOver) return;
      isOver = event.type === "end";
      if (!isTold) said.push(`: ${comment}\n\n`);
      isTold = true;
      said.push(encoder.write(event));
    };
    for (const event of events) for (const carried of carry(event)) say(carried);
    if (isLast) for (const event of [...textEvent(seam.rest()), { type: "end" } as const]) say(event);
    return bytesOf(said);
  };
}

/** Some of Google's own clients know no comments. */
function mayComment({ dialect }: CallerRequest, mediaType: string): boolean {
  return mediaType.startsWith(EVENT_STREAM) && dialect !== "gemini";
}

function textEvent(text: string): ChatEvent[] {
  return text === "" ? [] : [{ type: "text", choice: 0, text }];
}

function shift({ start, end, ...citation }: Citation, by: number): Citation {
  return {
    ...citation,
    ...(start !== undefined && { start: start + by }),
    ...(end !== undefined && { end: end + by }),
  };
}

/** Of both together. The vendors' own numbers would contradict them. */
export function addUsage(one: Usage, { raw: _, ...other }: Usage): Usage {
  return {
    ...other,
    input: one.input + other.input,
    output: one.output + other.output,
    cache_read: one.cache_read + other.cache_read,
    cache_write: one.cache_write + other.cache_write,
    reasoning: one.reasoning + other.reasoning,
  };
}

function textOf(text: string | Uint8Array): string {
  return typeof text === "string" ? text : Buffer.from(text).toString();
}

/** What is here already, given out in one. */
function onceOf(bytes: Uint8Array): Pick<VendorStream, "next" | "cancel"> {
  let left: Uint8Array | null = bytes;
  return {
    next() {
      const given = left;
      left = null;
      return Promise.resolve(given);
    },
    cancel: () => void (left = null),
  };
}

function wholeMeter(facts: StreamMeter["facts"]): StreamMeter {
  const nothing = new Uint8Array();
  return { facts, hasContent: true, isComplete: true, fault: undefined, push: () => nothing, end: () => nothing };
}
