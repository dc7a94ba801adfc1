// One content block of a caller's request as a canonical part. Tool calls and tool results are no parts; message-in.ts
// reads those. A block without a canonical word is carried whole.
import type { Citation, Extra, Part } from "../../../contract.ts";
import { definedOnly, type Fields, isObject, missing, openFields, textOf, wrongType } from "../../fields.ts";
import { readCitation } from "../citations.ts";
import { readSource } from "../media.ts";
import { readCacheMark } from "./cache-marks.ts";

/** Throws `providers.bad_request`. */
export function readBlock(value: unknown, path: string): Part {
  const block = openFields(value, path, "a content block such as {type: 'text', text: '…'}");
  const type = block.text("type");
  switch (type) {
    case undefined:
      throw missing(block.at("type"), "`text`, `image`, `document`, `tool_result` or another kind of content block");
    case "text":
      return finishPart(
        { type: "text", text: block.needed("text"), citations: readCitations(block) },
        block,
        readCacheMark(block),
      );
    case "image":
      return readImage(block) ?? { type: "other", extra: value as Extra };
    case "document":
      return readDocument(block) ?? readTextual(block, type) ?? { type: "other", extra: value as Extra };
    case "search_result":
      return readTextual(block, type) ?? { type: "other", extra: value as Extra };
    case "thinking": {
      // A caller who was answered by a vendor that signs nothing gives an empty signature back.
      const signature = block.text("signature") || undefined;
      return finishPart({ type: "reasoning", text: block.needed("thinking"), signature }, block);
    }
    case "redacted_thinking":
      return finishPart({ type: "reasoning", text: "", redacted: block.needed("data") }, block);
    default:
      return readServerBlock(block, type) ?? { type: "other", extra: value as Extra };
  }
}

/** What a tool at the vendor was asked, and what it gave: `server_tool_use`, `mcp_tool_use`, `…_tool_result`. */
function readServerBlock(block: Fields, type: string): Part | undefined {
  if (type === "server_tool_use" || type === "mcp_tool_use") {
    const [id, name] = [block.needed("id"), block.needed("name")];
    return { type: "server_tool_call", id, name, input: block.any("input") ?? {}, extra: { type, ...block.rest() } };
  }
  if (!type.endsWith("_tool_result")) return undefined;
  return {
    type: "server_tool_result",
    call_id: block.needed("tool_use_id"),
    name: type.slice(0, -"_tool_result".length),
    content: block.any("content"),
    extra: { type, ...block.rest() },
  };
}

function readImage(block: Fields): Part | undefined {
  const where = readSource(sourceOf(block));
  if (where === undefined) return undefined;
  const mark = readCacheMark(block);
  if (where.kind === "file") return finishPart({ type: "image", url: "", file_id: where.fileId }, block, mark);
  const url = where.kind === "url" ? where.url : `data:${where.mediaType};base64,${where.base64}`;
  return finishPart({ type: "image", url }, block, mark);
}

function readDocument(block: Fields): Part | undefined {
  const where = readSource(sourceOf(block));
  if (where === undefined) return undefined;
  const file = { type: "file" as const, filename: block.text("title") };
  const mark = readCacheMark(block);
  if (where.kind === "file") return finishPart({ ...file, file_id: where.fileId }, block, mark);
  if (where.kind === "url") return finishPart({ ...file, url: where.url }, block, mark);
  const { mediaType, base64 } = where;
  // Text as a data URL, so that nobody takes it for base64 or the other way round.
  const data = mediaType.startsWith("text/") ? `data:${mediaType};base64,${base64}` : base64;
  return finishPart({ ...file, data, media_type: mediaType }, block, mark);
}

function sourceOf(block: Fields): unknown {
  const source = block.any("source");
  if (source === undefined) throw missing(block.at("source"), "an object such as {type: 'url', url: 'https://…'}");
  if (!isObject(source)) throw wrongType(block.at("source"), "an object", source);
  return source;
}

// A search result, or a document given in pieces, is text with a name: others can read the text. Only where all of it is.
function readTextual(block: Fields, type: "search_result" | "document"): Part | undefined {
  const kept =
    type === "search_result" ? { type, content: block.any("content") } : { type, source: block.any("source") };
  const text = textOfPieces(piecesOf(kept));
  if (text === undefined) return undefined;
  return finishPart({ type: "text", text, extra: kept }, block, readCacheMark(block));
}

/** The pieces of a search result, or of a document that is given in pieces. */
export function piecesOf({ content, source }: Extra): unknown {
  return content ?? (isObject(source) && source["type"] === "content" ? source["content"] : undefined);
}

/** The text of a list of text blocks, or of plain text; undefined when there is anything else among them. */
export function textOfPieces(pieces: unknown): string | undefined {
  if (typeof pieces === "string") return pieces;
  if (!Array.isArray(pieces) || pieces.length === 0) return undefined;
  const isAllText = pieces.every((piece) => isObject(piece) && piece["type"] === "text");
  return isAllText ? pieces.map((piece: Extra) => textOf(piece["text"])).join("\n") : undefined;
}

function readCitations(block: Fields): Citation[] | undefined {
  const citations = block.list("citations")?.flatMap((each) => readCitation(each) ?? []);
  return citations?.length ? citations : undefined;
}

type Loose<T> = { [K in keyof T]: T[K] | undefined };

function finishPart<T extends Part>(part: Loose<T>, block: Fields, mark: ReturnType<typeof readCacheMark> = {}): T {
  const extra = { ...("extra" in part && (part.extra as Extra)), ...block.rest(), ...mark.extra };
  return definedOnly<T>({
    ...part,
    ...(mark.cache && { cache: mark.cache }),
    ...(Object.keys(extra).length > 0 && { extra }),
  });
}
