// Streams understood event by event: what comes out is whole events, and never a clean end over a broken stream.
import { describe, expect, test } from "bun:test";
import { bedrockConverse, writeEventFrame } from "../formats/bedrock-converse/index.ts";
import { openAiChat } from "../formats/openai-chat/index.ts";
import type { StreamMeter } from "../passthrough/meter-stream.ts";
import { createMeterBeside, createTranslatingMeter } from "./meter-events.ts";

const event = (delta: object, more: object = {}): string =>
  `data: ${JSON.stringify({ id: "c1", object: "chat.completion.chunk", created: 1, model: "m", choices: [{ index: 0, delta, finish_reason: null, ...more }] })}\n\n`;
const WHOLE = [
  event({ role: "assistant", content: "" }),
  ": keep alive\n\n",
  event({ content: "Grüß " }),
  event({ content: "dich 🙂" }),
  event({}, { finish_reason: "stop" }),
  'data: {"id":"c1","object":"chat.completion.chunk","created":1,"model":"m","choices":[],"usage":{"prompt_tokens":3,"completion_tokens":4,"total_tokens":7}}\n\n',
  "data: [DONE]\n\n",
].join("");

const decoder = () => openAiChat.vendor.createDecoder({ eventBytesMax: 10_000 });
const request = openAiChat.caller.readRequest({
  model: "m",
  messages: [{ role: "user", content: "Hello" }],
  stream: true,
  stream_options: { include_usage: true },
});
const meters: Record<string, () => StreamMeter> = {
  "passed on as it came": () => createMeterBeside(decoder()),
  translated: () =>
    createTranslatingMeter(decoder(), openAiChat.caller.createEncoder({ request, told: [] }), (event) => event),
};

/** Everything that comes out, in the pieces in which it came; the bytes go in cut into pieces of `size`. */
function run(meter: StreamMeter, text: string, size: number): string[] {
  const bytes = Buffer.from(text);
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length && !meter.isComplete; at += size)
    pieces.push(Buffer.from(meter.push(bytes.subarray(at, at + size))).toString());
  pieces.push(Buffer.from(meter.end()).toString());
  return pieces.filter((piece) => piece !== "");
}

for (const [name, create] of Object.entries(meters))
  describe(`a stream ${name}`, () => {
    test("is the same however it is cut, comes in whole events, and its facts are known", () => {
      const once = run(create(), WHOLE, 100_000).join("");
      if (name === "passed on as it came") expect(once).toBe(WHOLE);
      for (let size = 1; size < 40; size += 1) {
        const meter = create();
        const pieces = run(meter, WHOLE, size);
        expect(pieces.join("")).toBe(once);
        for (const piece of pieces) expect(piece.endsWith("\n\n")).toBe(true);
        expect(meter.isComplete).toBe(true);
        expect(meter.facts).toMatchObject({ response_id: "c1", model: "m", finish_reason: "stop" });
        expect(meter.facts.usage).toMatchObject({ input: 3, output: 4 });
        expect(meter.facts.contentEvents).toBe(2);
      }
    });

    test("has content with its first word, not before", () => {
      const meter = create();
      meter.push(Buffer.from(event({ role: "assistant", content: "" })));
      expect(meter.hasContent).toBe(false);
      meter.push(Buffer.from(event({ content: "Hi" })));
      expect(meter.hasContent).toBe(true);
    });

    test("that is cut off anywhere never ends cleanly", () => {
      const bytes = Buffer.from(WHOLE);
      const finishAt = WHOLE.indexOf('"finish_reason":"stop"');
      for (let length = 0; length < Buffer.byteLength(WHOLE.slice(0, finishAt)); length += 7) {
        const meter = create();
        meter.push(bytes.subarray(0, length));
        meter.end();
        expect(meter.isComplete).toBe(false);
        expect(meter.fault).toBeDefined();
      }
    });

    test("lets nothing through after an error in its middle", () => {
      const broken = `${event({ content: "Hi" })}data: {"error":{"message":"overloaded"}}\n\n${event({ content: "secret" })}`;
      for (const size of [1, 13, 10_000]) {
        const meter = create();
        expect(run(meter, broken, size).join("")).not.toContain("secret");
        expect(meter.fault).toEqual({ kind: "vendor_error", detail: "overloaded" });
        expect(meter.isComplete).toBe(false);
      }
    });
  });

test("binary frames are passed on whole, however they come", () => {
  const frames = [
    writeEventFrame("messageStart", { role: "assistant" }),
    writeEventFrame("contentBlockDelta", { contentBlockIndex: 0, delta: { text: "two\n\nlines" } }),
    writeEventFrame("messageStop", { stopReason: "end_turn" }),
    writeEventFrame("metadata", { usage: { inputTokens: 1, outputTokens: 2 } }),
  ];
  const bytes = Buffer.concat(frames);
  const ends = frames.map((_, index) => Buffer.concat(frames.slice(0, index + 1)).length);
  for (let size = 1; size < 200; size += 7) {
    const meter = createMeterBeside(bedrockConverse.vendor.createDecoder({ eventBytesMax: 10_000 }));
    let passed = 0;
    for (let at = 0; at < bytes.length; at += size) {
      const piece = meter.push(bytes.subarray(at, at + size));
      expect(Buffer.from(piece).equals(bytes.subarray(passed, passed + piece.length))).toBe(true);
      passed += piece.length;
      if (piece.length > 0) expect(ends).toContain(passed);
    }
    expect([passed, meter.isComplete, meter.facts.usage?.output]).toEqual([bytes.length, true, 2]);
  }
});
