// A body as it was stored, as text for people: binary frames are told as server-sent events would be.
import { AMAZON_EVENT_STREAM, createFrameCutter } from "../formats/bedrock-converse/index.ts";

export function showBody(bytes: Uint8Array, mediaType = ""): string {
  return mediaType.startsWith(AMAZON_EVENT_STREAM) ? showFrames(bytes) : Buffer.from(bytes).toString();
}

/** Up to where they break off. */
function showFrames(bytes: Uint8Array): string {
  const frames = createFrameCutter(bytes.length).feed(bytes);
  return frames.map(({ name, body, message }) => `event: ${name}\ndata: ${body || message}\n\n`).join("");
}
