// Commands can be pasted as they are.
import { expect, test } from "bun:test";
import { curlFor, curlPost } from "./curl.ts";

test("a command carries what was asked for, quoted for a shell", () => {
  expect(curlFor("http://127.0.0.1:4100", "/costs", { by: ["model", "team"], since_ms: 5, own: undefined })).toBe(
    `curl -H "Authorization: Bearer $BINNACLE_KEY" 'http://127.0.0.1:4100/api/v1/costs?by=model&by=team&since_ms=5'`,
  );
  expect(curlFor("http://x", "/routes/it's")).toContain(String.raw`it'\''s'`);
});

test("a command that sends something carries it as JSON", () => {
  expect(curlPost("http://x", "/routes/explain", { request: { text: "it's" } })).toEndWith(
    String.raw`'http://x/api/v1/routes/explain' -d '{"request":{"text":"it'\''s"}}'`,
  );
});
