import { describe, expect, test } from "bun:test";
import { createDice } from "../../../../../test/support/dice.ts";
import type { ChatEvent, Extra } from "../../../contract.ts";
import { writeEventFrame, writeExceptionFrame } from "../frames.ts";
import { decode, hasRecordings, readRecordings } from "../recordings.fixture.ts";
import { createStreamDecoder } from "./stream-out.ts";

const streams = readRecordings().filter(({ status, isStream }) => status === 200 && isStream);

const said: [string, Extra][] = [
  ["messageStart", { role: "assistant", p: "abc" }],
  ["contentBlockDelta", { contentBlockIndex: 0, delta: { text: "Hel" } }],
  ["contentBlockDelta", { contentBlockIndex: 0, delta: { text: "lo" } }],
  ["contentBlockStop", { contentBlockIndex: 0 }],
  ["messageStop", { stopReason: "end_turn" }],
  ["metadata", { usage: { inputTokens: 3, outputTokens: 2, totalTokens: 5 }, metrics: { latencyMs: 7 } }],
];
const frames = said.map(([name, payload]) => writeEventFrame(name, payload));
const hello: ChatEvent[] = [
  { type: "start", id: "", model: "", created_s: 0 },
  { type: "text", choice: 0, text: "Hel" },
  { type: "text", choice: 0, text: "lo" },
];

function errorOf(events: readonly ChatEvent[]) {
  expect(events.filter(({ type }) => type === "error" || type === "end")).toHaveLength(1);
  const last = events.at(-1);
  return last?.type === "error" ? { message: last.message, code: last.code } : last;
}

test("a stream says its parts, why it ended, what it took, and then that it is over", () => {
  expect(decode(Buffer.concat(frames))).toEqual([
    ...hello,
    { type: "finish", choice: 0, reason: "stop", raw_reason: "end_turn" },
    { type: "extra", choice: 0, place: "answer", extra: { metrics: { latencyMs: 7 } } },
    {
      type: "usage",
      usage: {
        input: 3,
        output: 2,
        cache_read: 0,
        cache_write: 0,
        reasoning: 0,
        raw: { inputTokens: 3, outputTokens: 2, totalTokens: 5 },
      },
    },
    { type: "end" },
  ]);
});

describe.skipIf(!hasRecordings)("recorded streams", () => {
  test("give the same events, however they are cut", () => {
    const dice = createDice(7);
    for (const { bytes } of streams) {
      const whole = decode(bytes);
      for (let round = 0; round < 100; round += 1) {
        const decoder = createStreamDecoder({ eventBytesMax: 1 << 20 });
        const events: ChatEvent[] = [];
        const longest = 1 << dice(11);
        for (let from = 0; from < bytes.length;) {
          const to = Math.min(bytes.length, from + 1 + dice(longest));
          events.push(...decoder.feed(bytes.slice(from, to)));
          from = to;
        }
        expect([...events, ...decoder.finish()]).toEqual(whole);
      }
    }
  });

  test("cut off anywhere before their stop, end with an error", () => {
    const dice = createDice(8);
    for (const { bytes } of streams)
      for (let round = 0; round < 50; round += 1) {
        const events = decode(bytes.subarray(0, dice(bytes.length)));
        const hasStopped = events.some(({ type }) => type === "finish");
        if (!hasStopped) expect(errorOf(events)).toMatchObject({ code: "truncated" });
      }
  });

  test("with any one bit turned, end with an error", () => {
    const dice = createDice(9);
    for (const { bytes } of streams)
      for (let round = 0; round < 50; round += 1) {
        const spoiled = Buffer.from(bytes);
        const at = 1 + dice(bytes.length - 1);
        spoiled[at] = (spoiled[at] ?? 0) ^ (1 << dice(8));
        expect(errorOf(decode(spoiled))).toMatchObject({ code: expect.stringMatching(/^(?:malformed|truncated)$/) });
      }
  });
});

describe("a stream breaks off", () => {
  test("by an exception of Bedrock's, whose name and words are kept", () => {
    const exception = writeExceptionFrame("throttlingException", { message: "Too many tokens." });
    const events = decode(Buffer.concat([...frames.slice(0, 3), exception, ...frames.slice(3)]));
    expect(events).toEqual([
      ...hello,
      {
        type: "error",
        message: "Too many tokens.",
        code: "throttlingException",
        raw: { message: "Too many tokens." },
      },
    ]);
  });

  test("by a frame whose checksum does not hold, after what came before it", () => {
    const broken = Buffer.from(frames[2] ?? []);
    broken[broken.length - 1] = (broken.at(-1) ?? 0) ^ 1;
    const events = decode(Buffer.concat([...frames.slice(0, 2), broken, ...frames.slice(3)]));
    expect(events.slice(0, 2)).toEqual(hello.slice(0, 2));
    expect(errorOf(events)).toMatchObject({ code: "malformed", message: expect.stringContaining("checksum") });
  });

  test("by a frame that is too long, and is not waited for", () => {
    const decoder = createStreamDecoder({ eventBytesMax: 100 });
    const long = writeEventFrame("contentBlockDelta", { contentBlockIndex: 0, delta: { text: "x".repeat(200) } });
    expect(errorOf(decoder.feed(long.subarray(0, 12)))).toMatchObject({ code: "malformed" });
    expect(decoder.feed(long.subarray(12))).toEqual([]);
    expect(decoder.finish()).toEqual([]);
  });

  test("by an event that is no JSON", () => {
    // What is written here is any JSON.
    const frame = writeEventFrame("contentBlockDelta", "text" as unknown as Extra);
    expect(errorOf(decode(frame))).toMatchObject({ code: "malformed" });
  });

  test("by JSON in the place of a stream", () => {
    const body = Buffer.from('{"message":"The model is not ready.","__type":"ModelNotReadyException"}');
    expect(errorOf(decode(body))).toEqual({ message: "The model is not ready.", code: "ModelNotReadyException" });
  });

  test("by nothing at all", () => {
    expect(errorOf(decode(new Uint8Array()))).toMatchObject({ code: "truncated" });
  });
});

test("a stream that has stopped is whole, even where its count never came", () => {
  expect(decode(Buffer.concat(frames.slice(0, 5))).at(-1)).toEqual({ type: "end" });
});

test("nothing is said after the end", () => {
  const decoder = createStreamDecoder({ eventBytesMax: 1 << 20 });
  expect(decoder.feed(Buffer.concat(frames)).at(-1)).toEqual({ type: "end" });
  expect([...decoder.feed(Buffer.concat(frames)), ...decoder.finish()]).toEqual([]);
});
