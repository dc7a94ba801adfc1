// What a document says, for vendors that take text alone.
import { isObject } from "../fields.ts";
import type { RerankDocument, RerankRequest } from "./contract.ts";

/** Itself; its `text` where it has no other field; else a line a field, as Cohere advises. Of the fields that are to be looked at. */
export function textOfDocument(document: RerankDocument, fields?: readonly string[]): string {
  if (typeof document === "string") return document;
  const { text } = document;
  const all = Object.entries(document);
  const named = all.filter(([name]) => fields?.includes(name) ?? true);
  // A document without any of these fields is not an empty one.
  const entries = named.length > 0 ? named : all;
  const isText = typeof text === "string" && entries.length === 1 && entries[0]?.[0] === "text";
  if (isText) return text;
  return entries
    .map(([name, value]) => `${name}: ${typeof value === "string" ? value : JSON.stringify(value)}`)
    .join("\n");
}

/** The fields that Cohere's first version was told to look at. */
export function rankFieldsOf({ extra }: RerankRequest): string[] | undefined {
  const fields = extra?.["rank_fields"];
  return Array.isArray(fields) && fields.every((each) => typeof each === "string") ? fields : undefined;
}

/** With its text and no more; objects that say more are sent whole to nobody but those that look at it. */
export function isTextAlone(document: RerankDocument): boolean {
  return isObject(document) && typeof document["text"] === "string" && Object.keys(document).length === 1;
}
