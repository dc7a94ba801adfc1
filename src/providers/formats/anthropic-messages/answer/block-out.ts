// One block of a vendor's answer as canonical events: from its start, its deltas and its stop. A whole answer's blocks are
// read as ones that start with all they say. Nothing here throws.
import type { ChatEvent, Citation, Extra } from "../../../contract.ts";
import { extraBeyond, isObject, textOf } from "../../fields.ts";
import { readCitation } from "../citations.ts";

export interface BlockReader {
  /** What the block says as it starts. */
  start(block: Extra): ChatEvent[];
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

/** The reader for a block, by its type. */
export function createBlockReader(type: string, place: Place): BlockReader {
  if (type === "text") return createTextReader(place);
  if (type === "tool_use") return createCallReader(place);
  place.textLength = 0;
  return type === "thinking" ? createThinkingReader() : createHeldReader(type, place);
}

function createTextReader(place: Place): BlockReader {
  const start = place.textLength;
  // They may come before the text that they are for.
  const citations: unknown[] = [];

  function say(text: string): ChatEvent[] {
    place.textLength += text.length;
    return text === "" ? [] : [{ type: "text", ...CHOICE, text }];
  }

  return {
    start(block) {
      if (Array.isArray(block["citations"])) citations.push(...(block["citations"] as unknown[]));
      return say(textOf(block["text"]));
    },
    delta(delta) {
      if (delta["type"] === "citations_delta") citations.push(delta["citation"]);
      return delta["type"] === "text_delta" ? say(textOf(delta["text"])) : [];
    },
    stop: () =>
      citations
        .map((each) => readCitation(each, { start, end: place.textLength }))
        .filter((each): each is Citation => each !== undefined)
        .map((citation) => ({ type: "citation", ...CHOICE, citation })),
  };
}

function createThinkingReader(): BlockReader {
  let hasSpoken = false;
  let signature = "";

  function say(text: string): ChatEvent[] {
    if (text === "") return [];
    hasSpoken = true;
    return [{ type: "reasoning", ...CHOICE, text }];
  }

  return {
    start(block) {
      signature = textOf(block["signature"]);
      return say(textOf(block["thinking"]));
    },
    delta(delta) {
      if (delta["type"] === "signature_delta") signature += textOf(delta["signature"]);
      return delta["type"] === "thinking_delta" ? say(textOf(delta["thinking"])) : [];
    },
    stop() {
      if (signature === "") return [];
      const sealed: ChatEvent = { type: "reasoning_signature", ...CHOICE, signature };
      // Thinking of which nothing is told begins with nothing, lest its seal be taken for that of the thinking before.
      return hasSpoken ? [sealed] : [{ type: "reasoning", ...CHOICE, text: "" }, sealed];
    },
  };
}

const CALL_KEYS = new Set(["type", "id", "name", "input"]);

function createCallReader(place: Place): BlockReader {
  const index = place.calls;
  place.calls += 1;
  let hasArguments = false;

  function say(text: string): ChatEvent[] {
    if (text === "") return [];
    hasArguments = true;
    return [{ type: "tool_call_arguments", ...CHOICE, index, text }];
  }

  return {
    start(block) {
      const { id, name, input } = block;
      const extra = extraBeyond(block, CALL_KEYS);
      const begun: ChatEvent = {
        type: "tool_call_start",
        ...CHOICE,
        index,
        id: textOf(id),
        name: textOf(name),
        ...(extra && { extra }),
      };
      // A stream's block starts with an empty object, and its text follows.
      const isWhole = isObject(input) && Object.keys(input).length > 0;
      return [begun, ...(isWhole ? say(JSON.stringify(input)) : [])];
    },
    delta: (delta) => (delta["type"] === "input_json_delta" ? say(textOf(delta["partial_json"])) : []),
    stop: () => (hasArguments ? [] : say("{}")),
  };
}

/** A part that comes whole, at its stop. */
function createHeldReader(type: string, place: Place): BlockReader {
  let held: Extra = {};
  let input = "";
  let length = 0;

  return {
    start(block) {
      held = block;
      return [];
    },
    delta(delta) {
      const { type: kind, ...said } = delta;
      for (const [key, value] of Object.entries(said)) {
        length += typeof value === "string" ? value.length : 0;
        if (length > place.heldLengthMax)
          return [{ type: "error", message: "The vendor sent a block that is too long.", code: "too_long" }];
        if (kind === "input_json_delta") input += textOf(value);
        else held = { ...held, [key]: typeof value === "string" ? textOf(held[key]) + value : value };
      }
      return [];
    },
    stop: () => [
      { type: "part", ...CHOICE, part: readHeld(type, input === "" ? held : { ...held, input: parsed(input) }) },
    ],
  };
}

type Part = Extract<ChatEvent, { type: "part" }>["part"];

function readHeld(type: string, block: Extra): Part {
  if (type === "redacted_thinking") {
    const { type: _, data, ...extra } = block;
    const part = { type: "reasoning" as const, text: "", redacted: textOf(data) };
    return Object.keys(extra).length > 0 ? { ...part, extra } : part;
  }
  if (type === "server_tool_use" || type === "mcp_tool_use") {
    const { id, name, input, ...extra } = block;
    return { type: "server_tool_call", id: textOf(id), name: textOf(name), input: input ?? {}, extra };
  }
  if (!type.endsWith("_tool_result")) return { type: "other", extra: block };
  const { tool_use_id: id, content, ...extra } = block;
  return {
    type: "server_tool_result",
    call_id: textOf(id),
    name: type.slice(0, -"_tool_result".length),
    content,
    extra,
  };
}

/** Arguments that are no JSON stay text. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
