import { describe, expect, test } from "bun:test";
import { createPreviewCutter } from "./cut-previews.ts";

const NOTHING = new Uint8Array();
const textOf = (bytes: Uint8Array | null): string | undefined => (bytes ? Buffer.from(bytes).toString() : undefined);
const previewRequest = (request: Uint8Array, isOwn = true) =>
  textOf(createPreviewCutter().cut({ request, response: NOTHING }, isOwn).request);
const previewResponse = (response: Uint8Array, isOwn = true) =>
  textOf(createPreviewCutter().cut({ request: NOTHING, response }, isOwn).response);
const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));
const SAID = 'What is a "binnacle"?\nIn short, é 🙂.';

describe("what a user said last is found", () => {
  const requests: Record<string, unknown> = {
    "in OpenAI's dialect": {
      messages: [
        { role: "user", content: "before" },
        { role: "user", content: SAID },
      ],
    },
    "behind what tools and models said": {
      messages: [
        { role: "user", content: SAID },
        { role: "assistant", content: null, tool_calls: [] },
        { role: "tool", content: "x".repeat(20_000) },
      ],
    },
    "in parts": { messages: [{ role: "user", content: [{ type: "text", text: SAID }, { type: "image_url" }] }] },
    "before its role": { messages: [{ content: SAID, role: "user" }] },
    "before what tools answered, in Anthropic's dialect": {
      messages: [
        { role: "user", content: SAID },
        { role: "user", content: [{ type: "tool_result", tool_use_id: "1", content: "42" }] },
      ],
    },
    "in Gemini's dialect": { contents: [{ role: "user", parts: [{ text: SAID }] }] },
    "in Gemini's dialect, turned round": { contents: [{ parts: [{ text: SAID }], role: "user" }] },
    "in a response's input": { model: "m", input: SAID },
    "in the items of a response's input": { input: [{ role: "user", content: [{ type: "input_text", text: SAID }] }] },
    "in texts to embed": { model: "m", input: [SAID, "other"] },
    "in a prompt": { model: "m", prompt: SAID },
  };
  for (const [name, request] of Object.entries(requests))
    test(name, () => {
      expect(previewRequest(json(request))).toBe(SAID);
      const spaced = JSON.stringify(request).replaceAll('":', '": ');
      expect(previewRequest(Buffer.from(spaced))).toBe(SAID);
    });

  test("in plain text", () => expect(previewRequest(Buffer.from(SAID))).toBe(SAID));
});

describe("the beginning of an answer is found", () => {
  const chunk = (content: string) => `data: ${JSON.stringify({ choices: [{ delta: { content } }] })}\n\n`;
  const answers: Record<string, Buffer> = {
    "in OpenAI's dialect": json({ choices: [{ message: { role: "assistant", content: SAID } }] }),
    "in Anthropic's dialect": json({ role: "assistant", content: [{ type: "text", text: SAID }] }),
    "in Gemini's dialect": json({ candidates: [{ content: { parts: [{ text: SAID }], role: "model" } }] }),
    "in a response": json({ output: [{ type: "reasoning" }, { content: [{ type: "output_text", text: SAID }] }] }),
    "in a span's messages": json([{ role: "assistant", content: SAID }]),
    "in a stream": Buffer.from([...SAID].map(chunk).join("")),
    "in plain text": Buffer.from(SAID),
  };
  for (const [name, answer] of Object.entries(answers))
    test(name, () => {
      const found = previewResponse(answer) ?? "";
      expect([...found].length).toBeGreaterThan(20);
      expect(SAID.startsWith(found)).toBe(true);
    });
});

test("a long text is cut, within an escape too", () => {
  for (const piece of ["a", "é", "\n", "\u0001", "🙂"])
    for (let ahead = 0; ahead < 8; ahead += 1) {
      const said = "b".repeat(ahead) + piece.repeat(1000);
      const first = [...said].slice(0, 200).join("");
      expect(previewRequest(json({ prompt: said }))).toBe(first);
      const escaped = said.replaceAll(/./gs, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
      expect(previewRequest(Buffer.from(`{"prompt":"${escaped}"}`))).toBe(first);
    }
});

test("where nothing is said there is no preview, whatever the bytes are", () => {
  for (const bytes of [
    "{",
    "[]",
    '{"role":"user"',
    '{"role":"user","content":',
    '{"input":[',
    '"',
    "data:",
    "data: {}\n\n",
  ]) {
    expect(previewRequest(Buffer.from(bytes)) ?? "").toBeString();
    expect(previewResponse(Buffer.from(bytes)) ?? "").toBeString();
  }
  expect(previewResponse(json({ data: [{ embedding: Array.from({ length: 2000 }, () => 0.123) }] }))).toBeUndefined();
  expect(previewRequest(Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]))).toBeUndefined();
});

test("of a span, what is not understood is shown as it came", () => {
  expect(previewRequest(json({ city: "Rome" }), false)).toBe('{"city":"Rome"}');
  expect(previewRequest(json({ city: "Rome" }))).toBeUndefined();
});

test("what PostgreSQL cannot hold is replaced", () => {
  const asked = '{"prompt":"a\\u0000b\\ud83dc\\udc00d\\uZZZZe\\u12"}';
  const found = previewRequest(Buffer.from(asked)) ?? "";
  expect(found).toStartWith("a\uFFFDb\uFFFDc\uFFFDd\uFFFDe");
  expect(found).not.toContain("\0");
});

test("bytes that are no text are no preview, or PostgreSQL would refuse the record for them", () => {
  const around = (bytes: number[]) =>
    Buffer.concat([Buffer.from('{"prompt":"a'), Buffer.from(bytes), Buffer.from('b"}')]);
  for (const bytes of [[0xff], [0xc3], [0xe2, 0x82], [0xed, 0xa0, 0x80]])
    expect(previewRequest(around(bytes), true)).toBeUndefined();
  expect(previewRequest(around([0, 0x5c, 0]))).toBe("a  b");
  // A body that was cut within a character.
  expect(previewRequest(Buffer.from('{"prompt":"é').subarray(0, -1))).toBeUndefined();
});

test("those of a batch stay as they are until it is cleared", () => {
  const cutter = createPreviewCutter();
  const requests = Array.from({ length: 1000 }, (_, index) => json({ prompt: `${index} ${"word ".repeat(100)}` }));
  const cut = requests.map((request) => cutter.cut({ request, response: request }, true).request);
  for (const [index, bytes] of cut.entries()) expect(textOf(bytes)).toStartWith(`${index} word`);
});
