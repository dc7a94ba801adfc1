// One canonical part as a content block for a vendor. What Anthropic cannot say, or did not make itself, is dropped and said.
import type { Extra, Part } from "../../../contract.ts";
import { definedOnly, isObject } from "../../fields.ts";
import { isOurs, writeCitation } from "../citations.ts";
import { isText, readDataUrl, typeByName, type Where, writeSource } from "../media.ts";
import { piecesOf, textOfPieces } from "./block-in.ts";
import { writeCacheMark } from "./cache-marks.ts";

export interface Writing {
  /** The caller spoke this dialect: every extra goes back to where it stood. */
  isOwn: boolean;
  drop(what: string, why: string): void;
}

export const NO_WORD = "Anthropic has no word for it";
const NOT_OURS = "Anthropic takes back only the thinking that it signed itself";
const ELSEWHERE = "a file kept at another vendor cannot be shown";

/** No block, or one. `path` is where the part stands, in canonical words. */
export function writePart(part: Part, path: string, writing: Writing): Extra[] {
  switch (part.type) {
    case "text":
      return writeText(part, path, writing);
    case "refusal":
      return part.text === "" ? [] : [{ type: "text", text: part.text }];
    case "image":
      return writeImage(part, path, writing);
    case "file":
      return writeFile(part, path, writing);
    case "reasoning":
      return writeReasoning(part, path, writing);
    case "server_tool_call":
      if (!writing.isOwn) return dropped(path, `it was called at another vendor`, writing);
      return [{ id: part.id, name: part.name, input: part.input, ...part.extra }];
    case "server_tool_result":
      if (!writing.isOwn) return dropped(path, "it ran at another vendor", writing);
      return [definedOnly<Extra>({ tool_use_id: part.call_id, content: part.content, ...part.extra })];
    case "other":
      return writing.isOwn ? [part.extra] : dropped(path, NO_WORD, writing);
    case "audio":
    case "video":
      return dropped(path, NO_WORD, writing);
  }
}

type PartOf<T extends Part["type"]> = Extract<Part, { type: T }>;

function writeText(part: PartOf<"text">, path: string, writing: Writing): Extra[] {
  const { text, citations, cache, extra } = part;
  if (writing.isOwn && extra?.["type"] !== undefined)
    return [{ ...writeTextual(text, extra), ...writeCacheMark(cache) }];
  // Anthropic refuses empty texts; they say nothing.
  if (!writing.isOwn && text === "") return [];
  const kept = writing.isOwn ? citations?.filter((each) => isOurs(each.extra)) : [];
  if (citations && kept?.length !== citations.length) writing.drop(`${path}.citations`, NO_WORD);
  const written = kept?.flatMap((each) => writeCitation(each) ?? []);
  return [finish({ type: "text", text, ...(written?.length && { citations: written }) }, { part, path }, writing)];
}

/** A search result or a document in pieces: in its own pieces, unless its text was changed on the way. */
function writeTextual(text: string, extra: Extra): Extra {
  if (textOfPieces(piecesOf(extra)) === text) return extra;
  const content = [{ type: "text", text }];
  return isObject(extra["source"]) ? { ...extra, source: { ...extra["source"], content } } : { ...extra, content };
}

function writeImage(part: PartOf<"image">, path: string, writing: Writing): Extra[] {
  const { url, file_id: fileId, detail } = part;
  if (detail !== undefined && detail !== "auto") writing.drop(`${path}.detail`, NO_WORD);
  if (fileId !== undefined && url === "") {
    if (!writing.isOwn) return dropped(path, ELSEWHERE, writing);
    return [finish({ type: "image", source: writeSource({ kind: "file", fileId }) }, { part, path }, writing)];
  }
  const data = readDataUrl(url);
  const where: Where = data ? { kind: "data", ...data } : { kind: "url", url };
  return [finish({ type: "image", source: writeSource(where) }, { part, path }, writing)];
}

function writeFile(part: PartOf<"file">, path: string, writing: Writing): Extra[] {
  const where = whereIs(part);
  if (where === undefined || (where.kind === "file" && !writing.isOwn)) return dropped(path, ELSEWHERE, writing);
  const mediaType = where.kind === "data" ? where.mediaType : part.media_type;
  if (mediaType?.startsWith("image/"))
    return [finish({ type: "image", source: writeSource(where) }, { part, path }, writing)];
  const isReadable = mediaType === undefined || mediaType === "application/pdf" || isText(mediaType);
  if (!isReadable && !writing.isOwn) return dropped(path, `Anthropic reads PDF and text, not ${mediaType}`, writing);
  const block = { type: "document", source: writeSource(where), ...(part.filename && { title: part.filename }) };
  return [finish(block, { part, path }, writing)];
}

function whereIs({ data, url, file_id: fileId, media_type: mediaType, filename }: PartOf<"file">): Where | undefined {
  if (data !== undefined) {
    const found = readDataUrl(data) ?? { mediaType: mediaType ?? typeByName(filename), base64: data };
    // Some call every file a stream of octets.
    const isVague = found.mediaType === "application/octet-stream";
    return {
      kind: "data",
      base64: found.base64,
      mediaType: isVague ? (mediaType ?? typeByName(filename)) : found.mediaType,
    };
  }
  if (url !== undefined) return { kind: "url", url };
  return fileId === undefined ? undefined : { kind: "file", fileId };
}

function writeReasoning(part: PartOf<"reasoning">, path: string, writing: Writing): Extra[] {
  const { text, signature, redacted, extra, sealed_by } = part;
  const isSealedHere = sealed_by === undefined ? writing.isOwn : sealed_by === "anthropic-messages";
  if (!isSealedHere || (signature === undefined && redacted === undefined)) return dropped(path, NOT_OURS, writing);
  return [
    redacted === undefined
      ? { type: "thinking", thinking: text, signature, ...extra }
      : { type: "redacted_thinking", data: redacted, ...extra },
  ];
}

/** With its cache mark and, for a caller of this dialect, all else that it said. */
function finish(
  block: Extra,
  { part, path }: { part: PartOf<"text" | "image" | "file">; path: string },
  writing: Writing,
): Extra {
  if (!writing.isOwn) for (const name of Object.keys(part.extra ?? {})) writing.drop(`${path}.${name}`, NO_WORD);
  return { ...block, ...writeCacheMark(part.cache), ...(writing.isOwn && part.extra) };
}

function dropped(path: string, why: string, writing: Writing): Extra[] {
  writing.drop(path, why);
  return [];
}
