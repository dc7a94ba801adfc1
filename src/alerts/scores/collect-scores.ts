// Takes judgements from the spans that come in to the database, a moment later and many at once. What waits is bounded; a
// process that dies loses what waited, though the record has it.
import type { World } from "../../kernel/index.ts";
import type { SpanRecord } from "../../ledger/index.ts";
import type { Score, ScoreStore } from "../store/score-store.ts";

export interface ScoreCollector {
  add(record: SpanRecord): void;
  flush(): Promise<void>;
}

/** At most so many in one statement. */
const AT_ONCE = 1000;

export function createScoreCollector(
  { scores_waiting_max: max }: { scores_waiting_max: number },
  { store, world }: { store: Pick<ScoreStore, "put">; world: Pick<World, "log"> },
): ScoreCollector {
  let waiting: Score[] = [];
  let dropped = 0;
  return {
    add(record) {
      const score = scoreOf(record);
      if (!score) return;
      if (waiting.length < max) waiting.push(score);
      else dropped += 1;
    },
    async flush() {
      if (dropped > 0)
        world.log.warn({ dropped }, "scores came faster than they can be kept: alerts.scores_waiting_max");
      dropped = 0;
      while (waiting.length > 0) {
        const batch = waiting.slice(0, AT_ONCE);
        await store.put(batch);
        waiting = waiting.slice(batch.length);
      }
    },
  };
}

const NAME_MAX = 200;

function scoreOf({
  id,
  kind,
  source,
  trace_id,
  span_id,
  score,
  started_at_ms,
  who,
  service,
  model,
  vendor,
  prompt,
}: SpanRecord): Score | undefined {
  if (kind !== "score" || !score) return undefined;
  const value = Number.isFinite(score.value) ? score.value : null;
  // What is given here may be given again, without a value too, and then the latest word counts: it is the same span, not the same record.
  const isSaidAgain = source === "api";
  if (value === null && !isSaidAgain) return undefined;
  const { of } = score;
  return {
    id: isSaidAgain ? trace_id.slice(0, 16) + span_id : id,
    atMs: Math.floor(started_at_ms),
    name: score.name.slice(0, NAME_MAX),
    value,
    dimensions: {
      key: who.key_id,
      user: who.user,
      team: who.team,
      project: who.project,
      service: service.name,
      environment: service.environment,
      model: model ?? of?.model ?? null,
      vendor: vendor ?? of?.vendor ?? null,
      prompt: prompt?.name ?? of?.prompt ?? null,
    },
  };
}
