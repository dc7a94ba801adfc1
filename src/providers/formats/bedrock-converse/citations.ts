// What a text rests on, both directions. Bedrock points into documents, at search results and at pages of the web; the whole of it
// is kept in `extra`, since only the address, title and quotation have canonical words.
import type { Citation, Extra } from "../../contract.ts";
import { definedOnly, isObject, textOf } from "../fields.ts";

/** Where in the answer's text the citation stands, in characters. */
export interface Span {
  start: number;
  end: number;
}

/** Undefined for what is no citation. */
export function readCitation(value: unknown, span?: Span): Citation | undefined {
  if (!isObject(value)) return undefined;
  const { sourceContent: pieces, ...extra } = value;
  const location = isObject(value["location"]) ? value["location"] : {};
  const url = isObject(location["web"]) ? textOf(location["web"]["url"]) : textOf(value["source"]);
  const title = textOf(value["title"]);
  return definedOnly<Citation>({
    url: /^https?:\/\//.test(url) ? url : undefined,
    title: title === "" ? undefined : title,
    quote: Array.isArray(pieces) ? textOfPieces(pieces) : undefined,
    ...span,
    extra,
  });
}

/** Undefined where Bedrock has no kind of citation for it: it knows no other vendor's files. */
export function writeCitation({ url, title, quote, extra }: Citation): Extra | undefined {
  const sourceContent = quote === undefined ? undefined : [{ text: quote }];
  if (isOurs(extra)) return definedOnly<Extra>({ ...extra, sourceContent });
  if (url === undefined) return undefined;
  const domain = URL.canParse(url) ? new URL(url).hostname : undefined;
  return definedOnly<Extra>({ title, sourceContent, location: { web: definedOnly<Extra>({ url, domain }) } });
}

const LOCATIONS = ["web", "documentChar", "documentPage", "documentChunk", "searchResultLocation"];

/** Bedrock made it, and would know it again. */
function isOurs(extra: Extra | undefined): boolean {
  const location = extra?.["location"];
  return isObject(location) && LOCATIONS.some((name) => name in location);
}

/** The texts of a list of pieces, one after the other. */
export function textOfPieces(pieces: readonly unknown[]): string {
  return pieces.map((piece) => (isObject(piece) ? textOf(piece["text"]) : "")).join("");
}
