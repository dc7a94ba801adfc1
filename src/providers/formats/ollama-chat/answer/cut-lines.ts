// Bytes that come in any pieces, cut into lines of text. A character may be cut in two as well: a line is decoded once it is whole.

export interface LineCutter {
  /** The lines that these bytes complete, without their ends. */
  feed(bytes: Uint8Array): string[];
  /** What has no line end yet; it is given once. */
  rest(): string;
  /** Bytes of it. */
  readonly heldBytes: number;
}

const LINE_FEED = 0x0a;

export function createLineCutter(): LineCutter {
  let held: Uint8Array[] = [];
  let heldBytes = 0;

  function hold(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    held.push(bytes);
    heldBytes += bytes.length;
  }

  function take(): string {
    const text = new TextDecoder().decode(held.length === 1 ? held[0] : Buffer.concat(held));
    held = [];
    heldBytes = 0;
    return text;
  }

  return {
    get heldBytes() {
      return heldBytes;
    },
    feed(bytes) {
      const lines: string[] = [];
      let from = 0;
      for (let end = bytes.indexOf(LINE_FEED); end >= 0; end = bytes.indexOf(LINE_FEED, from)) {
        hold(bytes.subarray(from, end));
        lines.push(take());
        from = end + 1;
      }
      hold(bytes.subarray(from));
      return lines;
    },
    rest: take,
  };
}
