import { describe, expect, test } from "bun:test";
import { hasCassettes } from "../../../../test/support/cassettes.ts";
import type { ChatEvent, Extra } from "../../contract.ts";
import type { Dropped } from "../dialect.ts";
import { isObject } from "../fields.ts";
import { cohereChat } from "./index.ts";
import { answers, recordings, requests, sse, streams } from "./recordings.fixture.ts";

const { caller, vendor } = cohereChat;

function decode(text: string): ChatEvent[] {
  const decoder = vendor.createDecoder({ eventBytesMax: 1 << 20 });
  return [...decoder.feed(Buffer.from(text)), ...decoder.finish()];
}

function encode(events: ChatEvent[], told: Dropped[]): string {
  const encoder = caller.createEncoder({
    request: { model: "m", dialect: "cohere-chat", messages: [], stream: true },
    told,
  });
  return events.map((event) => encoder.write(event)).join("");
}

function again(request: Extra): { body: unknown; dropped: Dropped[] } {
  const read = caller.readRequest(request);
  const { body, dropped } = vendor.writeRequest(read, { model: read.model });
  return { body: JSON.parse(JSON.stringify(body)), dropped };
}

function answerAgain(answer: unknown): unknown {
  const told: Dropped[] = [];
  const written = caller.writeAnswer(vendor.readAnswer(answer), told);
  expect(told).toEqual([]);
  return JSON.parse(JSON.stringify(written));
}

describe.skipIf(!hasCassettes)("recorded exchanges", () => {
  test(`all ${recordings.length} requests come out again as they went in`, () => {
    expect(recordings.length).toBe(4);
    for (const { request } of recordings) expect(again(request)).toEqual({ body: plainText(request), dropped: [] });
  });

  test(`all ${recordings.length} answers come out again with nothing lost`, () => {
    for (const { body } of recordings) expect(answerAgain(JSON.parse(body))).toEqual(JSON.parse(body));
  });

  test("usage counts the tokens worked with, and keeps both counts", () => {
    for (const { body } of recordings) {
      const { usage: raw } = JSON.parse(body) as { usage: { tokens: Record<string, number>; cached_tokens?: number } };
      expect(vendor.readAnswer(JSON.parse(body)).find(({ type }) => type === "usage")).toEqual({
        type: "usage",
        usage: {
          input: raw.tokens["input_tokens"] ?? 0,
          output: raw.tokens["output_tokens"] ?? 0,
          cache_read: raw.cached_tokens ?? 0,
          cache_write: 0,
          reasoning: 0,
          raw,
        },
      });
    }
  });
});

/** The one allowed difference: a list of one plain text is that text. */
function plainText(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plainText);
  if (!isObject(value)) return value;
  const { content, ...more } = value;
  const [only, ...others] = Array.isArray(content) ? (content as Extra[]) : [];
  const isOne = only?.["type"] === "text" && others.length === 0 && Object.keys(only).length === 2;
  const changed = Object.entries(more).map(([key, each]) => [key, plainText(each)]);
  return { ...Object.fromEntries(changed), ...("content" in value && { content: isOne ? only["text"] : content }) };
}

describe("exchanges after the documentation", () => {
  test.each(requests.map((request, index) => [index, request] as const))(
    "request %i comes out as it went in",
    (_, request) => {
      expect(again(request)).toEqual({ body: request, dropped: [] });
    },
  );

  test.each(answers.map((answer, index) => [index, answer] as const))(
    "answer %i comes out as it went in",
    (_, answer) => {
      expect(answerAgain(answer)).toEqual(answer);
    },
  );

  test.each(Object.entries(streams))("a stream of %s comes out as it went in", (_, events) => {
    const told: Dropped[] = [];
    const decoded = decode(sse(events));
    expect(decoded.at(-1)).toEqual({ type: "end" });
    const written = encode(decoded, told);
    expect(told).toEqual([]);
    expect(decode(written)).toEqual(decoded);
    expect(parsed(written)).toEqual(events);
  });

  test.each(answers.map((answer, index) => [index, answer] as const))(
    "answer %i says the same as a stream",
    (_, answer) => {
      const streamed = decode(encode(vendor.readAnswer(answer), []));
      const written = caller.writeAnswer(streamed, []);
      expect({ ...written, logprobs: undefined }).toEqual({ ...answer, logprobs: undefined });
    },
  );
});

function parsed(stream: string): Extra[] {
  return stream
    .split("\n")
    .filter((line) => line.startsWith("data: {"))
    .map((line) => JSON.parse(line.slice(6)) as Extra);
}
