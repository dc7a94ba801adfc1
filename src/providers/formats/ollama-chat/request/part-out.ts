// One canonical part for a vendor: some text, some thinking, or a picture. What Ollama cannot say, or could not read, is dropped
// and said.
import type { Message, Part } from "../../../contract.ts";
import { readDataUrl } from "../../anthropic-messages/media.ts";
import { writePicture } from "../pictures.ts";
import { NO_WORD, tellExtra, type Writing } from "./writing.ts";

export interface WrittenPart {
  kind: "text" | "thinking" | "image";
  said: string;
}

type PartOf<T extends Part["type"]> = Extract<Part, { type: T }>;

/** Undefined for what did not carry. `path` is where the part stands, in canonical words. */
export function writePart(
  part: Part,
  { path, role }: { path: string; role: Message["role"] },
  writing: Writing,
): WrittenPart | undefined {
  tellExtra(part.type === "other" ? undefined : part.extra, path, writing);
  switch (part.type) {
    case "text":
      if (part.citations?.length) writing.drop(`${path}.citations`, NO_WORD);
      return { kind: "text", said: part.text };
    case "refusal":
      return { kind: "text", said: part.text };
    case "image":
      return writeImage(part, path, writing);
    case "file":
      return writeFile(part, path, writing);
    case "reasoning":
      if (role !== "assistant" && !writing.isOwn) return dropped(path, "Ollama's models alone think", writing);
      return writeReasoning(part, path, writing);
    case "server_tool_call":
    case "server_tool_result":
      return dropped(path, "it ran at another vendor", writing);
    case "audio":
    case "video":
    case "other":
      return dropped(path, NO_WORD, writing);
  }
}

function writeImage({ url, detail }: PartOf<"image">, path: string, writing: Writing): WrittenPart | undefined {
  const said = writePicture(url);
  if (said === undefined) return dropped(path, "Ollama takes pictures as data, and fetches none", writing);
  if (detail !== undefined) writing.drop(`${path}.detail`, NO_WORD);
  return { kind: "image", said };
}

/** Text is read as text, and a picture as one; Ollama reads no other files. */
function writeFile({ data, filename, media_type: type }: PartOf<"file">, path: string, writing: Writing) {
  const found = data === undefined ? undefined : (readDataUrl(data) ?? { mediaType: type ?? "", base64: data });
  if (found?.mediaType.startsWith("image/")) return { kind: "image", said: found.base64 } as const;
  const isText = /^(?:text\/|application\/(?:json|xml)$)/.test(found?.mediaType ?? "");
  if (!found || !isText) return dropped(path, "Ollama reads no files but text and pictures", writing);
  const text = Buffer.from(found.base64, "base64").toString();
  return { kind: "text", said: filename ? `${filename}\n\n${text}` : text } as const;
}

/** Ollama seals nothing, and takes back thinking as plain text, whoever thought it. */
function writeReasoning(part: PartOf<"reasoning">, path: string, writing: Writing): WrittenPart | undefined {
  const { text, signature, redacted } = part;
  if (signature !== undefined) writing.drop(`${path}.signature`, "Ollama did not sign it");
  if (redacted !== undefined) writing.drop(text === "" ? path : `${path}.redacted`, "Ollama cannot read it");
  return { kind: "thinking", said: text };
}

function dropped(path: string, why: string, { drop }: Writing): undefined {
  drop(path, why);
  return undefined;
}
