// One content block of a caller's request as a canonical part. A block has one member, which names its kind. Tool calls, tool
// results and cache points are no parts; message-in.ts reads those. A block without a canonical word is carried whole.
import type { Citation, Extra, Part } from "../../../contract.ts";
import { definedOnly, isObject, missing, openFields, textOf, wrongType } from "../../fields.ts";
import { readCitation, textOfPieces } from "../citations.ts";
import { bytesIn, mediaTypeOf } from "../media.ts";

/** Throws `providers.bad_request`. */
export function readBlock(value: unknown, path: string): Part {
  const block = openFields(value, path, "a content block such as {text: '…'}");
  const whole = value as Extra;
  const kinds = Object.keys(whole).filter((key) => whole[key] !== null && key !== "__proto__");
  const [kind] = kinds;
  if (kind === undefined) throw missing(block.at("text"), "a string, or another kind of content");
  if (kinds.length === 1 && kind === "text") return { type: "text", text: block.text(kind) ?? "" };
  if (kinds.length > 1 || !READERS.has(kind)) return { type: "other", extra: whole };
  const said = block.object(kind) ?? {};
  return READERS.get(kind)?.(said, block.at(kind)) ?? { type: "other", extra: whole };
}

type Reader = (said: Extra, path: string) => Part | undefined;

const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ["image", readImage],
  ["document", readDocument],
  ["video", readVideo],
  ["audio", readAudio],
  ["reasoningContent", readReasoning],
  ["guardContent", readGuarded],
  ["searchResult", readSearchResult],
  ["citationsContent", readCited],
]);

function readImage(said: Extra, path: string): Part | undefined {
  const { format, source, ...more } = said;
  const bytes = bytesOf(source, { format, path });
  if (bytes === undefined || Object.keys(more).length > 0) return undefined;
  return { type: "image", url: `data:${mediaTypeOf("image", textOf(format))};base64,${bytes}` };
}

function readVideo(said: Extra, path: string): Part | undefined {
  const { format, source, ...more } = said;
  const bytes = bytesOf(source, { format, path });
  if (bytes === undefined || Object.keys(more).length > 0) return undefined;
  const mediaType = mediaTypeOf("video", textOf(format));
  return { type: "video", url: `data:${mediaType};base64,${bytes}`, media_type: mediaType };
}

function readAudio(said: Extra, path: string): Part | undefined {
  const { format, source, ...more } = said;
  const bytes = bytesOf(source, { format, path });
  if (bytes === undefined || Object.keys(more).length > 0) return undefined;
  return { type: "audio", data: bytes, format: textOf(format) };
}

/** Its name, and what else is said of it, go along. */
function readDocument(said: Extra, path: string): Part | undefined {
  const { format, name, source, ...more } = said;
  if (!isObject(source)) throw wrongType(`${path}.source`, "an object such as {bytes: '…'}", source);
  const filename = typeof name === "string" ? name : undefined;
  const extra = Object.keys(more).length > 0 ? more : undefined;
  const { text, content } = source;
  if (typeof text === "string" && Object.keys(source).length === 1) {
    const data = `data:text/plain;base64,${Buffer.from(text).toString("base64")}`;
    // Which of the two ways it came in is kept beside it.
    return definedOnly<Part>({ type: "file", filename, data, media_type: "text/plain", extra: { ...extra, source } });
  }
  const pieces = textOfAll(content);
  if (pieces !== undefined) return { type: "text", text: pieces, extra: { document: said } };
  const bytes = bytesIn(source);
  if (bytes === undefined) return undefined;
  const mediaType = mediaTypeOf("document", typeof format === "string" ? format : "txt");
  // Text as a data URL, so that nobody takes it for base64 or the other way round.
  const data = mediaType.startsWith("text/") ? `data:${mediaType};base64,${bytes}` : bytes;
  return definedOnly<Part>({ type: "file", filename, data, media_type: mediaType, extra });
}

function bytesOf(source: unknown, { format, path }: { format: unknown; path: string }): string | undefined {
  if (typeof format !== "string") throw missing(`${path}.format`, "what kind of file it is, such as `png`");
  if (!isObject(source)) throw wrongType(`${path}.source`, "an object such as {bytes: '…'}", source);
  return bytesIn(source);
}

function readReasoning(said: Extra): Part | undefined {
  const { reasoningText: told, redactedContent: redacted, ...more } = said;
  if (Object.keys(more).length > 0) return undefined;
  if (typeof redacted === "string" && told === undefined) return { type: "reasoning", text: "", redacted };
  if (!isObject(told) || redacted !== undefined) return undefined;
  const { text, signature, ...rest } = told;
  const extra = Object.keys(rest).length > 0 ? { reasoningText: rest } : undefined;
  return definedOnly<Part>({
    type: "reasoning",
    text: textOf(text),
    // A caller who was answered by a vendor that signs nothing may give an empty signature back.
    signature: textOf(signature) || undefined,
    extra,
  });
}

// What follows is text with more to it: others can read the text, and here it is said again as it was.

function readGuarded(said: Extra): Part | undefined {
  const text = isObject(said["text"]) ? said["text"]["text"] : undefined;
  return typeof text === "string" ? { type: "text", text, extra: { guardContent: said } } : undefined;
}

function readSearchResult(said: Extra): Part | undefined {
  const text = textOfAll(said["content"]);
  return text === undefined ? undefined : { type: "text", text, extra: { searchResult: said } };
}

function readCited(said: Extra): Part | undefined {
  const text = textOfAll(said["content"]);
  if (text === undefined) return undefined;
  const given: unknown[] = Array.isArray(said["citations"]) ? said["citations"] : [];
  const citations = given.flatMap(
    (each): Citation[] | Citation => readCitation(each, { start: 0, end: text.length }) ?? [],
  );
  return { type: "text", text, ...(citations.length > 0 && { citations }), extra: { citationsContent: said } };
}

/** Undefined where there is anything but text. */
function textOfAll(pieces: unknown): string | undefined {
  if (!Array.isArray(pieces) || pieces.length === 0) return undefined;
  const isAllText = pieces.every((piece) => isObject(piece) && typeof piece["text"] === "string");
  return isAllText ? textOfPieces(pieces) : undefined;
}

/** The text of such a part as it stood in its block, by which a later change can be known. */
export function textWithin(extra: Extra): string | undefined {
  const read = readBlock(extra, "");
  return read.type === "text" ? read.text : undefined;
}
