import { describe, expect, test } from "bun:test";
import type { ChatEvent, Extra } from "../../../contract.ts";
import type { Dropped } from "../../dialect.ts";
import { isObject } from "../../fields.ts";
import { readAnthropicError } from "../errors.ts";
import { hasRecordings, readRecordings } from "../recordings.fixture.ts";
import { writeMessagesAnswer } from "./answer-in.ts";
import { readMessagesAnswer } from "./answer-out.ts";
import { createStreamEncoder } from "./stream-in.ts";
import { createStreamDecoder } from "./stream-out.ts";

const recordings = readRecordings();
const answers = recordings.filter(
  ({ status, isStream, path }) => status === 200 && !isStream && path.endsWith("/messages"),
);
const streams = recordings.filter(({ isStream }) => isStream);
const refusals = recordings.filter(({ status }) => status >= 400);

/** The allowed differences between an answer and the same written again, each with its reason. */
const DIFFERENCES: Record<string, (value: Extra) => Extra> = {
  "null is as good as nothing": (value) =>
    Object.fromEntries(Object.entries(value).filter(([, each]) => each !== null)),
  "no thinking is zero tokens of it": ({ output_tokens_details: details, ...value }) =>
    isObject(details) && details["thinking_tokens"] !== 0 ? { ...value, output_tokens_details: details } : value,
};

function normalise(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(normalise);
  if (!isObject(value)) return value;
  const changed = Object.values(DIFFERENCES).reduce((each, change) => change(each), value);
  return Object.fromEntries(Object.entries(changed).map(([key, each]) => [key, normalise(each)]));
}

function decode(text: string): ChatEvent[] {
  const decoder = createStreamDecoder({ eventBytesMax: 1 << 20 });
  return [...decoder.feed(Buffer.from(text)), ...decoder.finish()];
}

function encode(events: ChatEvent[], told: Dropped[]): string {
  const encoder = createStreamEncoder(told);
  return events.map((event) => encoder.write(event)).join("");
}

/** The message that a stream spells, put together in the plainest way. */
function messageOf(stream: string): Extra {
  let message: Extra = {};
  const blocks: Extra[] = [];
  for (const line of stream.split("\n").filter((each) => each.startsWith("data:"))) {
    const event = JSON.parse(line.slice(5)) as { type: string; index: number } & Record<string, Extra>;
    if (event.type === "message_start") message = { ...event["message"] };
    if (event.type === "content_block_start") blocks.push({ ...event["content_block"] });
    if (event.type === "content_block_delta") addDelta(blocks[event.index] ?? {}, event["delta"] ?? {});
    if (event.type === "message_delta") {
      const { type: _, delta, usage, ...rest } = event;
      message = { ...message, ...rest, ...delta, usage: { ...(message["usage"] as Extra), ...usage } };
    }
  }
  const content = blocks.map(({ partial_json: text, ...block }) =>
    text ? { ...block, input: JSON.parse(String(text)) } : block,
  );
  return { ...message, content };
}

function addDelta(block: Extra, { type: _, ...delta }: Extra): void {
  for (const [key, text] of Object.entries(delta)) block[key] = String(block[key] ?? "") + String(text);
}

describe.skipIf(!hasRecordings)("recorded answers", () => {
  test(`all ${answers.length} come out again with nothing lost`, () => {
    expect(answers.length).toBe(93);
    for (const { name, body } of answers) {
      const told: Dropped[] = [];
      const written = writeMessagesAnswer(readMessagesAnswer(JSON.parse(body)), told);
      expect({ name, written: normalise(JSON.parse(JSON.stringify(written))), told }).toEqual({
        name,
        written: normalise(JSON.parse(body)),
        told: [],
      });
    }
  });

  test(`all ${streams.length} streams spell the same message when they are written again`, () => {
    expect(streams.length).toBe(8);
    for (const { name, body } of streams) {
      const told: Dropped[] = [];
      const events = decode(body);
      const written = encode(events, told);
      expect({ name, message: normalise(messageOf(written)), told }).toEqual({
        name,
        message: normalise(messageOf(body)),
        told: [],
      });
      expect(decode(written)).toEqual(events);
    }
  });

  test("a stream and the whole answer that it spells say the same", () => {
    for (const { name, body } of streams) {
      const message = writeMessagesAnswer(decode(body), []);
      expect({ name, message: normalise(message) }).toEqual({ name, message: normalise(messageOf(body)) });
    }
  });

  test("usage counts the cache as input, and keeps Anthropic's numbers", () => {
    for (const { body } of answers) {
      const { usage: raw } = JSON.parse(body) as { usage: Record<string, number> };
      const event = readMessagesAnswer(JSON.parse(body)).find(({ type }) => type === "usage");
      const { input_tokens: plain = 0, cache_read_input_tokens: read = 0, cache_creation_input_tokens: made = 0 } = raw;
      expect(event).toMatchObject({
        usage: { input: plain + read + made, output: raw["output_tokens"], cache_read: read, cache_write: made },
      });
    }
  });

  test(`${refusals.length} refusals give Anthropic's own words`, () => {
    expect(refusals.length).toBe(2);
    for (const { status, body } of refusals) {
      const { error } = JSON.parse(body) as { error: { type: string; message: string } };
      expect(readAnthropicError(status, body)).toMatchObject({ message: error.message, code: error.type });
      expect(readMessagesAnswer(JSON.parse(body)).at(-1)).toMatchObject({ type: "error", code: error.type });
    }
  });
});
