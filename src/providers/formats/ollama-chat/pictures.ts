// Pictures, both directions: bare base64 here, data URLs in the canonical model. What kind of picture it is, Ollama sees in its
// first bytes, and so it is done here.
import type { Part } from "../../contract.ts";
import { readDataUrl } from "../anthropic-messages/media.ts";

type Image = Extract<Part, { type: "image" }>;

/** How the base64 of each kind begins. */
const BEGINNINGS = [
  ["iVBORw0KGgo", "image/png"],
  ["/9j/", "image/jpeg"],
  ["R0lGOD", "image/gif"],
  ["UklGR", "image/webp"],
  ["Qk", "image/bmp"],
] as const;

export function readPicture(data: string): Image {
  if (data.startsWith("data:")) return { type: "image", url: data };
  const type = BEGINNINGS.find(([beginning]) => data.startsWith(beginning))?.[1] ?? "image/jpeg";
  return { type: "image", url: `data:${type};base64,${data}` };
}

/** The bare base64; undefined for a picture that would have to be fetched. */
export function writePicture(url: string): string | undefined {
  return readDataUrl(url)?.base64;
}
