// What a text rests on, both directions. Anthropic points into documents by characters, pages or blocks, and at search
// results; the whole of it is kept in `extra`, since only the address, title and quotation have canonical words.
import type { Citation, Extra } from "../../contract.ts";
import { definedOnly, isObject, textOf } from "../fields.ts";

/** Where in the answer's text the citation stands, in characters. */
export interface Span {
  start: number;
  end: number;
}

const LOCATIONS = new Set([
  "char_location",
  "page_location",
  "content_block_location",
  "web_search_result_location",
  "search_result_location",
]);

/** Undefined for what is no citation. */
export function readCitation(value: unknown, span?: Span): Citation | undefined {
  if (!isObject(value)) return undefined;
  const { cited_text: quote, ...extra } = value;
  const source = textOf(value["url"]) || textOf(value["source"]);
  const title = textOf(value["title"]) || textOf(value["document_title"]);
  return definedOnly<Citation>({
    url: /^https?:\/\//.test(source) ? source : undefined,
    title: title === "" ? undefined : title,
    quote: typeof quote === "string" ? quote : undefined,
    ...span,
    extra,
  });
}

/** Undefined where Anthropic has no kind of citation for it: it knows no other vendor's files. */
export function writeCitation({ url, title, quote, extra }: Citation): Extra | undefined {
  if (isOurs(extra)) return definedOnly<Extra>({ ...extra, cited_text: quote });
  if (url === undefined) return undefined;
  // Its place in the search results is sealed by Anthropic; who found this elsewhere has none.
  return {
    type: "web_search_result_location",
    cited_text: quote ?? "",
    url,
    title: title ?? null,
    encrypted_index: "",
  };
}

/** Anthropic made it, and would know it again. */
export function isOurs(extra: Extra | undefined): boolean {
  return LOCATIONS.has(textOf(extra?.["type"])) && extra?.["encrypted_index"] !== "";
}
