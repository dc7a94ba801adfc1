// Pictures, documents and moving pictures, both directions: Bedrock names a format and gives bytes as base64, or a place in S3.
import type { Extra } from "../../contract.ts";
import { isObject } from "../fields.ts";

export type MediaKind = "image" | "document" | "video" | "audio";

/** Bedrock's formats with their media types; where several stand for one format, the first is the usual. */
const TYPES: Record<MediaKind, readonly (readonly [string, string])[]> = {
  image: [
    ["png", "image/png"],
    ["jpeg", "image/jpeg"],
    ["jpeg", "image/jpg"],
    ["gif", "image/gif"],
    ["webp", "image/webp"],
  ],
  document: [
    ["pdf", "application/pdf"],
    ["csv", "text/csv"],
    ["doc", "application/msword"],
    ["docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"],
    ["xls", "application/vnd.ms-excel"],
    ["xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"],
    ["html", "text/html"],
    ["txt", "text/plain"],
    ["txt", "application/json"],
    ["txt", "application/xml"],
    ["md", "text/markdown"],
  ],
  video: [
    ["mkv", "video/x-matroska"],
    ["mov", "video/quicktime"],
    ["mov", "video/mov"],
    ["mp4", "video/mp4"],
    ["webm", "video/webm"],
    ["flv", "video/x-flv"],
    ["mpeg", "video/mpeg"],
    ["mpg", "video/mpg"],
    ["wmv", "video/x-ms-wmv"],
    ["wmv", "video/wmv"],
    ["three_gp", "video/3gpp"],
  ],
  audio: [
    ["mp3", "audio/mpeg"],
    ["mp3", "audio/mp3"],
    ["wav", "audio/wav"],
    ["opus", "audio/opus"],
    ["aac", "audio/aac"],
    ["flac", "audio/flac"],
    ["ogg", "audio/ogg"],
    ["m4a", "audio/m4a"],
    ["webm", "audio/webm"],
  ],
};

export function mediaTypeOf(kind: MediaKind, format: string): string {
  return TYPES[kind].find(([name]) => name === format)?.[1] ?? `${kind}/${format}`;
}

/** Undefined where Bedrock has no format for it. Other texts are plain text to it. */
export function formatOf(kind: MediaKind, mediaType: string): string | undefined {
  const found = TYPES[kind].find(([, type]) => type === mediaType.toLowerCase())?.[0];
  return found ?? (kind === "document" && mediaType.startsWith("text/") ? "txt" : undefined);
}

/** The format of a document by the ending of its name. */
export function formatByName(filename: string | undefined): string | undefined {
  const ending = filename?.slice(filename.lastIndexOf(".") + 1).toLowerCase() ?? "";
  return TYPES.document.find(([name]) => name === ending)?.[0];
}

/** The base64 of a `source` that is nothing but bytes; undefined for any other. */
export function bytesIn(source: unknown): string | undefined {
  if (!isObject(source) || Object.keys(source).length !== 1) return undefined;
  const { bytes } = source;
  return typeof bytes === "string" ? bytes : undefined;
}

/** An address in S3 is a place that Bedrock can read itself; undefined for any other. */
export function placeInS3(url: string): Extra | undefined {
  return url.startsWith("s3://") ? { s3Location: { uri: url } } : undefined;
}

/** The address of a `source` that is a place in S3, and nothing but it. */
export function addressIn(source: unknown): string | undefined {
  if (!isObject(source) || Object.keys(source).length !== 1) return undefined;
  const { s3Location: place } = source;
  if (!isObject(place) || Object.keys(place).length !== 1 || typeof place["uri"] !== "string") return undefined;
  return place["uri"].startsWith("s3://") ? place["uri"] : undefined;
}
