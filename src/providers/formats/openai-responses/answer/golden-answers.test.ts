import { describe, expect, test } from "bun:test";
import type { ChatEvent, Extra } from "../../../contract.ts";
import type { Dropped } from "../../dialect.ts";
import { isObject } from "../../fields.ts";
import { readOpenAiError } from "../../openai-chat/index.ts";
import { hasRecordings, normalise, readRecordings } from "../recordings.fixture.ts";
import { writeResponsesAnswer } from "./answer-in.ts";
import { readResponsesAnswer } from "./answer-out.ts";
import { createStreamEncoder } from "./stream-in.ts";
import { createStreamDecoder } from "./stream-out.ts";

const recordings = readRecordings().filter(({ isCount }) => !isCount);
const answers = recordings.filter(({ status, isStream }) => status === 200 && !isStream);
const streams = recordings.filter(({ isStream }) => isStream);
const refusals = recordings.filter(({ status }) => status >= 400);

const isEmpty = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

/** The allowed differences between an answer and the same written again, each with its reason. */
const DIFFERENCES: Record<string, (value: Extra) => Extra> = {
  "null and an empty list are as good as nothing": (value) =>
    Object.fromEntries(Object.entries(value).filter(([, each]) => each !== null && !isEmpty(each))),
  "no cache writes are zero tokens of them": (value) =>
    "cached_tokens" in value ? { cache_write_tokens: 0, ...value } : value,
  "metadata that says nothing need not be told": (value) =>
    isObject(value["metadata"]) && Object.keys(value["metadata"]).length === 0 ? { ...value, metadata: null } : value,
  "where no choice of tools is told, it was free": (value) =>
    value["object"] === "response" ? { tool_choice: "auto", ...value } : value,
  "one recording was made by hand, with a status that OpenAI does not know": (value) =>
    value["status"] === "complete" ? { ...value, status: "completed" } : value,
  "items of which a stream tells only at its end stand at the end": (value) =>
    Array.isArray(value["output"]) && value["object"] === "response"
      ? {
          ...value,
          output: value["output"].toSorted((a: Extra, b: Extra) => String(a["id"]).localeCompare(String(b["id"]))),
        }
      : value,
  "OpenAI's SDK puts the text together itself": ({ output_text: _, ...value }) => value,
};

/** Two of a stream that stand nowhere else. */
const STREAM_DIFFERENCES: Record<string, (value: Extra) => Extra> = {
  ...DIFFERENCES,
  "reasoning is sealed anew when its item is done and at the end, and either seal holds": (value) =>
    "encrypted_content" in value ? { ...value, encrypted_content: "sealed" } : value,
  "OpenRouter calls its items otherwise at the end": ({ id, ...value }) =>
    /^(rs|msg)_tmp_/.test(String(id)) ? value : { id, ...value },
};

const normal = (value: unknown, differences = DIFFERENCES): unknown =>
  normalise(normalise(JSON.parse(JSON.stringify(value)), differences), differences);
const normalOfStream = (value: unknown): unknown => normal(value, STREAM_DIFFERENCES);

function decode(text: string): ChatEvent[] {
  const decoder = createStreamDecoder({ eventBytesMax: 1 << 22 });
  return [...decoder.feed(Buffer.from(text)), ...decoder.finish()];
}

function encode(events: ChatEvent[], told: Dropped[]): string {
  const encoder = createStreamEncoder(told);
  return events.map((event) => encoder.write(event)).join("");
}

/** Where no cache writes were told, zero are; and JSON has one zero only. */
function inJson(event: ChatEvent): unknown {
  const said = event.type === "usage" ? { ...event, usage: { ...event.usage, raw: {} } } : event;
  return JSON.parse(JSON.stringify(said));
}

function eventsOf(stream: string): ({ type: string } & Extra)[] {
  return stream
    .split("\n")
    .filter((line) => line.startsWith("data: {"))
    .map((line) => JSON.parse(line.slice(6)) as { type: string } & Extra);
}

/** The response that stands at the end of a stream. */
function responseOf(stream: string): Extra {
  return (eventsOf(stream).findLast(({ response }) => response)?.["response"] ?? {}) as Extra;
}

describe.skipIf(!hasRecordings)("recorded answers", () => {
  test(`all ${answers.length} come out again with nothing lost`, () => {
    expect(answers.length).toBe(122);
    for (const { name, body } of answers) {
      const told: Dropped[] = [];
      const written = writeResponsesAnswer(readResponsesAnswer(JSON.parse(body)), told);
      expect({ name, written: normal(written), told }).toEqual({ name, written: normal(JSON.parse(body)), told: [] });
    }
  });

  test(`all ${streams.length} streams spell the same response when they are written again`, () => {
    expect(streams.length).toBe(17);
    for (const { name, body } of streams) {
      const told: Dropped[] = [];
      const events = decode(body);
      const written = encode(events, told);
      expect({ name, response: normalOfStream(responseOf(written)), told }).toEqual({
        name,
        response: normalOfStream(responseOf(body)),
        told: [],
      });
      expect(decode(written).map(inJson)).toEqual(events.map(inJson));
    }
  });

  test("a stream and the whole response at its end say the same", () => {
    for (const { name, body } of streams) {
      const whole = writeResponsesAnswer(decode(body), []);
      expect({ name, whole: normalOfStream(whole) }).toEqual({ name, whole: normalOfStream(responseOf(body)) });
    }
  });

  test("usage is as OpenAI counts it, with its own numbers kept", () => {
    for (const { name, body } of answers) {
      const { usage: raw } = JSON.parse(body) as { usage?: Record<string, number> };
      if (!raw) continue;
      const event = readResponsesAnswer(JSON.parse(body)).find(({ type }) => type === "usage");
      expect({ name, event }).toMatchObject({
        event: { usage: { input: raw["input_tokens"], output: raw["output_tokens"], raw } },
      });
    }
  });

  test(`${refusals.length} refusals give OpenAI's own words`, () => {
    expect(refusals.length).toBe(2);
    for (const { status, body } of refusals) {
      const { error } = JSON.parse(body) as { error: { message: string; code: string | null } };
      expect(readOpenAiError(status, body)).toMatchObject({ message: error.message, code: error.code });
      expect(readResponsesAnswer(JSON.parse(body)).at(-1)).toMatchObject({ type: "error", message: error.message });
    }
  });
});
