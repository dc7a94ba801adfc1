// What an answer rests on, both directions. Cohere points from a stretch of the answer to documents and results of tools; the
// whole of it is kept in `extra`, since only the address and the title have canonical words.
import type { Citation, Extra } from "../../contract.ts";
import { definedOnly, isIntegerFrom, isObject, textOf } from "../fields.ts";

/** Undefined for what is no citation. */
export function readCitation(value: unknown): Citation | undefined {
  if (!isObject(value)) return undefined;
  const { start, end, ...extra } = value;
  const place = { ...(isIntegerFrom(start, 0) && { start }), ...(isIntegerFrom(end, 0) && { end }) };
  const sources = Array.isArray(value["sources"]) ? (value["sources"] as unknown[]) : [];
  const told = sources.flatMap((source) => {
    const document = isObject(source) ? source["document"] : undefined;
    return isObject(document) ? [document] : [];
  });
  const url = told.map((each) => textOf(each["url"])).find((each) => /^https?:\/\//.test(each));
  const title = told.map((each) => textOf(each["title"])).find((each) => each !== "");
  return definedOnly<Citation>({ url, title, ...place, extra });
}

/** It is of the thinking, not of what the answer says. */
export function isOfThinking(citation: Citation): boolean {
  return citation.extra?.["type"] === "THINKING_CONTENT";
}

/** Cohere made it, and would know it again. */
export function isOurs({ extra }: Citation): boolean {
  return Array.isArray(extra?.["sources"]);
}

/** What Cohere would have said; `cited` is the stretch of text that it is of. Of another vendor's, the source is a document. */
export function writeCitation(citation: Citation, cited: { start: number; end: number; text: string }): Extra {
  const { url, title, quote, extra } = citation;
  if (isOurs(citation)) return definedOnly<Extra>({ start: citation.start, end: citation.end, ...extra });
  const document = definedOnly<Extra>({ id: url ?? title, title, url, snippet: quote });
  return { ...cited, sources: [definedOnly<Extra>({ type: "document", id: url ?? title, document })] };
}
