// Errors as the official SDK sees them, and vendors' error bodies of every shape.
import { describe, expect, test } from "bun:test";
import {
  APIError,
  AuthenticationError,
  InternalServerError,
  NotFoundError,
  PermissionDeniedError,
  RateLimitError,
} from "openai";
import { AppError } from "../../../kernel/index.ts";
import { providersErrors } from "../../errors.ts";
import { readOpenAiError, renderOpenAiError, renderStreamError } from "./errors.ts";

function appError(code: string, status: number, params: Record<string, unknown> = {}): AppError {
  return new AppError({ code, status, retry: "never", message: "It went wrong.", fix: "Mend it.", params });
}

/** What the official SDK throws for this error. */
function sdkError(error: AppError) {
  const { status, body } = renderOpenAiError(error);
  return APIError.generate(status, body, undefined, new Headers());
}

describe("our errors in OpenAI's words", () => {
  const invalid = "invalid_request_error";
  test.each([
    { code: "governance.no_key", status: 401, thrown: AuthenticationError, type: invalid, known: "invalid_api_key" },
    { code: "governance.not_allowed", status: 403, thrown: PermissionDeniedError, type: "permission_error" },
    { code: "gateway.unknown_model", status: 404, thrown: NotFoundError, type: invalid, known: "model_not_found" },
    {
      code: "gateway.full",
      status: 429,
      thrown: RateLimitError,
      type: "rate_limit_error",
      known: "rate_limit_exceeded",
    },
    { code: "interfaces.body_too_large", status: 413, thrown: APIError, type: invalid },
    { code: "kernel.internal", status: 500, thrown: InternalServerError, type: "server_error" },
  ])("$code, $status", ({ code, status, thrown, type, known = code }) => {
    const error = sdkError(appError(code, status));
    expect(error).toBeInstanceOf(thrown);
    expect([error.type, error.code, error.message]).toEqual([type, known, `${status} It went wrong. Mend it.`]);
  });

  test("a bad request names its parameter", () => {
    const error = providersErrors.bad_request({ param: "messages.0.role", problem: "is missing", fix: "Add it." });
    expect(renderOpenAiError(error)).toEqual({
      status: 400,
      body: {
        error: {
          message: "`messages.0.role` is missing. Add it.",
          type: "invalid_request_error",
          param: "messages.0.role",
          code: "providers.bad_request",
        },
      },
    });
  });

  test("a vendor's refusal keeps the vendor's status, words, parameter and code", () => {
    const error = providersErrors.vendor_refused({
      target: "openai/x",
      status: 400,
      detail: "Too long",
      vendorCode: "context_length_exceeded",
      param: "messages",
    });
    const { status, body } = renderOpenAiError(error);
    expect([status, body.error.code, body.error.param]).toEqual([400, "context_length_exceeded", "messages"]);
    expect(body.error.message).toBe(
      "openai/x refused the request (400): Too long. Change the request as the vendor says.",
    );
  });

  test("a vendor that refuses our own key does not make callers doubt theirs", () => {
    const error = providersErrors.vendor_denied({
      target: "openai/x",
      status: 401,
      detail: "Incorrect API key",
      vendorCode: "invalid_api_key",
    });
    expect(renderOpenAiError(error)).toMatchObject({
      status: 502,
      body: { error: { type: "server_error", code: "providers.vendor_denied" } },
    });
  });

  test("an error at the end of a stream is one event", () => {
    const text = new TextDecoder().decode(renderStreamError(appError("providers.vendor_cut", 502)));
    expect(text).toMatch(/^data: \{"error":\{.*\}\}\n\n$/);
    expect(JSON.parse(text.slice(6))).toEqual(renderOpenAiError(appError("providers.vendor_cut", 502)).body);
  });
});

describe("vendors' error bodies", () => {
  const none = { type: null, param: null, code: null };
  test.each<[string, string, object]>([
    [
      "OpenAI's",
      '{"error":{"message":"m","type":"t","param":"p","code":"c"}}',
      { message: "m", type: "t", param: "p", code: "c" },
    ],
    ["an error that is text", '{"error":"model not loaded"}', { ...none, message: "model not loaded" }],
    [
      "Mistral's flat one",
      '{"object":"error","message":"m","type":"invalid","param":null,"code":"1500"}',
      { message: "m", type: "invalid", param: null, code: "1500" },
    ],
    ["FastAPI's text", '{"detail":"Not Found"}', { ...none, message: "Not Found" }],
    [
      "FastAPI's list",
      '{"detail":[{"loc":["body"],"msg":"bad"}]}',
      { ...none, message: '[{"loc":["body"],"msg":"bad"}]' },
    ],
    [
      "OpenRouter's, with the cause",
      '{"error":{"code":429,"message":"Provider returned error","metadata":{"raw":"slow down"}}}',
      { ...none, code: "429", message: "Provider returned error: slow down" },
    ],
    [
      "Gemini's list",
      '[{"error":{"code":400,"message":"m","status":"INVALID_ARGUMENT"}}]',
      { message: "m", type: "INVALID_ARGUMENT", param: null, code: "400" },
    ],
    ["Apigee's fault", '{"fault":{"faultstring":"Rate limit"}}', { ...none, message: "Rate limit" }],
    ["plain text", "upstream connect error", { ...none, message: "upstream connect error" }],
    [
      "a page of HTML",
      "<!DOCTYPE html><html><head><title> 503 Service Unavailable </title>",
      { ...none, message: "an HTML page in place of an answer: 503 Service Unavailable" },
    ],
    ["HTML without a title", "<b>no</b>", { ...none, message: "an HTML page in place of an answer" }],
    ["nothing", "", { ...none, message: "HTTP 503 without a body" }],
    ["an empty object", "{}", { ...none, message: "{}" }],
    ["null", "null", { ...none, message: "null" }],
    ["JSON that is cut", '{"error":{"mess', { ...none, message: '{"error":{"mess' }],
  ])("%s", (_, body, wanted) => {
    expect(readOpenAiError(503, body)).toEqual(wanted as ReturnType<typeof readOpenAiError>);
  });

  test("a message without end is cut", () => {
    expect(readOpenAiError(500, "x".repeat(100_000)).message.length).toBe(2000);
  });
});
