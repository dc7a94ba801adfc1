// Reads HTTP/1.1 answers off one connection, one at a time: just enough of the protocol for a load generator that must
// cost a fraction of what it measures. Bytes become Latin-1 text, so that offsets in the text are offsets in bytes.

export interface AnswerReader {
  /** Takes bytes as they came; true once the answer is complete. Throws when they are not HTTP/1.1. */
  push(bytes: Uint8Array): boolean;
  /** 0 until the head has come. */
  status(): number;
  /** The body as far as it has come, without the framing. */
  body(): string;
  /** False when the server said that it closes the connection after this answer. */
  keepsAlive(): boolean;
  /** Forgets the answer and waits for the next. */
  reset(): void;
}

/** A chunk head is a hexadecimal size and perhaps an extension; a longer one is not one. */
const CHUNK_HEAD_MAX = 1024;
const HEAD_MAX = 64 * 1024;

export function createAnswerReader(): AnswerReader {
  let waiting = "";
  let head: Head | undefined;
  let body = "";

  function readHead(): boolean {
    const end = waiting.indexOf("\r\n\r\n");
    if (end < 0) {
      if (waiting.length > HEAD_MAX) throw new Error(`an answer's head is longer than ${HEAD_MAX} bytes`);
      return false;
    }
    head = parseHead(waiting.slice(0, end + 2));
    waiting = waiting.slice(end + 4);
    return true;
  }

  function readSized(size: number): boolean {
    body += waiting;
    waiting = "";
    if (body.length > size) throw new Error(`an answer of ${size} bytes went on for ${body.length}`);
    return body.length === size;
  }

  function readChunks(): boolean {
    let at = 0;
    for (;;) {
      const lineEnd = waiting.indexOf("\r\n", at);
      if (lineEnd < 0) break;
      const size = Number.parseInt(waiting.slice(at, lineEnd), 16);
      if (Number.isNaN(size) || lineEnd - at > CHUNK_HEAD_MAX) throw new Error("a chunk does not begin with its size");
      const next = lineEnd + 2 + size + 2;
      if (next > waiting.length) break;
      if (size === 0) return true;
      body += waiting.slice(lineEnd + 2, lineEnd + 2 + size);
      at = next;
    }
    waiting = waiting.slice(at);
    return false;
  }

  return {
    push(bytes) {
      waiting += Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
      if (!head && !readHead()) return false;
      if (!head) return false;
      return head.size === undefined ? readChunks() : readSized(head.size);
    },
    status: () => head?.status ?? 0,
    body: () => body,
    keepsAlive: () => head?.keepsAlive ?? true,
    reset() {
      waiting = "";
      head = undefined;
      body = "";
    },
  };
}

interface Head {
  status: number;
  /** Undefined for a chunked body. */
  size: number | undefined;
  keepsAlive: boolean;
}

function parseHead(text: string): Head {
  const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(text)?.[1]);
  if (!status) throw new Error(`not an HTTP/1.1 answer: ${text.slice(0, 40)}`);
  const size = /\r\ncontent-length: *(\d+)\r\n/i.exec(text)?.[1];
  if (size === undefined && !/\r\ntransfer-encoding: *chunked\r\n/i.test(text))
    throw new Error("an answer says neither its length nor that it is chunked");
  return {
    status,
    size: size === undefined ? undefined : Number(size),
    keepsAlive: !/\r\nconnection: *close\r\n/i.test(text),
  };
}
