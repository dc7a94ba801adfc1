// One canonical part as a content block for a vendor. What Bedrock cannot say, or did not make itself, is dropped and said.
import type { Extra, Part } from "../../../contract.ts";
import { readDataUrl } from "../../anthropic-messages/media.ts";
import { definedOnly } from "../../fields.ts";
import { writeCitation } from "../citations.ts";
import { formatByName, formatOf, type MediaKind, placeInS3 } from "../media.ts";
import { textWithin } from "./block-in.ts";

export interface Writing {
  /** The caller spoke this dialect: every extra goes back to where it stood. */
  isOwn: boolean;
  /** The model keeps what stands before a cache point. */
  canCache: boolean;
  /** Names of documents so far: Bedrock wants them to differ. */
  documentNames: Set<string>;
  drop(what: string, why: string): void;
}

export const NO_WORD = "Bedrock has no word for it";
const NOT_OURS = "Bedrock takes back only the thinking that its own models sealed";
const ELSEWHERE = "a file kept at another vendor cannot be shown";
const NO_ADDRESS = "Bedrock fetches nothing but from S3";

/** No block, or one. `path` is where the part stands, in canonical words. */
export function writePart(part: Part, path: string, writing: Writing): Extra[] {
  switch (part.type) {
    case "text":
      return writeText(part, path, writing);
    case "refusal":
      return part.text.trim() === "" ? [] : [{ text: part.text }];
    case "image":
      return writeImage(part, path, writing);
    case "video":
      return writeMedia("video", part.url, { path, writing });
    case "audio":
      return [{ audio: { format: part.format, source: { bytes: part.data } } }];
    case "file":
      return writeFile(part, path, writing);
    case "reasoning":
      return writeReasoning(part, path, writing);
    case "server_tool_call":
      if (!writing.isOwn) return dropped(path, "it was called at another vendor", writing);
      return [{ toolUse: { toolUseId: part.id, name: part.name, input: part.input, ...part.extra } }];
    case "server_tool_result":
      if (!writing.isOwn) return dropped(path, "it ran at another vendor", writing);
      return [{ toolResult: { toolUseId: part.call_id, content: part.content, ...part.extra } }];
    case "other":
      return writing.isOwn ? [part.extra] : dropped(path, NO_WORD, writing);
  }
}

type PartOf<T extends Part["type"]> = Extract<Part, { type: T }>;

function writeText(part: PartOf<"text">, path: string, writing: Writing): Extra[] {
  const { text, citations, extra } = part;
  if (writing.isOwn && extra && isWhole(extra)) {
    // As it was, unless its text was changed on the way.
    const before = "json" in extra ? JSON.stringify(extra["json"]) : textWithin(extra);
    return before === text ? [extra] : [{ text }];
  }
  tellExtra(part, path, writing);
  // Bedrock refuses texts of nothing but white space; they say nothing.
  if (!writing.isOwn && text.trim() === "") return [];
  if (citations && !writing.isOwn) writing.drop(`${path}.citations`, NO_WORD);
  const kept = writing.isOwn ? citations?.flatMap((each) => writeCitation(each) ?? []) : undefined;
  return [kept?.length ? { citationsContent: { content: [{ text }], citations: kept } } : { text }];
}

const WHOLE = ["json", "guardContent", "searchResult", "citationsContent", "document"];

/** The block itself stands in `extra`. */
function isWhole(extra: Extra): boolean {
  return WHOLE.some((name) => name in extra);
}

function writeImage(part: PartOf<"image">, path: string, writing: Writing): Extra[] {
  const { url, file_id: fileId, detail } = part;
  tellExtra(part, path, writing);
  if (detail !== undefined && detail !== "auto") writing.drop(`${path}.detail`, NO_WORD);
  if (fileId !== undefined && url === "") return dropped(path, ELSEWHERE, writing);
  return writeMedia("image", url, { path, writing });
}

function writeMedia(
  kind: "image" | "video",
  url: string,
  { path, writing }: { path: string; writing: Writing },
): Extra[] {
  const place = placeInS3(url);
  if (place) {
    const ending = url.slice(url.lastIndexOf(".") + 1).toLowerCase();
    return [{ [kind]: { format: formatOf(kind, `${kind}/${ending}`) ?? ending, source: place } }];
  }
  const data = readDataUrl(url);
  if (!data) return dropped(path, NO_ADDRESS, writing);
  const format = formatFor(kind, data.mediaType, writing);
  if (format === undefined) return dropped(path, `Bedrock has no format for ${data.mediaType}`, writing);
  return [{ [kind]: { format, source: { bytes: data.base64 } } }];
}

/** Our own callers may know a format that we do not. */
function formatFor(kind: MediaKind, mediaType: string, { isOwn }: Writing): string | undefined {
  return formatOf(kind, mediaType) ?? (isOwn ? mediaType.replace(/^.*\//s, "") : undefined);
}

function writeFile(part: PartOf<"file">, path: string, writing: Writing): Extra[] {
  const { data, url, filename, media_type: said, extra } = part;
  tellExtra(part, path, writing);
  if (data === undefined && url === undefined) return dropped(path, ELSEWHERE, writing);
  const name = writing.isOwn ? filename : nameFor(filename, writing);
  const place = url === undefined ? undefined : placeInS3(url);
  if (place) {
    const format = formatByName(url) ?? formatByName(filename) ?? "pdf";
    return [{ document: definedOnly<Extra>({ format, name, source: place }) }];
  }
  const found = readDataUrl(data ?? url ?? "");
  if (!found && data === undefined) return dropped(path, NO_ADDRESS, writing);
  const base64 = found?.base64 ?? data;
  const given = found?.mediaType ?? said ?? "application/octet-stream";
  // Some call every file a stream of octets.
  const mediaType = given === "application/octet-stream" ? (said ?? given) : given;
  if (mediaType.startsWith("image/"))
    return writeMedia("image", `data:${mediaType};base64,${base64 ?? ""}`, { path, writing });
  const format =
    mediaType === "application/octet-stream"
      ? (formatByName(filename) ?? "pdf")
      : formatFor("document", mediaType, writing);
  if (format === undefined) return dropped(path, `Bedrock has no format for ${mediaType}`, writing);
  return [{ document: definedOnly<Extra>({ format, name, source: { bytes: base64 }, ...(writing.isOwn && extra) }) }];
}

/** Bedrock takes letters, digits, single spaces, hyphens and brackets in names, and no ending. Each document has its own. */
function nameFor(filename: string | undefined, { documentNames }: Writing): string {
  const bare = (filename ?? "")
    .replace(/\.[^.]*$/, "")
    .replaceAll(/[^a-zA-Z0-9\s()[\]-]/g, "-")
    .replaceAll(/\s+/g, " ")
    .trim()
    .slice(0, 180);
  const stem = bare === "" ? "Document" : bare;
  let name = stem;
  for (let number = 2; documentNames.has(name); number += 1) name = `${stem} ${number}`;
  documentNames.add(name);
  return name;
}

function writeReasoning(part: PartOf<"reasoning">, path: string, writing: Writing): Extra[] {
  const { text, signature, redacted, extra, sealed_by: maker } = part;
  const isSealedHere = maker === undefined ? writing.isOwn : maker === "bedrock-converse";
  if (!isSealedHere) return dropped(path, NOT_OURS, writing);
  if (redacted !== undefined) return [{ reasoningContent: { redactedContent: redacted } }];
  const told = extra?.["reasoningText"] as Extra | undefined;
  // Claude's thinking is refused without its seal; of other makers' models there is none.
  return [{ reasoningContent: { reasoningText: definedOnly<Extra>({ text, signature, ...told }) } }];
}

function tellExtra(part: PartOf<"text" | "image" | "file">, path: string, { isOwn, drop }: Writing): void {
  if (!isOwn) for (const name of Object.keys(part.extra ?? {})) drop(`${path}.${name}`, NO_WORD);
}

function dropped(path: string, why: string, { drop }: Writing): Extra[] {
  drop(path, why);
  return [];
}
