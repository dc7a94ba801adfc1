import { describe, expect, test } from "bun:test";
import { providersErrors } from "../../errors.ts";
import { cohereChat } from "./index.ts";

const refused = providersErrors.vendor_refused({ target: "a/b", status: 400, detail: "no" });

describe("an error of ours", () => {
  test("has an id and a message that says how to mend it", () => {
    const message = "a/b refused the request (400): no. Change the request as the vendor says.";
    expect(cohereChat.caller.writeError(refused, "call1")).toEqual({ id: "call1", message });
    expect(cohereChat.caller.writeError(refused, undefined)).toEqual({ message });
  });

  test("within a stream is an end that failed", () => {
    const said = cohereChat.caller.writeStreamError(refused);
    expect(said).toStartWith(
      'event: message-end\ndata: {"type":"message-end","delta":{"finish_reason":"ERROR","error":"a/b',
    );
    expect(said).toEndWith("\n\n");
  });
});

describe("an error of a vendor's", () => {
  test.each([
    ['{"id":"x","message":"too many tokens"}', "too many tokens"],
    ['{"data":"unexpected"}', '{"data":"unexpected"}'],
    ["<html><title>502 Bad Gateway</title></html>", "an HTML page in place of an answer: 502 Bad Gateway"],
    ["", "HTTP 500 without a body"],
  ])("%s is read", (body, message) => {
    expect(cohereChat.vendor.readError(500, body)).toMatchObject({ message, code: null });
  });

  test("in place of a whole answer is an error, and nothing more", () => {
    expect(cohereChat.vendor.readAnswer({ id: "x", message: "no" })).toMatchObject([{ type: "error", message: "no" }]);
    for (const nothing of [null, 5, [], {}, { message: 5 }])
      expect(cohereChat.vendor.readAnswer(nothing)).toMatchObject([{ type: "error", code: "not_an_answer" }]);
  });

  test("that ended a whole answer is one", () => {
    const answer = { id: "x", finish_reason: "ERROR", message: { role: "assistant", content: [] } };
    expect(cohereChat.vendor.readAnswer(answer).map(({ type }) => type)).toEqual(["start", "error"]);
  });
});
