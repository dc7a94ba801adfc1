// Pictures and documents, both directions: Anthropic's `source` in one of its forms, and data URLs.
import type { Extra } from "../../contract.ts";
import { isObject, textOf } from "../fields.ts";

export interface Data {
  mediaType: string;
  base64: string;
}

/** The parts of a `data:` URL; undefined for any other. */
export function readDataUrl(url: string): Data | undefined {
  const comma = url.indexOf(",");
  if (!url.startsWith("data:") || comma < 0) return undefined;
  const [mediaType = "", ...attributes] = url.slice("data:".length, comma).split(";");
  const content = url.slice(comma + 1);
  const base64 = attributes.includes("base64") ? content : Buffer.from(unescapeText(content)).toString("base64");
  return { mediaType: mediaType === "" ? "text/plain" : mediaType, base64 };
}

function unescapeText(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Where a picture or document is, in canonical words; undefined for a source of another kind, or with more to say. */
export function readSource(source: unknown): Where | undefined {
  if (!isObject(source)) return undefined;
  const { type, media_type: mediaType, data, url, file_id: fileId, ...more } = source;
  if (Object.keys(more).length > 0) return undefined;
  if (type === "base64" && typeof data === "string" && typeof mediaType === "string")
    return { kind: "data", mediaType, base64: data };
  if (type === "text" && typeof data === "string")
    return { kind: "data", mediaType: textOf(mediaType) || "text/plain", base64: Buffer.from(data).toString("base64") };
  if (type === "url" && typeof url === "string") return { kind: "url", url };
  if (type === "file" && typeof fileId === "string") return { kind: "file", fileId };
  return undefined;
}

export type Where = ({ kind: "data" } & Data) | { kind: "url"; url: string } | { kind: "file"; fileId: string };

/** Anthropic's `source`. Text goes as text. */
export function writeSource(where: Where): Extra {
  if (where.kind === "url") return { type: "url", url: where.url };
  if (where.kind === "file") return { type: "file", file_id: where.fileId };
  const { mediaType, base64 } = where;
  return isText(mediaType)
    ? { type: "text", media_type: "text/plain", data: Buffer.from(base64, "base64").toString() }
    : { type: "base64", media_type: mediaType, data: base64 };
}

export function isText(mediaType: string): boolean {
  return mediaType.startsWith("text/") || mediaType === "application/json" || mediaType === "application/xml";
}

const TYPES_BY_ENDING = new Map([
  ["pdf", "application/pdf"],
  ["txt", "text/plain"],
  ["md", "text/markdown"],
  ["csv", "text/csv"],
  ["json", "application/json"],
  ["html", "text/html"],
]);

/** What a file of this name most likely is; PDF when its name says nothing. */
export function typeByName(filename: string | undefined): string {
  const ending = filename?.slice(filename.lastIndexOf(".") + 1).toLowerCase() ?? "";
  return TYPES_BY_ENDING.get(ending) ?? "application/pdf";
}
