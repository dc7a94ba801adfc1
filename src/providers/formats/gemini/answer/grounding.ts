// What an answer rests on, both directions: Google's supports and chunks, and canonical citations. Google counts the bytes of a
// text, the canonical model its characters.
import type { ChatEvent, Citation, Extra } from "../../../contract.ts";
import { definedOnly, isIntegerFrom, isObject, textOf } from "../../fields.ts";
import type { CandidateState } from "./candidate-state.ts";

/** Beyond these nobody reads them; bounds what one piece of an answer can become. */
const CITATIONS_MAX = 1000;

/** Citations in what a candidate says beyond its content. The same told again says nothing. */
export function readCitations(extra: Extra, state: CandidateState): ChatEvent[] {
  const { groundingMetadata: grounding, citationMetadata: sources } = extra;
  const found = [
    ...(isObject(grounding) ? readGrounding(grounding, state) : []),
    ...(isObject(sources) ? readSources(sources, state) : []),
  ];
  return found.slice(0, CITATIONS_MAX).map((citation) => ({ type: "citation", choice: state.choice, citation }));
}

function readGrounding(grounding: Extra, state: CandidateState): Citation[] {
  const { groundingChunks: chunks, groundingSupports: supports, webSearchQueries: queries } = grounding;
  if (Array.isArray(queries)) state.searches = Math.max(state.searches, queries.length);
  if (!Array.isArray(supports) || !Array.isArray(chunks)) return [];
  const said = JSON.stringify(supports);
  if (said === state.cited) return [];
  state.cited = said;
  const bytes = Buffer.from(state.text);
  return supports
    .slice(0, CITATIONS_MAX)
    .filter(isObject)
    .flatMap((support) => {
      const segment = isObject(support["segment"]) ? support["segment"] : {};
      const indices: unknown = support["groundingChunkIndices"];
      const where = placeOf(bytes, segment);
      return (Array.isArray(indices) ? indices : []).flatMap((index: unknown): Citation[] => {
        const chunk: unknown = chunks[Number(index)];
        return isObject(chunk) ? [{ ...sourceOf(chunk), ...where }] : [];
      });
    });
}

/** A page, a passage from a store of files, or a place on the map. */
function sourceOf(chunk: Extra): Citation {
  const source = Object.values(chunk).find(isObject) ?? {};
  return definedOnly<Citation>({
    url: textOf(source["uri"]) || undefined,
    title: textOf(source["title"]) || undefined,
    quote: textOf(source["text"]) || undefined,
  });
}

function readSources(metadata: Extra, { text }: CandidateState): Citation[] {
  const list = metadata["citations"] ?? metadata["citationSources"];
  if (!Array.isArray(list)) return [];
  const bytes = Buffer.from(text);
  const sources = list.slice(0, CITATIONS_MAX).filter(isObject);
  return sources.map((source) => ({ ...sourceOf({ source }), ...placeOf(bytes, source) }));
}

/** Nothing where the text does not reach as far. */
function placeOf(bytes: Buffer, { startIndex = 0, endIndex }: Extra): { start?: number; end?: number } {
  if (!isIntegerFrom(startIndex, 0) || !isIntegerFrom(endIndex, startIndex)) return {};
  if (endIndex > bytes.length) return {};
  const start = bytes.toString("utf8", 0, startIndex).length;
  return { start, end: start + bytes.toString("utf8", startIndex, endIndex).length };
}

/** Google's words for the citations of a text. */
export function writeGrounding(citations: readonly Citation[], text: string): Extra {
  const chunks: Extra[] = [];
  const places = new Map<string, number>();
  const supports = citations.map((citation) => {
    const { url = "", title = "", quote } = citation;
    const key = JSON.stringify([url, title, url === "" ? quote : ""]);
    const place = places.get(key) ?? chunks.length;
    places.set(key, place);
    if (place === chunks.length) chunks.push(writeChunk(citation));
    return { segment: writeSegment(citation, text), groundingChunkIndices: [place] };
  });
  return { groundingChunks: chunks, groundingSupports: supports };
}

function writeChunk({ url, title, quote }: Citation): Extra {
  if (url !== undefined) return { web: definedOnly<Extra>({ uri: url, title }) };
  return { retrievedContext: definedOnly<Extra>({ title, text: quote }) };
}

function writeSegment({ start, end }: Citation, text: string): Extra {
  if (start === undefined || end === undefined || end > text.length || start > end) return {};
  const before = Buffer.byteLength(text.slice(0, start));
  const said = text.slice(start, end);
  return { startIndex: before, endIndex: before + Buffer.byteLength(said), text: said };
}
