import { describe, expect, test } from "bun:test";
import { providersErrors } from "../../errors.ts";
import { ollamaChat } from "./index.ts";

const { caller, vendor } = ollamaChat;
const refused = providersErrors.vendor_refused({ target: "a/b", status: 400, detail: "no" });
const SAID = { error: "a/b refused the request (400): no. Change the request as the vendor says." };

describe("an error of ours", () => {
  test("is one sentence that says how to mend it", () => {
    expect(caller.writeError(refused, "call1")).toEqual(SAID);
  });

  test("within a stream is its last line", () => {
    expect(caller.writeStreamError(refused)).toBe(`${JSON.stringify(SAID)}\n`);
  });

  test("of a vendor's within a stream is the same, and nothing follows it", () => {
    const request = { model: "m", dialect: "ollama-chat" as const, messages: [], stream: true };
    const encoder = caller.createEncoder({ request, told: [] });
    expect(encoder.write({ type: "error", message: "overloaded", code: null })).toBe('{"error":"overloaded"}\n');
    expect(encoder.write({ type: "text", choice: 0, text: "Hi" })).toBe("");
    expect(encoder.write({ type: "end" })).toBe("");
  });
});

describe("an error of a vendor's", () => {
  test.each([
    ['{"error":"model \\"x\\" not found, try pulling it first"}', 'model "x" not found, try pulling it first'],
    ["404 page not found", "404 page not found"],
    ["<html><title>502 Bad Gateway</title></html>", "an HTML page in place of an answer: 502 Bad Gateway"],
    ["", "HTTP 500 without a body"],
  ])("%s is read", (body, message) => {
    expect(vendor.readError(500, body)).toMatchObject({ message, code: null });
  });

  test("in place of a whole answer is an error, and nothing more", () => {
    expect(vendor.readAnswer({ error: "no" })).toMatchObject([{ type: "error", message: "no" }]);
    for (const nothing of [null, 5, [], {}, { message: 5 }, { status: "success" }])
      expect(vendor.readAnswer(nothing)).toMatchObject([{ type: "error", code: "not_an_answer" }]);
  });

  test("is an answer that is not done", () => {
    const answer = { model: "m", message: { role: "assistant", content: "Hi" }, done: false };
    expect(vendor.readAnswer(answer).map(({ type }) => type)).toEqual(["start", "text", "error"]);
  });
});
