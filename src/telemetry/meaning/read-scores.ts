// Judgements that are told on the span they judge: by events (`gen_ai.evaluation.result`), or by OpenInference's lists. Each
// becomes a record of its own below the span, as those are that were sent so.
import type { SpanRecord } from "../../ledger/contract.ts";
import type { JsonValue, WireSpan } from "../wire/wire-span.ts";
import { unflatten } from "./content/unflatten.ts";
import { isObject, type JsonObject, readNumber, readText } from "./names/read-value.ts";
import { cutText } from "../../kernel/index.ts";
import type { Said } from "./names/said.ts";
import { noModelFacts } from "./read-model.ts";
import { recordIdOf, spanIdOf } from "./record-id.ts";

export interface ScoreBounds {
  scores_max: number;
  label_characters_max: number;
}

/** Of the span's own record they take who and where. Attributes that are scores count as taken. */
export function readScores(said: Said, span: WireSpan, bounds: ScoreBounds): (record: SpanRecord) => SpanRecord[] {
  const inEvents = span.events.flatMap((event) =>
    event.name === "gen_ai.evaluation.result" ? (scoreIn(event.attributes, "gen_ai.evaluation.", bounds) ?? []) : [],
  );
  const found = [...inEvents, ...inList(said, "evaluations", bounds), ...inList(said, "annotations", bounds)];
  return (record) => found.slice(0, bounds.scores_max).map((score, place) => recordOf(score, { place, span, record }));
}

type Score = NonNullable<SpanRecord["score"]>;

function inList(said: Said, list: "evaluations" | "annotations", bounds: ScoreBounds): Score[] {
  const entries = said.list(list);
  for (const { name } of entries) said.drop(name);
  return unflatten(entries, bounds.scores_max).flatMap((one) => {
    const whole = isObject(one) ? (one[list.slice(0, -1)] ?? one) : null;
    return isObject(whole) ? (scoreIn(whole, "", bounds) ?? []) : [];
  });
}

function scoreIn(whole: JsonObject, prefix: string, { label_characters_max: max }: ScoreBounds): Score | undefined {
  const text = (key: string): string | undefined => readText(whole[`${prefix}${key}`] ?? null);
  const saidValue: JsonValue = whole[`${prefix}score.value`] ?? whole[`${prefix}score`] ?? null;
  const value = readNumber(saidValue) ?? null;
  const label = text("score.label") ?? text("label");
  if (value === null && label === undefined) return undefined;
  return {
    name: cutText(text("name") ?? "score", max),
    value,
    label: label === undefined ? null : cutText(label, max),
    explanation: text("explanation") ?? null,
  };
}

interface Place {
  place: number;
  span: WireSpan;
  record: SpanRecord;
}

function recordOf(score: Score, { place, span, record }: Place): SpanRecord {
  const spanId = spanIdOf(`${span.traceId}${span.spanId} score ${place}`);
  return {
    ...record,
    ...noModelFacts,
    id: recordIdOf(span.endedAtMs, (record.who.organisation ?? "") + span.traceId + spanId),
    kind: "score",
    span_id: spanId,
    parent_span_id: span.spanId,
    links: [],
    name: score.name,
    span_kind: "internal",
    started_at_ms: span.endedAtMs,
    duration_ms: 0,
    operation: null,
    retrieval: null,
    score,
    tokens: null,
    cost: null,
    first_token_ms: null,
    outcome: "ok",
    error: null,
    attributes: {},
    events: [],
    cut: [],
    bodies: { request: null, response: null },
  };
}
