import { expect, test } from "bun:test";
import { checkRequest } from "./caller-request.ts";

test("what SDKs say in headers though it is part of what they ask is kept for the vendor, and nothing else", () => {
  const said = {
    "anthropic-version": "2023-06-01",
    "anthropic-beta": "some-beta",
    "anthropic-user-profile-id": "profile-1",
    "openai-beta": "other-beta",
  };
  const headers = new Headers({ ...said, authorization: "Bearer bk_1", cookie: "a=b", "user-agent": "sdk" });
  const body = { model: "m", max_tokens: 5, messages: [{ role: "user", content: "Ahoy." }] };
  const request = checkRequest("anthropic-messages", { text: JSON.stringify(body), body, headers });
  expect(request.headers).toEqual(said);
});
