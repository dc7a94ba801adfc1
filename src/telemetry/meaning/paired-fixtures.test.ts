import { describe, expect, test } from "bun:test";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { WireAttributes } from "../wire/wire-span.ts";
import { jsonIn, readAttributes } from "./meaning.fixture.ts";

// OpenInference publishes the same spans in two dialects; see ../shared/fixtures/README.md.
const fixtures = join(import.meta.dir, "../../../../shared/fixtures/otel");
const hasFixtures = existsSync(fixtures);

function read(name: string) {
  const text = readFileSync(join(fixtures, `openinference-${name}.json`), "utf8");
  return readAttributes(JSON.parse(text) as WireAttributes);
}

/** All but what only one of a pair says. */
function meaningOf(name: string) {
  const { record, request, response } = read(name);
  const { attributes: _, dialect: _dialect, response_id: _id, ...rest } = record;
  return { ...rest, request: jsonIn(request), response: jsonIn(response) };
}

describe.skipIf(!hasFixtures)("OpenInference's paired spans", () => {
  const wanted = {
    kind: "call",
    operation: "chat",
    vendor: "openai",
    model: "gpt-4",
    answer_model: "gpt-4-0613",
    finish_reason: "stop",
    tokens: { input: 97, output: 52, cache_read: 0, cache_write: 0, reasoning: 0 },
    cost: { usd_micros: 149, source: "computed" },
    request: [
      { role: "user", content: "Weather in Paris?" },
      {
        role: "assistant",
        content: "Absolutely! Let me check the weather for you.",
        tool_calls: [
          { id: "1234", type: "function", function: { name: "get_weather", arguments: '{"location":"Paris"}' } },
        ],
      },
      { role: "tool", tool_call_id: "1234", content: "rainy, 57°F" },
    ],
  };
  const answer = "The weather in Paris is currently rainy with a temperature of 57°F.";

  test("come to the same record in OpenTelemetry's words and in OpenInference's", () => {
    const one = meaningOf("otel_genai_client_span_tool_calls");
    const other = meaningOf("openinference_client_span_tool_calls");
    expect(one).toMatchObject(wanted);
    expect(one.response).toEqual([{ role: "assistant", content: answer, finish_reason: "stop" }]);
    expect({ ...other, response: null }).toEqual({ ...one, response: null });
    expect(other.response).toEqual([{ role: "assistant", content: answer }]);
  });

  test("come to it also from the names of earlier years, and where messages are one text", () => {
    const one = meaningOf("otel_genai_client_span_tool_calls");
    expect(meaningOf("otel_genai_deprecated_client_span_tool_calls")).toEqual(one);
    expect(meaningOf("openinference_client_span_input_output_only")).toEqual(one);
  });

  test("keep nothing twice: what is a field or a body is no attribute any more", () => {
    expect(Object.keys(read("otel_genai_client_span_tool_calls").record.attributes)).toEqual([
      "gen_ai.request.max_tokens",
      "gen_ai.request.temperature",
      "gen_ai.request.top_p",
    ]);
  });

  test("that ran a tool are tools, with what the tool was given and gave", () => {
    const { record, request, response } = read("otel_genai_tool_execution_span");
    expect(record).toMatchObject({
      kind: "tool",
      operation: "execute_tool",
      tool: { name: "get_weather", call_id: "1234" },
    });
    expect(record).toMatchObject({ tokens: null, cost: null });
    expect(jsonIn(request)).toEqual({ city: "New York" });
    expect(jsonIn(response)).toMatchObject({ status: "success" });
  });
});
