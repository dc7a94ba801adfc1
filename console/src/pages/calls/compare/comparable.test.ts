import { expect, test } from "bun:test";
import { comparableOf } from "./comparable.ts";

const message = (role: string, text: string) => ({ role, text, tool_calls: [] });
const body = (text: string) => ({ media_type: "application/json", size_bytes: text.length, cut: false, text });

test("takes apart what was set, asked and answered", () => {
  const request = { temperature: 0.5, messages: [{ role: "user", content: "Hello" }], model: "fast" };
  const compared = comparableOf({
    request_body: body(JSON.stringify(request)),
    messages: [message("system", "Be brief."), message("user", "Hello"), message("assistant", "Hi")],
  });
  expect(compared).toEqual({
    settings: '{\n  "model": "fast",\n  "temperature": 0.5\n}',
    asked: "system:\nBe brief.\n\nuser:\nHello",
    answered: "assistant:\nHi",
    isCut: false,
  });
});

test("writes tools with what was asked of them, and leaves what cannot be read as it is", () => {
  const call = { role: "assistant", text: "", tool_calls: [{ name: "find", arguments: '{"a":1}' }] };
  const compared = comparableOf({ request_body: body("not json"), messages: [message("user", "x"), call] });
  expect(compared.settings).toBe("");
  expect(compared.answered).toBe('assistant:\ncalls find\n{\n  "a": 1\n}');
  expect(comparableOf({ request_body: null, messages: [] })).toMatchObject({ asked: "", answered: "" });
});

test("compares no more than a page can hold, and says so", () => {
  const compared = comparableOf({ request_body: null, messages: [message("user", "x".repeat(300_000))] });
  expect([compared.asked.length, compared.isCut]).toEqual([200_000, true]);
});
