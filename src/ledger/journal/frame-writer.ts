// Puts one frame after another together in a buffer that is used again and again, so that a call allocates nothing here.
// There is one writer a ledger: a frame is begun, filled and sealed without a pause, so calls never meet in it.
import { type BodyContent, createByteBuffer, type PutBytes } from "./byte-buffer.ts";
import { FRAME_HEAD_BYTES, sealFrame } from "./frame.ts";

export type { BodyContent, PutBytes } from "./byte-buffer.ts";

export interface FrameWriter {
  begin(): void;
  /** For frames in a row: `clear`, then `beginNext` for each, behind those that are sealed. */
  clear(): void;
  beginNext(): void;
  /** All that were sealed since `clear`. A view, good until the next frame is begun. */
  sealed(): Buffer;
  /** Adds a body, up to `maxBytes` of it. The request comes before the response. */
  putRequest(content: BodyContent, maxBytes: number): PutBytes;
  putResponse(content: BodyContent, maxBytes: number): PutBytes;
  /** Bytes so far, of all frames since `begin` or `clear`. */
  length(): number;
  /** Adds the record and the head. The frame is a view, good until the next `begin`. */
  seal(json: string, times: { startedAtMs: number; closedAtMs: number }): Buffer;
}

export function createFrameWriter(): FrameWriter {
  const bytes = createByteBuffer();
  /** Where the frame begins that is being filled. */
  let start = 0;
  let requestBytes = 0;
  let responseBytes = 0;

  function beginAt(place: number): void {
    start = place;
    bytes.moveTo(place + FRAME_HEAD_BYTES);
    requestBytes = 0;
    responseBytes = 0;
  }

  return {
    begin: () => beginAt(0),
    clear: () => bytes.moveTo(0),
    beginNext: () => beginAt(bytes.end()),
    sealed: () => bytes.view(0, bytes.end()),
    putRequest(content, maxBytes) {
      const put = bytes.put(content, maxBytes);
      requestBytes = put.stored;
      return put;
    },
    putResponse(content, maxBytes) {
      const put = bytes.put(content, maxBytes);
      responseBytes = put.stored;
      return put;
    },
    length: bytes.end,
    seal(json, { startedAtMs, closedAtMs }) {
      const { stored: jsonBytes } = bytes.put(json, Number.POSITIVE_INFINITY);
      const frame = bytes.view(start, bytes.end());
      sealFrame(frame, { jsonBytes, requestBytes, responseBytes, startedAtMs, closedAtMs });
      return frame;
    },
  };
}
