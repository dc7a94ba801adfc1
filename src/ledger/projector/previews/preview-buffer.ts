// Where the previews of a batch are put together, one behind the other, so that none of them needs memory of its own.
import { isUtf8 } from "node:buffer";
import { CHARACTER_BYTES_MAX, CHARACTERS_MAX, copyText } from "./copy-text.ts";

export interface PreviewBuffer {
  clear(): void;
  /** Adds the text in JSON whose value begins at `at`. Returns its length, 0 where none stands there. */
  addText(from: Buffer, at: number, charactersMax?: number): number;
  /** Adds the beginning of a body as it is. False where that is no text. */
  addRaw(body: Buffer): boolean;
  /** What `add` adds, good until `clear`; null where it adds nothing and says so. */
  take(add: () => boolean): Uint8Array | null;
}

const PREVIEW_BYTES = CHARACTERS_MAX * CHARACTER_BYTES_MAX;
const BUFFER_BYTES = 64 * 1024;

export function createPreviewBuffer(): PreviewBuffer {
  let buffer = Buffer.allocUnsafeSlow(BUFFER_BYTES);
  let end = 0;
  return {
    clear() {
      end = 0;
    },
    addText(from, at, charactersMax = CHARACTERS_MAX) {
      const length = copyText({ from, at, to: buffer, toAt: end, charactersMax });
      end += length;
      return length;
    },
    addRaw(body) {
      const text = body.toString("utf8", 0, PREVIEW_BYTES).slice(0, CHARACTERS_MAX);
      if (text.includes("\uFFFD\uFFFD") || text.includes("\0")) return false;
      end += buffer.write(text.toWellFormed(), end);
      return text !== "";
    },
    take(add) {
      // Those before stay in the buffer that they are in.
      if (buffer.length - end < PREVIEW_BYTES) {
        buffer = Buffer.allocUnsafeSlow(BUFFER_BYTES);
        end = 0;
      }
      const begin = end;
      if (!add()) return null;
      const added = buffer.subarray(begin, end);
      // For a byte that is none, PostgreSQL would refuse the whole record.
      return isUtf8(added) ? added : null;
    },
  };
}
