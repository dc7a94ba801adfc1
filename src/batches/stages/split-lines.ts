// Bytes that come in pieces, cut anywhere, into lines. Only the line that is being read is held.

export interface TextLine {
  /** From 1; blank lines count, and are passed over. */
  line: number;
  /** Undefined for a line that is longer than the bound. */
  text: string | undefined;
}

const NEWLINE = 10;
const BYTE_ORDER_MARK = "\uFEFF";

export async function* splitLines(pieces: AsyncIterable<Uint8Array>, bytesMax: number): AsyncGenerator<TextLine> {
  let line = 0;
  let size = 0;
  let held: Uint8Array[] = [];

  function take(bytes: Uint8Array): void {
    size += bytes.length;
    if (size > bytesMax) held = [];
    else held.push(bytes);
  }

  function endLine(): TextLine | undefined {
    line += 1;
    const text = size > bytesMax ? undefined : textOf(held, line);
    held = [];
    size = 0;
    return text === "" ? undefined : { line, text };
  }

  for await (const piece of pieces) {
    let from = 0;
    for (let to = piece.indexOf(NEWLINE); to >= 0; to = piece.indexOf(NEWLINE, from)) {
      take(piece.subarray(from, to));
      from = to + 1;
      const ended = endLine();
      if (ended) yield ended;
    }
    take(piece.subarray(from));
  }
  const last = endLine();
  if (last) yield last;
}

function textOf(bytes: Uint8Array[], line: number): string {
  const text = Buffer.concat(bytes).toString("utf8");
  return (line === 1 && text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text).trim();
}
