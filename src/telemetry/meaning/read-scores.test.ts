import { describe, expect, test } from "bun:test";
import { readAttributes } from "./meaning.fixture.ts";

const chat = { "gen_ai.operation.name": "chat", "session.id": "s1", "gen_ai.usage.input_tokens": 5 };
const event = (attributes: Record<string, string | number>) => ({
  name: "gen_ai.evaluation.result",
  atMs: 1_763_000_000_500,
  attributes,
});

describe("judgements on the span they judge", () => {
  test("are records below it, from its events", () => {
    const events = [
      event({ "gen_ai.evaluation.name": "relevance", "gen_ai.evaluation.score.value": 0.8 }),
      event({ "gen_ai.evaluation.name": "tone", "gen_ai.evaluation.score.label": "kind" }),
    ];
    const { record, scores = [] } = readAttributes(chat, { events });
    expect(scores.map((one) => one.record.score)).toEqual([
      { name: "relevance", value: 0.8, label: null, explanation: null },
      { name: "tone", value: null, label: "kind", explanation: null },
    ]);
    for (const { record: score } of scores)
      expect(score).toMatchObject({
        kind: "score",
        trace_id: record.trace_id,
        parent_span_id: record.span_id,
        session: "s1",
        tokens: null,
        cost: null,
        attributes: {},
        started_at_ms: 1_763_000_001_000.5,
      });
    expect(new Set(scores.map((one) => one.record.id)).size).toBe(2);
  });

  test("have the same ids when they are sent again", () => {
    const events = [event({ "gen_ai.evaluation.score.value": 1 })];
    const [one, other] = [readAttributes(chat, { events }), readAttributes(chat, { events })];
    expect(one.scores?.[0]?.record.id).toBe(other.scores?.[0]?.record.id ?? "");
  });

  test("are read from OpenInference's lists, and are no attributes any more", () => {
    const { record, scores } = readAttributes({
      "openinference.span.kind": "LLM",
      "evaluations.0.evaluation.name": "correct",
      "evaluations.0.evaluation.score": 1,
      "evaluations.0.evaluation.explanation": "as in the book",
      "annotations.0.annotation.name": "thumbs",
      "annotations.0.annotation.label": "up",
    });
    expect(scores?.map((one) => one.record.score)).toEqual([
      { name: "correct", value: 1, label: null, explanation: "as in the book" },
      { name: "thumbs", value: null, label: "up", explanation: null },
    ]);
    expect(Object.keys(record.attributes)).toEqual(["openinference.span.kind"]);
  });

  test("are as many as their bound, and none where nothing was judged", () => {
    const events = Array.from({ length: 100 }, (_, value) => event({ "gen_ai.evaluation.score.value": value }));
    expect(readAttributes(chat, { events }).scores).toHaveLength(20);
    expect(readAttributes(chat).scores).toBeUndefined();
    expect(readAttributes(chat, { events: [event({ "gen_ai.evaluation.name": "nothing" })] }).scores).toBeUndefined();
  });
});
