// Every recorded chat-completions request, read, and written again for the vendor it went to. What may differ is
// written down in `normalise`.
import { describe, expect, test } from "bun:test";
import { hasCassettes, readExchanges } from "../../../../../test/support/cassettes.ts";
import type { Extra } from "../../../contract.ts";
import { vendorKind, vendorKindNames } from "../../../vendors/index.ts";
import { isObject } from "../../fields.ts";
import { checkChatBody, type ChatQuirks, openAiQuirks, readChatRequest, writeChatRequest } from "../index.ts";

const exchanges = ["openai", "groq", "mistral", "ollama", "openrouter"].flatMap((vendor) => readExchanges(vendor));

function quirksFor(url: string): ChatQuirks {
  const host = new URL(url).host.replace("localhost", "127.0.0.1").replace("ollama.com", "127.0.0.1:11434");
  const name = vendorKindNames.find((each) => vendorKind(each).base_url?.includes(`//${host}`));
  return name ? vendorKind(name).quirks : openAiQuirks;
}

/** The allowed differences, from the recorded request to ours. */
function normalise(request: Extra, quirks: ChatQuirks): Extra {
  // Null means left out.
  const given = Object.fromEntries(Object.entries(request).filter(([, value]) => value !== null));
  return {
    ...given,
    // Said or not, false is what leaving it out means.
    stream: given["stream"] ?? false,
    // A stream's usage is always asked for where the vendor can be asked.
    ...(given["stream"] === true && quirks.stream_options && { stream_options: { include_usage: true } }),
    messages: (given["messages"] as Extra[]).map(normaliseMessage),
  };
}

function normaliseMessage(message: Extra): Extra {
  const { content } = message;
  const [only] = Array.isArray(content) ? (content as Extra[]) : [];
  const isOneText = Array.isArray(content) && content.length === 1 && only?.["type"] === "text";
  // A message that only calls tools has null for content; one plain text is a string.
  return { ...message, content: isOneText ? only?.["text"] : (content ?? null) };
}

describe.skipIf(!hasCassettes)("recorded requests", () => {
  test(`${exchanges.length} requests come out as they went in`, () => {
    expect(exchanges.length).toBeGreaterThan(110);
    for (const { name, url, request } of exchanges) {
      const quirks = quirksFor(url);
      const written = writeChatRequest(readChatRequest(request), quirks);
      expect({ name, request: written }).toEqual({ name, request: normalise(request, quirks) });
    }
  });

  test(`${exchanges.length} requests pass the quick check, with the same reading of it`, () => {
    for (const { request } of exchanges) {
      const { model, stream, stream_options: options } = request;
      expect(checkChatBody(request)).toEqual({
        model: model as string,
        stream: stream === true,
        includeUsage: isObject(options) && options["include_usage"] === true,
      });
    }
  });

  test("reading what was written changes nothing more", () => {
    for (const { url, request } of exchanges) {
      const once = writeChatRequest(readChatRequest(request), quirksFor(url));
      expect(writeChatRequest(readChatRequest(once), quirksFor(url))).toEqual(once);
    }
  });
});
