// Recorded exchanges with Bedrock, for the tests of this folder. They are no part of this project; tests that need them are skipped
// where they are absent.
import { hasCassettes, readExchanges } from "../../../../test/support/cassettes.ts";
import type { ChatEvent, Extra } from "../../contract.ts";
import { createStreamDecoder } from "./answer/stream-out.ts";
import { createFrameCutter } from "./frames.ts";

export const hasRecordings = hasCassettes;

export interface Recording {
  name: string;
  /** `converse`, `converse-stream` or `count-tokens`. */
  method: string;
  model: string;
  /** With the model and streaming, as they stand in the address. */
  request: Extra;
  status: number;
  isStream: boolean;
  body: string;
  bytes: Uint8Array;
}

const ADDRESS = /\/model\/([^/]+)\/(converse|converse-stream|count-tokens)$/;

export function readRecordings(): Recording[] {
  return readExchanges("bedrock", "").flatMap(({ url, request, name, status, body, bytes }) => {
    const [, escaped, method] = ADDRESS.exec(new URL(url).pathname) ?? [];
    if (escaped === undefined || method === undefined) return [];
    const model = decodeURIComponent(escaped);
    const isStream = method === "converse-stream";
    return [{ name, method, model, request: { ...request, model, stream: isStream }, status, isStream, body, bytes }];
  });
}

/** All that a stream says. */
export function decode(bytes: Uint8Array, eventBytesMax = 1 << 22): ChatEvent[] {
  const decoder = createStreamDecoder({ eventBytesMax });
  return [...decoder.feed(bytes), ...decoder.finish()];
}

/** The events of a stream by name, with what they say. */
export function framesOf(bytes: Uint8Array): [string, Extra][] {
  return createFrameCutter(1 << 24)
    .feed(bytes)
    .map(({ name, body }) => [name, JSON.parse(body) as Extra]);
}
