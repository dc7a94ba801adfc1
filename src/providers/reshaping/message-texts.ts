// The texts of a request's messages, in whatever dialect it is, and the same request with others in their place. Calls of
// tools, their results, reasoning and media are none of them: nothing of those may change.
import type { Extra } from "../contract.ts";
import type { CallerRequest } from "../exchange/caller-request.ts";
import { isObject } from "../formats/fields.ts";

export interface MessageText {
  text: string;
  /** A mark for the vendor's prompt cache stands on it or after it. */
  isCached: boolean;
}

interface Place {
  text: string;
  isMarked: boolean;
  set(text: string): void;
}

/** `change` gives one text for each; where all are the same, so is the request, byte by byte. */
export function rewriteTexts(
  request: CallerRequest,
  change: (texts: readonly MessageText[]) => readonly string[],
): CallerRequest {
  const body: unknown = JSON.parse(request.text);
  if (!isObject(body)) return request;
  const places = placesIn(body);
  const lastMark = places.findLastIndex(({ isMarked }) => isMarked);
  const changed = change(places.map(({ text }, place) => ({ text, isCached: place <= lastMark })));
  let isSame = true;
  for (const [at, place] of places.entries()) {
    const text = changed[at] ?? place.text;
    if (text === place.text) continue;
    isSame = false;
    place.set(text);
  }
  return isSame ? request : { ...request, text: JSON.stringify(body) };
}

const SYSTEM = ["system", "instructions", "systemInstruction", "system_instruction"];
const MESSAGES = ["messages", "input", "contents"];
const SPEAKERS: ReadonlySet<unknown> = new Set(["system", "developer", "user", "assistant", "model", undefined]);
const TEXTS: ReadonlySet<unknown> = new Set(["text", "input_text", "output_text", undefined]);

/** In the order in which a model reads them. */
function placesIn(body: Extra): Place[] {
  const places: Place[] = [];
  for (const name of SYSTEM) addContent(places, body, name);
  for (const name of MESSAGES) {
    const messages = body[name];
    if (typeof messages === "string") addContent(places, body, name);
    if (!Array.isArray(messages)) continue;
    for (const message of messages) if (isObject(message) && SPEAKERS.has(message["role"])) addMessage(places, message);
  }
  return places;
}

function addMessage(places: Place[], message: Extra): void {
  addContent(places, message, "content");
  addContent(places, message, "parts");
}

/** A text, parts with texts, or an object that holds such parts. */
function addContent(places: Place[], holder: Extra, name: string): void {
  const content = holder[name];
  if (typeof content === "string")
    places.push({ text: content, isMarked: isMarked(holder), set: (text) => void (holder[name] = text) });
  else if (isObject(content)) addContent(places, content, "parts");
  else if (Array.isArray(content)) for (const part of content) if (isObject(part)) addPart(places, part);
}

function addPart(places: Place[], part: Extra): void {
  const { text, type, thought } = part;
  const isText = typeof text === "string" && TEXTS.has(type) && thought !== true;
  // What is no text may bear a mark, too: then an empty place stands for it.
  if (isText) places.push({ text, isMarked: isMarked(part), set: (changed) => void (part["text"] = changed) });
  else if (isMarked(part)) places.push({ text: "", isMarked: true, set: () => undefined });
}

function isMarked(part: Extra): boolean {
  return isObject(part["cache_control"]) || isObject(part["cachePoint"]);
}
