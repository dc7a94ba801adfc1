import { describe, expect, test } from "bun:test";
import { previewRequest, previewResponse } from "./cut-preview.ts";

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
      expect(found.length).toBeGreaterThan(10);
      expect(SAID.startsWith(found)).toBe(true);
    });
});

test("a long text is cut, within an escape too", () => {
  for (const piece of ["a", "é", "\n", "\u0001", "🙂"])
    for (let ahead = 0; ahead < 8; ahead += 1) {
      const said = "b".repeat(ahead) + piece.repeat(1000);
      const found = previewRequest(json({ prompt: said })) ?? "";
      expect(found.length).toBeWithin(100, 201);
      expect(found.startsWith("b".repeat(ahead))).toBe(true);
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
