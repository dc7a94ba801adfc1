import { describe, expect, test } from "bun:test";
import { describeAnswer, describeRecord } from "./describe-case.ts";

const CONTENT = 'data: {"choices":[{}]}\n\n';
const attempt = (outcome: "ok" | "error") => ({
  target: "sim/x",
  vendor: "sim",
  model: "x",
  reason: "first",
  started_after_ms: 0,
  duration_ms: 0,
  first_byte_ms: null,
  status: null,
  outcome,
  error: null,
});

describe("what a caller got", () => {
  test.each([
    [{ status: 200, text: '{"choices":[{}]}', stream: false }, "200 whole"],
    [{ status: 200, text: "", stream: false }, "200 without an answer"],
    [{ status: 504, text: '{"error":{"code":"a.b"}}', stream: false }, "504 a.b"],
    [{ status: 502, text: "<html>", stream: true }, "502 without a code"],
    [{ status: 200, text: `${CONTENT}data: [DONE]\n\n`, stream: true }, "200 whole"],
    [
      { status: 200, text: `${CONTENT}data: {"error":{"code":"a.b"}}\n\n`, stream: true },
      "200 part, then error event a.b",
    ],
    [{ status: 200, text: CONTENT, stream: true }, "200 part, and no word of why"],
  ])("%o is “%s”", (answer, words) => {
    expect(describeAnswer(answer)).toBe(words);
  });
});

describe("what the record says", () => {
  test("is how it ended, after which tries, and why", () => {
    const error = { code: "providers.vendor_cut", message: "" };
    expect(describeRecord({ outcome: "ok", attempts: [attempt("error"), attempt("ok")], error: null })).toBe(
      "ok after error, ok",
    );
    expect(describeRecord({ outcome: "failed", attempts: [attempt("error")], error })).toBe(
      "failed after error: providers.vendor_cut",
    );
    expect(describeRecord({ outcome: "refused", attempts: [], error })).toBe("refused: providers.vendor_cut");
  });

  test("is nothing where there is none", () => {
    expect(describeRecord(undefined)).toBe("none");
  });
});
