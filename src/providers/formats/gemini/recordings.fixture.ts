// Recorded exchanges with Google, for the tests of this folder. They are no part of this project; tests that need them are skipped
// where they are absent.
import { hasCassettes, readExchanges } from "../../../../test/support/cassettes.ts";
import type { ChatEvent, Extra } from "../../contract.ts";
import { createStreamDecoder } from "./answer/stream-out.ts";

export const hasRecordings = hasCassettes;

export interface Recording {
  name: string;
  /** `generateContent`, `streamGenerateContent` or `countTokens`. */
  method: string;
  model: string;
  /** With the model and streaming, as they stand in the address. */
  request: Extra;
  status: number;
  isStream: boolean;
  body: string;
}

const ADDRESS = /\/models\/([^/:]+):(generateContent|streamGenerateContent|countTokens)$/;

export function readRecordings(): Recording[] {
  return readExchanges("google", "").flatMap(({ url, request, headers, name, status, body }) => {
    const [, model, method] = ADDRESS.exec(new URL(url).pathname) ?? [];
    if (model === undefined || method === undefined) return [];
    const isStream = headers["content-type"]?.startsWith("text/event-stream") ?? false;
    return [{ name, method, model, request: { ...request, model, stream: isStream }, status, isStream, body }];
  });
}

/** All that a stream says. */
export function decode(bytes: string | Uint8Array, eventBytesMax = 1 << 22): ChatEvent[] {
  const decoder = createStreamDecoder({ eventBytesMax });
  return [...decoder.feed(Buffer.from(bytes)), ...decoder.finish()];
}
