import { describe, expect, test } from "bun:test";
import { spansOfCall } from "./call-spans.ts";
import { exportedCall, TRACE } from "./export.fixture.ts";
import { createGenAiMetrics } from "./gen-ai-metrics.ts";
import { isSampled } from "./sampling.ts";
import type { KeyValue } from "./wire/otlp.ts";

const valueOf = (attributes: readonly KeyValue[], key: string): unknown =>
  Object.values(attributes.find((each) => each.key === key)?.value ?? {})[0];

describe("the spans of a call", () => {
  const [call, failed, answered] = spansOfCall(exportedCall());

  test("are one of the call in its caller's trace, and one of each attempt below it", () => {
    expect(call).toMatchObject({ name: "chat fast", traceId: TRACE, parentSpanId: "00f067aa0ba902b7", kind: 2 });
    expect([failed?.parentSpanId, answered?.parentSpanId]).toEqual([call?.spanId, call?.spanId]);
    // The one under which the vendor was told of it, and else one that is the same each time.
    expect([failed?.spanId, answered?.spanId]).toEqual(["00016b7169203331", "1111111111111111"]);
    expect(answered).toMatchObject({
      startTimeUnixNano: "1800000000143000000",
      endTimeUnixNano: "1800000000243250000",
      status: { code: 0 },
    });
    expect(failed).toMatchObject({ status: { code: 2, message: "It failed." } });
  });

  test("say by the conventions' names what was asked, answered, used and by whom", () => {
    const said = Object.fromEntries(
      (call?.attributes ?? []).map(({ key }) => [key, valueOf(call?.attributes ?? [], key)]),
    );
    expect(said).toMatchObject({
      "gen_ai.operation.name": "chat",
      "gen_ai.provider.name": "mistral_ai",
      "gen_ai.request.model": "fast",
      "gen_ai.response.model": "large-2",
      "gen_ai.response.finish_reasons": { values: [{ stringValue: "stop" }] },
      "gen_ai.response.time_to_first_chunk": 0.05,
      "gen_ai.usage.input_tokens": "120",
      "gen_ai.usage.cache_read.input_tokens": "100",
      "gen_ai.usage.cost": 0.001234,
      "gen_ai.conversation.id": "s1",
      "user.id": "ada",
      "binnacle.tags": { values: [{ stringValue: "a" }, { stringValue: "b" }] },
    });
    expect(said["gen_ai.usage.reasoning.output_tokens"]).toBeUndefined();
    expect(said["gen_ai.input.messages"]).toBeUndefined();
  });

  test("count usage once: no attempt has any", () => {
    for (const attempt of [failed, answered])
      expect(attempt?.attributes.some(({ key }) => key.startsWith("gen_ai.usage"))).toBe(false);
  });

  test("of a call that its caller left are no failure", () => {
    const [left] = spansOfCall(
      exportedCall({ outcome: "cancelled", error: { code: "gateway.caller_gone", message: "" } }),
    );
    expect(left?.status.code).toBe(0);
  });
});

test("GenAI metrics stay within their bound however many models are asked for, and lose no count", () => {
  const metrics = createGenAiMetrics(0);
  for (let index = 0; index < 3000; index += 1) {
    const target = `v/model-${index}`;
    metrics.add(exportedCall({ answer: { target, vendor: "v", model: "m", response_id: null, finish_reason: null } }));
  }
  const duration = metrics.collect(1).find(({ name }) => name === "gen_ai.client.operation.duration");
  const points = duration?.histogram.dataPoints ?? [];
  expect(points).toHaveLength(501);
  expect(points.reduce((sum, { count }) => sum + Number(count), 0)).toBe(3000);
});

test("a share of traces is decided by their ids: the same everywhere, and as many as was said", () => {
  const ids = Array.from({ length: 20_000 }, (_, index) => Bun.SHA256.hash(String(index), "hex").slice(0, 32));
  const kept = ids.filter((id) => isSampled(id, 0.2));
  expect(Math.abs(kept.length / ids.length - 0.2)).toBeLessThan(0.01);
  expect(kept.every((id) => isSampled(id, 0.5))).toBe(true);
  expect(ids.filter((id) => isSampled(id, 0))).toEqual([]);
});
