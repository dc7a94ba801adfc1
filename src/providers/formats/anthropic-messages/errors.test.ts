import { describe, expect, test } from "bun:test";
import { providersErrors } from "../../errors.ts";
import { readAnthropicError, writeAnthropicError } from "./errors.ts";
import { anthropicMessages } from "./index.ts";

const refused = (status: number) => providersErrors.vendor_refused({ target: "a/b", status, detail: "no" });

describe("an error of ours", () => {
  test.each([
    [400, "invalid_request_error"],
    [401, "authentication_error"],
    [403, "permission_error"],
    [404, "not_found_error"],
    [413, "request_too_large"],
    [422, "invalid_request_error"],
    [429, "rate_limit_error"],
    [500, "api_error"],
    [502, "api_error"],
    [503, "overloaded_error"],
    [529, "overloaded_error"],
  ])("with status %i is of the type %s", (status, type) => {
    expect(writeAnthropicError(refused(status), "call1")).toMatchObject({
      type: "error",
      error: { type },
      request_id: "call1",
    });
  });

  test("keeps the vendor's words, and says how to mend it", () => {
    expect(writeAnthropicError(refused(400))).toMatchObject({
      error: { message: "a/b refused the request (400): no. Change the request as the vendor says." },
    });
  });

  test("within a stream is an event by the name of error", () => {
    const said = anthropicMessages.caller.writeStreamError(refused(529));
    expect(said).toStartWith("event: error\ndata: {");
    expect(said).toEndWith("}\n\n");
  });
});

describe("an error of a vendor's", () => {
  test.each([
    ['{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}', "Overloaded", "overloaded_error"],
    ['{"error":{"message":"no","type":"x","code":"y"}}', "no", "x"],
    ['{"message":"no"}', "no", null],
    ["<html><title>502 Bad Gateway</title></html>", "an HTML page in place of an answer: 502 Bad Gateway", null],
    ["", "HTTP 529 without a body", null],
  ])("%s is read", (body, message, code) => {
    expect(readAnthropicError(529, body)).toMatchObject({ message, code });
  });
});
