import { describe, expect, test } from "bun:test";
import { readUsage, writeUsage } from "./usage.ts";

const raw = {
  input_tokens: 10,
  cache_creation_input_tokens: 30,
  cache_read_input_tokens: 100,
  cache_creation: { ephemeral_5m_input_tokens: 10, ephemeral_1h_input_tokens: 20 },
  output_tokens: 50,
  output_tokens_details: { thinking_tokens: 40 },
  server_tool_use: { web_search_requests: 2, web_fetch_requests: 0 },
  service_tier: "priority",
  inference_geo: "eu",
};

describe("usage", () => {
  test("counts what the cache gave and took as input, and thinking as output", () => {
    expect(readUsage(raw)).toEqual({
      input: 140,
      output: 50,
      cache_read: 100,
      cache_write: 30,
      cache_write_1h: 20,
      reasoning: 40,
      server_tools: { web_search: 2 },
      service_tier: "priority",
      raw,
    });
  });

  test("comes out again as it went in", () => {
    expect(writeUsage(readUsage(raw) ?? { input: 0, output: 0, cache_read: 0, cache_write: 0, reasoning: 0 })).toEqual(
      raw,
    );
  });

  test("of another vendor takes none of its names along", () => {
    const theirs = {
      input: 9,
      output: 4,
      cache_read: 2,
      cache_write: 0,
      reasoning: 1,
      service_tier: "flex",
      raw: { prompt_tokens: 9, output_tokens_details: {} },
    };
    expect(writeUsage(theirs)).toEqual({
      input_tokens: 7,
      cache_creation_input_tokens: 0,
      cache_read_input_tokens: 2,
      cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 0 },
      output_tokens: 4,
      output_tokens_details: { thinking_tokens: 1 },
    });
  });

  test.each([null, 5, {}, { input_tokens: "9" }])("of nothing is nothing: %j", (nothing) => {
    expect(readUsage(nothing)).toBeUndefined();
  });

  test("is never below zero, nor more a part than its whole", () => {
    expect(
      readUsage({ input_tokens: -5, output_tokens: 2, output_tokens_details: { thinking_tokens: 9 } }),
    ).toMatchObject({
      input: 0,
      output: 2,
      reasoning: 2,
    });
  });
});
