// Recorded exchanges with vendors, each with the dialect that it is in.
import { recordedVendors, readExchanges, type Exchange } from "../../test/support/cassettes.ts";
import type { DialectName } from "../../src/providers/index.ts";

export interface Recording extends Exchange {
  vendor: string;
  dialect: DialectName;
  isStream: boolean;
}

/** Where each dialect's chats go; what stands in the address is put beside the rest of the request, as callers' requests are. */
const PLACES: readonly [RegExp, DialectName][] = [
  [/\/chat\/completions$/, "openai-chat"],
  [/\/v1\/responses$/, "openai-responses"],
  [/\/v1\/messages$/, "anthropic-messages"],
  [/\/models\/([^/]+):(?:generateContent|streamGenerateContent)$/, "gemini"],
  [/\/model\/([^/]+)\/converse(?:-stream)?$/, "bedrock-converse"],
  [/\/v2\/chat$/, "cohere-chat"],
  [/\/api\/chat$/, "ollama-chat"],
];

/** Of these dialects; empty where the recordings are absent. */
export function readRecordings(dialects: readonly DialectName[]): Recording[] {
  return recordedVendors().flatMap((vendor) =>
    readExchanges(vendor, "").flatMap((exchange) => {
      const { pathname } = new URL(exchange.url);
      const place = PLACES.find(([path]) => path.test(pathname));
      if (!place || !dialects.includes(place[1])) return [];
      // Of one the request, as it was recorded, is no JSON.
      if (Object.keys(exchange.request).length === 0) return [];
      const model = place[0].exec(pathname)?.[1];
      const isStream = /event-stream|eventstream|ndjson/.test(exchange.headers["content-type"] ?? "");
      const said = model === undefined ? {} : { model: decodeURIComponent(model), stream: isStream };
      return [{ ...exchange, request: { ...exchange.request, ...said }, vendor, dialect: place[1], isStream }];
    }),
  );
}
