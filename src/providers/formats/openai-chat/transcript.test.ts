// Conversations as people read them, from bodies that may be cut or may not be what they claim.
import { describe, expect, test } from "bun:test";
import { hasCassettes, readExchanges } from "../../../../test/support/cassettes.ts";
import { readTranscript } from "./transcript.ts";

const request = JSON.stringify({
  model: "m",
  messages: [
    { role: "system", content: "Be brief." },
    {
      role: "user",
      content: [
        { type: "text", text: "What is this?" },
        { type: "image_url", image_url: { url: "https://example.org/i.png" } },
        { type: "file", file: { filename: "a.pdf" } },
        { type: "input_audio", input_audio: {} },
      ],
    },
    { role: "assistant", content: null, tool_calls: [{ id: "1", function: { name: "look", arguments: '{"at":1}' } }] },
    { role: "tool", tool_call_id: "1", content: "a cat" },
  ],
});
const answer =
  '{"id":"x","choices":[{"index":0,"message":{"role":"assistant","content":"A cat."},"finish_reason":"stop"}]}';
const stream =
  'data: {"id":"x","choices":[{"index":0,"delta":{"role":"assistant","content":"A "}}]}\n\n' +
  'data: {"id":"x","choices":[{"index":0,"delta":{"content":"cat."},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n';
const cat = { role: "assistant", text: "A cat.", tool_calls: [] };

describe("a transcript", () => {
  test("shows each message's text, names other parts, and lists tool calls", () => {
    expect(readTranscript(request, answer, "application/json")).toEqual([
      { role: "system", text: "Be brief.", tool_calls: [] },
      { role: "user", text: "What is this?\n[image]\n[file a.pdf]\n[audio]", tool_calls: [] },
      { role: "assistant", text: "", tool_calls: [{ name: "look", arguments: '{"at":1}' }] },
      { role: "tool", text: "a cat", tool_calls: [] },
      cat,
    ]);
  });

  test("adds a stream up to the message it spells", () => {
    expect(readTranscript(undefined, stream, "text/event-stream; charset=utf-8")).toEqual([cat]);
  });

  test("shows what came of a stream that was cut, and of JSON that was cut", () => {
    expect(readTranscript(undefined, stream.slice(0, 90), "text/event-stream")).toEqual([{ ...cat, text: "A " }]);
    expect(readTranscript(undefined, answer.slice(0, answer.indexOf("cat") + 1), "application/json")).toEqual([
      { ...cat, text: "A c" },
    ]);
    expect(readTranscript(request.slice(0, 100), undefined, undefined)).toEqual([
      { role: "system", text: "Be brief.", tool_calls: [] },
      { role: "user", text: "", tool_calls: [] },
    ]);
  });

  test("shows an error as one", () => {
    const error = '{"error":{"message":"no such model"}}';
    expect(readTranscript(undefined, error, "application/json")).toEqual([
      { role: "error", text: "no such model", tool_calls: [] },
    ]);
    expect(readTranscript(undefined, "<html><title>Oops</title>", "text/html").at(-1)?.text).toContain("Oops");
    const broken = `${stream.slice(0, 86)}\n\ndata: ${error}\n\n`;
    expect(readTranscript(undefined, broken, "text/event-stream").map(({ role }) => role)).toContain("error");
  });

  test("never throws, wherever the bodies are cut", () => {
    for (let length = 0; length <= request.length; length += 1)
      expect(readTranscript(request.slice(0, length), stream.slice(0, length), "text/event-stream")).toBeArray();
    for (const text of ["", "null", "5", '"x"', "[]", '{"messages":5}', '{"messages":[null,5,{"role":5}]}', "\u0000"])
      expect(readTranscript(text, text, "application/json")).toBeArray();
  });

  const recorded = ["openai", "groq", "mistral", "ollama", "openrouter"].flatMap((vendor) => readExchanges(vendor));
  test.skipIf(!hasCassettes)(`reads ${recorded.length} recorded exchanges, whole and cut in half`, () => {
    for (const { request: asked, body, headers } of recorded) {
      const text = JSON.stringify(asked);
      const shown = readTranscript(text, body, headers["content-type"]);
      expect(shown.length).toBeGreaterThan((asked["messages"] as unknown[]).length);
      expect(["assistant", "error"]).toContain(shown.at(-1)?.role ?? "");
      readTranscript(text.slice(0, text.length / 2), body.slice(0, body.length / 2), headers["content-type"]);
    }
  });
});
