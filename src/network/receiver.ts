// Reads answers out of the bytes of one connection, one after another. llhttp parses them: the parser of Node itself, which
// Bun carries.
import { HTTPParser } from "node:_http_common";
import type { HttpAnswer } from "../kernel/index.ts";
import { createAnswer, type AnswerSource, type IncomingAnswer } from "./answer.ts";

export interface Receiver {
  /** The head of the next answer goes there. */
  expect(onHead: (answer: HttpAnswer) => void): void;
  read(bytes: Buffer): Reading;
  /** The server has closed: an answer without a stated length ends here, and is whole. */
  readEnd(): Reading;
  /** Tells whoever reads the body that it is whole. Apart from `read`, for the connection to be put in order first. */
  end(): void;
  /** Tells whoever reads the body that it has broken off; false when there is no body to be read yet. */
  fail(error: unknown): boolean;
}

export interface Reading {
  isWhole: boolean;
  /** The connection can take another request once the answer is whole. */
  mayReuse: boolean;
  error: Error | undefined;
}

const HEAD_BYTES_MAX = 64 * 1024;

export function createReceiver(source: AnswerSource): Receiver {
  const reading: Reading = { isWhole: true, mayReuse: false, error: undefined };
  let onHead: (answer: HttpAnswer) => void = () => undefined;
  let incoming: IncomingAnswer | undefined;
  let headers: string[] = [];
  let isInterim = false;

  const parser = new HTTPParser();
  parser.initialize(HTTPParser.RESPONSE, {}, HEAD_BYTES_MAX, HTTPParser.kLenientNone);
  parser[HTTPParser.kOnMessageBegin] = () => {
    headers = [];
    // An answer that nobody asked for stands behind the one that was.
    if (reading.isWhole) reading.mayReuse = false;
  };
  // Called where there are more than 32 headers; and for trailers, which nobody reads.
  parser[HTTPParser.kOnHeaders] = (some) => void headers.push(...some);
  parser[HTTPParser.kOnHeadersComplete] = (...head) => {
    const [, , rest, , , status, , , keepsAlive] = head;
    isInterim = status < 200;
    if (isInterim || reading.isWhole) return;
    reading.mayReuse = keepsAlive;
    incoming = createAnswer({ status, headers: rest ? headers.concat(rest) : headers }, source);
    onHead(incoming.answer);
  };
  parser[HTTPParser.kOnBody] = (bytes) => {
    if (!reading.isWhole) incoming?.push(bytes);
  };
  parser[HTTPParser.kOnMessageComplete] = () => {
    if (!isInterim) reading.isWhole = true;
  };

  return {
    expect(listener) {
      onHead = listener;
      incoming = undefined;
      reading.isWhole = false;
    },
    read(bytes) {
      const result = parser.execute(bytes);
      reading.error = result instanceof Error ? result : undefined;
      if (reading.error) reading.mayReuse = false;
      return reading;
    },
    readEnd() {
      reading.mayReuse = false;
      parser.finish();
      return reading;
    },
    end: () => incoming?.end(),
    fail(error) {
      incoming?.fail(error);
      return incoming !== undefined;
    },
  };
}
