// A judgement that is given here, as a record: in the trace of what is judged, and below it. Whoever says something else later
// writes another record; the span's id is the same, so that the latest word is known as such. A word without value and label
// takes back what was said.
import { callIdAt } from "../call-id.ts";
import type { CallRecord, SpanRecord } from "../contract.ts";
import type { Who } from "../contract.ts";
import { blankSpan } from "../spans/blank-span.ts";
import type { ScoreView } from "./contract.ts";

/** Of the record's own organisation. */
export type ScoreGiver = Pick<Who, "key_id" | "key_name" | "user" | "team">;

export type SaidScore = Omit<NonNullable<SpanRecord["score"]>, "of">;

export interface Judgement {
  judged: CallRecord | SpanRecord;
  giver: ScoreGiver;
  said: SaidScore;
  atMs: number;
}

export function scoreRecordOf({ judged, giver, said, atMs }: Judgement): SpanRecord {
  const { organisation } = judged.who;
  return {
    ...blankSpan(),
    kind: "score",
    source: "api",
    scope: { name: "binnacle", version: "", schema_url: "" },
    id: callIdAt(atMs),
    trace_id: judged.trace_id,
    span_id: scoreSpanId(judged, giver, said.name),
    parent_span_id: judged.span_id,
    name: said.name,
    session: judged.session,
    started_at_ms: atMs,
    who: {
      key_id: giver.key_id,
      key_name: giver.key_name,
      user: giver.user,
      team: giver.team,
      // Where it stands is where the record stands: whoever sees that one sees this too.
      project: judged.who.project,
      tags: [],
      ...(organisation !== undefined && { organisation }),
    },
    service: "source" in judged ? judged.service : NO_SERVICE,
    score: { ...said, of: judgedIn(judged) },
  };
}

/** Nobody can say anything in another's name by choosing their words: a hash that is easily met would let them. */
export function scoreSpanId(
  { trace_id, span_id }: Pick<SpanRecord, "trace_id" | "span_id">,
  { user, key_id }: Pick<ScoreGiver, "user" | "key_id">,
  name: string,
): string {
  const giver = user === null ? ["key", key_id] : ["user", user];
  const words = JSON.stringify([trace_id, span_id, ...giver, name]);
  return new Bun.CryptoHasher("sha256").update(words).digest("hex").slice(0, 16);
}

export function scoreViewOf(record: SpanRecord, isOwn: boolean): ScoreView {
  const { id, score, started_at_ms, source, who } = record;
  return {
    id,
    name: score?.name ?? record.name,
    value: score?.value ?? null,
    label: score?.label ?? null,
    comment: score?.explanation ?? null,
    at_ms: started_at_ms,
    source,
    by: { key_id: who.key_id, key_name: who.key_name, user: who.user, team: who.team },
    is_own: isOwn,
  };
}

const NO_SERVICE: SpanRecord["service"] = { name: null, version: null, environment: null, release: null };

/** It stands beside the score, not in the record's own fields: sums by model count what models answered. */
function judgedIn(judged: CallRecord | SpanRecord): NonNullable<SpanRecord["score"]>["of"] {
  const { id, model } = judged;
  if ("source" in judged) return { id, model, vendor: judged.vendor, prompt: judged.prompt?.name ?? null };
  return { id, model, vendor: judged.answer?.vendor ?? null, prompt: judged.prompt?.id ?? null };
}
