// Canonical parts as content blocks for a vendor. What Cohere cannot say, or could not read, is dropped and said. Documents
// that stood beside the messages are gathered for there.
import type { Extra, Part } from "../../../contract.ts";
import { definedOnly, isObject } from "../../fields.ts";
import { documentWithText } from "../documents.ts";

export interface Writing {
  /** The caller spoke this dialect: every extra goes back to where it stood. */
  isOwn: boolean;
  drop(what: string, why: string): void;
  /** Those beside the messages, as they are found among them. */
  documents: unknown[];
}

export const NO_WORD = "Cohere has no word for it";

/** No block, or one. `path` is where the part stands, in canonical words; `role` is whose part it is. */
export function writePart(part: Part, { path, role }: { path: string; role: string }, writing: Writing): Extra[] {
  switch (part.type) {
    case "text":
      return writeText(part, path, writing);
    case "refusal":
      return part.text === "" ? [] : [{ type: "text", text: part.text }];
    case "image":
      if (role !== "user" && !writing.isOwn) return dropped(path, "Cohere takes pictures from the user alone", writing);
      return writeImage(part, path, writing);
    case "file":
      return writeFile(part, path, writing);
    case "reasoning":
      return writeReasoning(part, path, writing);
    case "other":
      return writing.isOwn ? [part.extra] : dropped(path, NO_WORD, writing);
    case "server_tool_call":
    case "server_tool_result":
      return dropped(path, "it ran at another vendor", writing);
    case "audio":
    case "video":
      return dropped(path, NO_WORD, writing);
  }
}

type PartOf<T extends Part["type"]> = Extract<Part, { type: T }>;

function writeText({ text, extra, citations }: PartOf<"text">, path: string, writing: Writing): Extra[] {
  if (!writing.isOwn) {
    if (citations?.length) writing.drop(`${path}.citations`, "Cohere knows its own sources alone");
    tellExtra(extra, path, writing);
    return text === "" ? [] : [{ type: "text", text }];
  }
  if (extra?.["documents"] !== undefined) {
    writing.documents.push(documentWithText(extra["documents"], text));
    return [];
  }
  if (extra?.["type"] === "document") return [{ ...extra, document: documentWithText(extra["document"], text) }];
  return [{ text, ...extra, type: "text" }];
}

function writeImage({ url, file_id: id, detail, extra }: PartOf<"image">, path: string, writing: Writing): Extra[] {
  if (id !== undefined && url === "") return dropped(path, "a file kept at another vendor cannot be shown", writing);
  if (!writing.isOwn) tellExtra(extra, path, writing);
  const { image_url: inner, ...more } = (writing.isOwn ? extra : undefined) ?? {};
  const image = definedOnly<Extra>({ url, detail });
  return [{ type: "image_url", image_url: { ...image, ...(isObject(inner) && inner) }, ...more }];
}

/** Text is read as text, and a picture as one; Cohere reads no other files. */
function writeFile(part: PartOf<"file">, path: string, writing: Writing): Extra[] {
  const { data, filename, media_type: mediaType = "" } = part;
  const [, type = mediaType, attributes = "", content = data ?? ""] =
    /^data:([^;,]*)((?:;[^;,]*)*),(.*)$/s.exec(data ?? "") ?? [];
  if (data !== undefined && type.startsWith("image/"))
    return [{ type: "image_url", image_url: { url: data.startsWith("data:") ? data : `data:${type};base64,${data}` } }];
  const isText = type.startsWith("text/") || type === "application/json" || type === "application/xml";
  if (data === undefined || !isText) return dropped(path, "Cohere reads no files but text and pictures", writing);
  tellExtra(part.extra, path, writing);
  const isBase64 = !data.startsWith("data:") || attributes.includes(";base64");
  const text = isBase64 ? Buffer.from(content, "base64").toString() : unescapeText(content);
  return [{ type: "text", text: filename ? `${filename}\n\n${text}` : text }];
}

function unescapeText(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Cohere signs nothing, and takes back thinking as plain text, whoever thought it. */
function writeReasoning(part: PartOf<"reasoning">, path: string, writing: Writing): Extra[] {
  const { text, signature, redacted, extra } = part;
  if (signature !== undefined) writing.drop(`${path}.signature`, "Cohere did not sign it");
  if (redacted !== undefined && text === "") return dropped(path, "Cohere cannot read it", writing);
  if (redacted !== undefined) writing.drop(`${path}.redacted`, "Cohere cannot read it");
  if (!writing.isOwn) tellExtra(extra, path, writing);
  if (text === "" && !writing.isOwn) return [];
  return [{ type: "thinking", thinking: text, ...(writing.isOwn && extra) }];
}

function tellExtra(extra: Extra | undefined, path: string, { drop }: Writing): void {
  for (const name of Object.keys(extra ?? {})) drop(`${path}.${name}`, NO_WORD);
}

function dropped(path: string, why: string, { drop }: Writing): Extra[] {
  drop(path, why);
  return [];
}
