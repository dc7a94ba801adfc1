// A body as it was stored, as text for people: binary frames are told as server-sent events would be.
import { AMAZON_EVENT_STREAM, createFrameCutter } from "../formats/bedrock-converse/index.ts";

export function showBody(bytes: Uint8Array, mediaType = ""): string {
  return mediaType.startsWith(AMAZON_EVENT_STREAM) ? showFrames(bytes) : Buffer.from(bytes).toString();
}

/** Up to where they break off. */
function showFrames(bytes: Uint8Array): string {
  let shown = "";
  const cutter = createFrameCutter(bytes.length);
  try {
    // In small pieces, so that a frame that is broken takes none before it along.
    for (let from = 0; from < bytes.length; from += PIECE_BYTES)
      for (const { name, body, message } of cutter.feed(bytes.subarray(from, from + PIECE_BYTES)))
        shown += `event: ${name}\ndata: ${body || message}\n\n`;
    return shown;
  } catch {
    return shown;
  }
}

const PIECE_BYTES = 64;
