// One block of a vendor's answer as canonical events: its start, where it has one, its deltas and its stop. Blocks of text and of
// reasoning have no start. Nothing here throws.
import type { ChatEvent, Citation, Extra, Part } from "../../../contract.ts";
import { extraBeyond, isObject, textOf } from "../../fields.ts";
import { readCitation } from "../citations.ts";
import { readBlock } from "../request/block-in.ts";
import { isServerCall, readServerCall, readServerResult } from "../request/message-in.ts";

export interface BlockReader {
  start(start: Extra): ChatEvent[];
  delta(delta: Extra): ChatEvent[];
  stop(): ChatEvent[];
}

/** What the blocks of one answer share. */
export interface Place {
  /** How many tool calls have begun. */
  calls: number;
  /** How long the text is that the answer is at: citations point into it. Tool calls do not end a text. */
  textLength: number;
  /** Characters of one block that are kept until it is whole. */
  heldLengthMax: number;
}

const CHOICE = { choice: 0 } as const;
const TOO_LONG: ChatEvent = { type: "error", message: "The vendor sent a block that is too long.", code: "too_long" };

/** For a block whose kind is not known yet: its first word tells. */
export function createBlockReader(place: Place): BlockReader {
  let reader: BlockReader | undefined;
  return {
    start(start) {
      const { toolUse, toolResult, image } = start;
      if (isObject(toolUse)) reader = isServerCall(toolUse) ? readHeldCall(place) : readCall(place);
      else if (isObject(toolResult)) reader = readHeldResult(place);
      else if (isObject(image)) reader = readImage(place);
      return reader?.start(start) ?? [];
    },
    delta(delta) {
      if ("text" in delta || "citation" in delta) reader ??= readText(place);
      else if ("reasoningContent" in delta) reader ??= readReasoning(place);
      return (reader ??= readOther(place)).delta(delta);
    },
    stop: () => reader?.stop() ?? [],
  };
}

function readText(place: Place): BlockReader {
  const start = place.textLength;
  const citations: unknown[] = [];
  return {
    start: () => [],
    delta(delta) {
      if (isObject(delta["citation"])) citations.push(delta["citation"]);
      const text = textOf(delta["text"]);
      place.textLength += text.length;
      return text === "" ? [] : [{ type: "text", ...CHOICE, text }];
    },
    stop: () =>
      citations
        .map((each) => readCitation(each, { start, end: place.textLength }))
        .filter((each): each is Citation => each !== undefined)
        .map((citation) => ({ type: "citation", ...CHOICE, citation })),
  };
}

function readReasoning(place: Place): BlockReader {
  let hasSpoken = false;
  let signature = "";
  const redacted: string[] = [];
  let length = 0;
  place.textLength = 0;
  return {
    start: () => [],
    delta({ reasoningContent: said }) {
      if (!isObject(said)) return [];
      const text = textOf(said["text"]);
      signature += textOf(said["signature"]);
      if (typeof said["redactedContent"] === "string") redacted.push(said["redactedContent"]);
      length += textOf(said["signature"]).length + textOf(said["redactedContent"]).length;
      if (length > place.heldLengthMax) return [TOO_LONG];
      if (text === "") return [];
      hasSpoken = true;
      return [{ type: "reasoning", ...CHOICE, text }];
    },
    stop() {
      const events: ChatEvent[] = [];
      // Thinking of which nothing is told begins with nothing, lest its seal be taken for that of the thinking before.
      if (signature !== "" && !hasSpoken) events.push({ type: "reasoning", ...CHOICE, text: "" });
      if (signature !== "") events.push({ type: "reasoning_signature", ...CHOICE, signature });
      if (redacted.length > 0) {
        const part: Part = { type: "reasoning", text: "", redacted: joinBase64(redacted) };
        events.push({ type: "part", ...CHOICE, part });
      }
      return events;
    },
  };
}

/** Each piece is base64 of its own. */
function joinBase64(pieces: readonly string[]): string {
  if (pieces.length === 1) return pieces[0] ?? "";
  return Buffer.concat(pieces.map((piece) => Buffer.from(piece, "base64"))).toString("base64");
}

const CALL_KEYS = new Set(["toolUseId", "name", "input"]);

function readCall(place: Place): BlockReader {
  const index = place.calls;
  place.calls += 1;
  let hasArguments = false;

  function say(text: string): ChatEvent[] {
    if (text === "") return [];
    hasArguments = true;
    return [{ type: "tool_call_arguments", ...CHOICE, index, text }];
  }

  return {
    start({ toolUse }) {
      const call = isObject(toolUse) ? toolUse : {};
      // That it is a call of the caller's own tool is said of each.
      const extra = extraBeyond(call["type"] === "tool_use" ? { ...call, type: null } : call, CALL_KEYS);
      const { toolUseId: id, name } = call;
      const said = { id: textOf(id), name: textOf(name), ...(extra && { extra }) };
      return [{ type: "tool_call_start", ...CHOICE, index, ...said }];
    },
    delta: ({ toolUse }) => (isObject(toolUse) ? say(textOf(toolUse["input"])) : []),
    stop: () => (hasArguments ? [] : say("{}")),
  };
}

function readHeldCall(place: Place): BlockReader {
  let call: Extra = {};
  let input = "";
  place.textLength = 0;
  return {
    start({ toolUse }) {
      call = isObject(toolUse) ? toolUse : {};
      return [];
    },
    delta({ toolUse }) {
      input += isObject(toolUse) ? textOf(toolUse["input"]) : "";
      return input.length > place.heldLengthMax ? [TOO_LONG] : [];
    },
    stop: () => [{ type: "part", ...CHOICE, part: readServerCall({ ...call, input: parsed(input) }) }],
  };
}

function readHeldResult(place: Place): BlockReader {
  let result: Extra = {};
  const content: unknown[] = [];
  let length = 0;
  place.textLength = 0;
  return {
    start({ toolResult }) {
      result = isObject(toolResult) ? toolResult : {};
      return [];
    },
    delta({ toolResult }) {
      if (!Array.isArray(toolResult)) return [];
      content.push(...(toolResult as unknown[]));
      length += JSON.stringify(toolResult).length;
      return length > place.heldLengthMax ? [TOO_LONG] : [];
    },
    stop: () => [{ type: "part", ...CHOICE, part: readServerResult({ ...result, content }) }],
  };
}

function readImage(place: Place): BlockReader {
  let image: Extra = {};
  place.textLength = 0;
  return {
    start({ image: said }) {
      image = isObject(said) ? said : {};
      return [];
    },
    delta({ image: said }) {
      image = { ...image, ...(isObject(said) && said) };
      return [];
    },
    stop: () => [{ type: "part", ...CHOICE, part: readPart({ image }) }],
  };
}

/** A block that has no canonical word, or is only ever told whole. */
function readOther(place: Place): BlockReader {
  place.textLength = 0;
  return {
    start: () => [],
    delta: (delta) => (Object.keys(delta).length === 0 ? [] : [{ type: "part", ...CHOICE, part: readPart(delta) }]),
    stop: () => [],
  };
}

/** Vendors are met as they are. */
function readPart(block: Extra): Part {
  try {
    return readBlock(block, "");
  } catch {
    return { type: "other", extra: block };
  }
}

/** Arguments that are no JSON stay text. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text || "{}");
  } catch {
    return text;
  }
}
