import { expect, test } from "bun:test";
import { checkLine } from "./check-line.ts";

const good = { custom_id: "a", method: "POST", url: "/v1/embeddings", body: { model: "m" } };

function check(request: unknown, seen = new Set<string>()) {
  const text = typeof request === "string" ? request : JSON.stringify(request);
  return checkLine({ line: 7, text }, { endpoint: "/v1/embeddings", seen });
}

test("a line that holds gives its id and its body", () => {
  expect(check(good)).toEqual({ customId: "a", body: '{"model":"m"}' });
});

test("each thing that can be wrong is named with its line and parameter", () => {
  const wrong: [unknown, code: string, param: string | null][] = [
    ["{", "invalid_json_line", null],
    ["[]", "invalid_json_line", null],
    ["null", "invalid_json_line", null],
    [{ ...good, custom_id: undefined }, "missing_required_parameter", "custom_id"],
    [{ ...good, body: null }, "missing_required_parameter", "body"],
    [{ ...good, custom_id: 3 }, "invalid_custom_id", "custom_id"],
    [{ ...good, custom_id: "" }, "invalid_custom_id", "custom_id"],
    [{ ...good, custom_id: "x".repeat(513) }, "invalid_custom_id", "custom_id"],
    ['{"custom_id":"\\u0000","method":"POST","url":"/v1/embeddings","body":{}}', "invalid_custom_id", "custom_id"],
    ['{"custom_id":"\\ud800","method":"POST","url":"/v1/embeddings","body":{}}', "invalid_custom_id", "custom_id"],
    [{ ...good, method: "GET" }, "invalid_method", "method"],
    [{ ...good, url: "/v1/responses" }, "url_mismatch", "url"],
    [{ ...good, body: [] }, "invalid_type", "body"],
    [{ ...good, body: "text" }, "invalid_type", "body"],
  ];
  for (const [request, code, param] of wrong)
    expect(check(request)).toMatchObject({ problem: { code, param, line: 7 } });
  expect(checkLine({ line: 1, text: undefined }, { endpoint: "/v1/embeddings", seen: new Set() })).toMatchObject({
    problem: { code: "request_too_large" },
  });
});

test("an id that was seen before is refused, and one of a refused line is not seen", () => {
  const seen = new Set<string>();
  check({ ...good, method: "GET" }, seen);
  expect(check(good, seen)).toMatchObject({ customId: "a" });
  expect(check(good, seen)).toMatchObject({ problem: { code: "duplicate_custom_id" } });
});
