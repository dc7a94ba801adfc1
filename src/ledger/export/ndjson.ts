// Records a line each, as JSON.
import type { FoundRecord, ImportSource, PortableRecord } from "./portable.ts";

const NEW_LINE = 0x0a;

export async function* writeNdjson(pages: AsyncIterable<PortableRecord[]>): AsyncIterable<Uint8Array> {
  for await (const page of pages) yield Buffer.from(page.map((each) => `${JSON.stringify(each)}\n`).join(""));
}

/** Empty lines are passed over; one that is no JSON comes as undefined, for whoever reads to refuse. */
export async function* readNdjson(source: ImportSource): AsyncIterable<FoundRecord> {
  let at = 0;
  for await (const line of linesOf(source.stream())) {
    at += 1;
    if (line.trim() !== "") yield { at, value: parse(line) };
  }
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncIterable<string> {
  let pieces: Uint8Array[] = [];
  for await (const chunk of chunks) {
    let from = 0;
    for (let end = chunk.indexOf(NEW_LINE); end >= 0; end = chunk.indexOf(NEW_LINE, from)) {
      pieces.push(chunk.subarray(from, end));
      yield Buffer.concat(pieces).toString("utf8");
      pieces = [];
      from = end + 1;
    }
    // The chunk's memory may be used again for the next.
    pieces.push(Uint8Array.from(chunk.subarray(from)));
  }
  if (pieces.length > 0) yield Buffer.concat(pieces).toString("utf8");
}
