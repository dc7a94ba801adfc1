// One item of a vendor's answer as canonical events: from its beginning, its deltas and its end. At its end an item is told
// once more as a whole: what was not said before is said then, so that a whole answer's items are read by the same means.
import type { ChatEvent, Extra } from "../../../contract.ts";
import { isObject, textOf, without } from "../../fields.ts";
import { readAnnotation } from "../citations.ts";
import { partFromItem } from "../items.ts";
import { BETWEEN_PIECES } from "../request/part-in.ts";

export interface ItemReader {
  /** An event of the stream about it. */
  read(event: Extra): ChatEvent[];
  /** All of it, as far as the vendor tells. */
  end(item: Extra): ChatEvent[];
}

/** What the items of one answer share. */
export interface Place {
  /** How many calls of the caller's tools have begun. */
  calls: number;
  /** How long the text is that the answer is at: citations point into it. Tool calls do not end a text. */
  textLength: number;
  hasRefused: boolean;
}

export interface Begun {
  reader: ItemReader;
  events: ChatEvent[];
}

const CHOICE = { choice: 0 } as const;

/** The reader for an item, and what its beginning says. */
export function beginItem(item: Extra, place: Place): Begun {
  const type = textOf(item["type"]);
  if (type === "message") return beginMessage(item, place);
  if (type === "function_call" || type === "custom_tool_call") return beginCall(item, place);
  place.textLength = 0;
  if (type === "reasoning") return { reader: createReasoningReader(item), events: [] };
  // What ran at the vendor is told when it is done.
  return {
    reader: {
      read: () => [],
      end: (whole) => [{ type: "part", ...CHOICE, part: partFromItem({ ...item, ...whole }) }],
    },
    events: [],
  };
}

/** What an item says of itself, for a caller of this dialect. That it is done goes without saying. */
function extraItem(item: Extra, said: readonly string[]): Extra {
  const isUsual = item["status"] === "completed" || item["status"] === "in_progress";
  return without(item, isUsual ? [...said, "status"] : said);
}

function pushExtra(events: ChatEvent[], extra: Extra): void {
  events.push({ type: "extra", ...CHOICE, place: "message", extra });
}

interface Piece {
  /** Where its text begins in the answer's. */
  base: number;
  length: number;
  annotations: number;
}

function beginMessage(begun: Extra, place: Place): Begun {
  const pieces = new Map<unknown, Piece>();

  function pieceAt(index: unknown): Piece {
    const piece = pieces.get(index) ?? { base: place.textLength, length: 0, annotations: 0 };
    pieces.set(index, piece);
    return piece;
  }

  function say(index: unknown, text: string): ChatEvent[] {
    pieceAt(index).length += text.length;
    place.textLength += text.length;
    return text === "" ? [] : [{ type: "text", ...CHOICE, text }];
  }

  function refuse(index: unknown, text: string): ChatEvent[] {
    pieceAt(index).length += text.length;
    place.textLength = 0;
    place.hasRefused = true;
    return text === "" ? [] : [{ type: "refusal", ...CHOICE, text }];
  }

  function annotate(index: unknown, annotation: unknown): ChatEvent[] {
    const piece = pieceAt(index);
    piece.annotations += 1;
    const citation = readAnnotation(annotation, piece.base);
    return citation ? [{ type: "citation", ...CHOICE, citation }] : [];
  }

  function endPart(index: number, part: unknown): ChatEvent[] {
    if (!isObject(part)) return [];
    const { length, annotations } = pieceAt(index);
    if (part["type"] === "refusal") return refuse(index, textOf(part["refusal"]).slice(length));
    const text = textOf(part["text"]);
    const events: ChatEvent[] = text === "" ? [{ type: "text", ...CHOICE, text }] : say(index, text.slice(length));
    const all: unknown[] = Array.isArray(part["annotations"]) ? part["annotations"] : [];
    events.push(...all.slice(annotations).flatMap((each) => annotate(index, each)));
    const { logprobs } = part;
    if (Array.isArray(logprobs) && logprobs.length > 0) pushExtra(events, { logprobs });
    return events;
  }

  const events: ChatEvent[] = [];
  pushExtra(events, { item: extraItem(begun, ["type", "role", "content"]) });
  return {
    events,
    reader: {
      read(event) {
        const { content_index: index, delta } = event;
        if (event["type"] === "response.output_text.delta") return say(index, textOf(delta));
        if (event["type"] === "response.refusal.delta") return refuse(index, textOf(delta));
        if (event["type"] === "response.output_text.annotation.added") return annotate(index, event["annotation"]);
        return [];
      },
      end({ content }) {
        return Array.isArray(content) ? content.flatMap((part, index) => endPart(index, part)) : [];
      },
    },
  };
}

function beginCall(item: Extra, place: Place): Begun {
  const index = place.calls;
  place.calls += 1;
  const isCustom = item["type"] === "custom_tool_call";
  const key = isCustom ? "input" : "arguments";
  let length = 0;

  function say(text: string): ChatEvent[] {
    length += text.length;
    return text === "" ? [] : [{ type: "tool_call_arguments", ...CHOICE, index, text }];
  }

  const own = extraItem(item, ["call_id", "name", key, ...(isCustom ? [] : ["type"])]);
  const id = textOf(item["call_id"]) || textOf(item["id"]);
  return {
    events: [{ type: "tool_call_start", ...CHOICE, index, id, name: textOf(item["name"]), extra: { item: own } }],
    reader: {
      read: ({ type, delta }) => (/(arguments|input)\.delta$/.test(textOf(type)) ? say(textOf(delta)) : []),
      end: (whole) => say(textOf(whole[key]).slice(length)),
    },
  };
}

/** Told as a summary in pieces or, by vendors that show it, as it was thought; of both, as the one that comes first. */
function createReasoningReader(begun: Extra): ItemReader {
  const id = textOf(begun["id"]) || undefined;
  let kind: "summary" | "content" | undefined;
  let piece = 0;
  let length = 0;

  function begin(as: "summary" | "content"): ChatEvent[] {
    kind = as;
    const events: ChatEvent[] = [];
    const own = extraItem(begun, ["summary", "content", "encrypted_content"]);
    pushExtra(events, { item: { ...own, type: "reasoning", ...(as === "content" && { content: [] }) } });
    return events;
  }

  function say(text: string): ChatEvent {
    return { type: "reasoning", ...CHOICE, text, ...(id !== undefined && { id }) };
  }

  function hear(as: "summary" | "content", { text, index }: { text: string; index: number }): ChatEvent[] {
    if (kind !== undefined && kind !== as) return [];
    const events = kind === undefined ? begin(as) : [];
    if (index > piece) {
      pushExtra(events, { item: { type: "reasoning", ...(id !== undefined && { id }), piece: index } });
      events.push(say(BETWEEN_PIECES));
      [piece, length] = [index, 0];
    }
    length += text.length;
    if (text !== "") events.push(say(text));
    return events;
  }

  function endPieces(as: "summary" | "content", pieces: unknown): ChatEvent[] {
    if (!Array.isArray(pieces) || (kind !== undefined && kind !== as)) return [];
    return pieces.flatMap((each, index) => {
      const text = isObject(each) ? textOf(each["text"]) : "";
      if (index < piece) return [];
      return hear(as, { text: index === piece ? text.slice(length) : text, index });
    });
  }

  return {
    read({ type, delta, summary_index: summaryIndex, content_index: contentIndex }) {
      if (type === "response.reasoning_summary_text.delta")
        return hear("summary", { text: textOf(delta), index: indexOf(summaryIndex) });
      if (type === "response.reasoning_text.delta")
        return hear("content", { text: textOf(delta), index: indexOf(contentIndex) });
      return [];
    },
    end(item) {
      const events = [...endPieces("summary", item["summary"]), ...endPieces("content", item["content"])];
      // Reasoning of which nothing is told begins with nothing, lest its seal be taken for that of the reasoning before.
      if (kind === undefined) events.push(...begin("summary"), say(""));
      const sealed = textOf(item["encrypted_content"]);
      if (sealed !== "") events.push({ type: "reasoning_signature", ...CHOICE, signature: sealed });
      return events;
    },
  };
}

function indexOf(value: unknown): number {
  return typeof value === "number" && Number.isSafeInteger(value) ? value : 0;
}
