// Documents that an answer may cite, in their three places: beside the messages, in what a tool gave, and within a turn. Others
// read them as text, so that what they say is not lost; Cohere gets them back as they came unless their text was changed.
import type { Extra } from "../../contract.ts";
import { isObject } from "../fields.ts";

/** What a document says: itself where it is a string, else its data, a line a field. */
export function textOfDocument(document: unknown): string {
  if (typeof document === "string") return document;
  const data = isObject(document) ? document["data"] : undefined;
  if (!isObject(data)) return typeof data === "string" ? data : "";
  return Object.entries(data)
    .map(([name, value]) => `${name}: ${typeof value === "string" ? value : JSON.stringify(value)}`)
    .join("\n");
}

/** The same document with this text. */
export function documentWithText(document: unknown, text: string): unknown {
  if (textOfDocument(document) === text) return document;
  return isObject(document) ? ({ ...document, data: { text } } satisfies Extra) : text;
}
