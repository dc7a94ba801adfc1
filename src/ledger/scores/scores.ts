// Judgements of records: given here, through the journal as any record, and read with those that other programs reported.
import type { World } from "../../kernel/index.ts";
import type { Storage } from "../../storage/index.ts";
import type { LedgerConfig } from "../config.ts";
import type { CallRecord, SpanRecord, Who } from "../contract.ts";
import { ledgerErrors } from "../errors.ts";
import type { RecordScope } from "../filter/scope.ts";
import type { CallReader } from "../reading/read-calls.ts";
import { readCursor, writeCursor } from "../records/place.ts";
import type { RecordReader } from "../records/read-records.ts";
import type { NewSpan } from "../spans/append-spans.ts";
import type { GiveScore, ScorePage, ScoreQuery, ScoreView, TakeBackScore } from "./contract.ts";
import { type SaidScore, type ScoreGiver, scoreRecordOf, scoreSpanId, scoreViewOf } from "./score-record.ts";
import { createListScores } from "./store.ts";

export interface ScoreAsker {
  giver: ScoreGiver;
  within: RecordScope | undefined;
}

/**
 * Each gives undefined where there is no such record, or none within the scope. They throw `ledger.unavailable` where only
 * PostgreSQL could know.
 */
export interface RecordScores {
  /** It is in the journal when it resolves. Throws `ledger.empty_score`, `ledger.journal_full`, `ledger.journal_failed`. */
  give(said: GiveScore, asker: ScoreAsker): Promise<ScoreView | undefined>;
  /** What the giver said under this name counts no more, if they said anything. Throws what the journal throws. */
  takeBack(said: TakeBackScore, asker: ScoreAsker): Promise<ScoreView | undefined>;
  /** Newest first; from PostgreSQL alone, as lists of records are. Throws `ledger.bad_cursor`. */
  list(query: ScoreQuery, asker: ScoreAsker & { mayScore(who: Who): boolean }): Promise<ScorePage | undefined>;
}

export interface RecordScoresDeps {
  calls: Pick<CallReader, "findCall">;
  records: Pick<RecordReader, "findRecord">;
  storage: Storage;
  append(records: readonly NewSpan[]): void;
  world: Pick<World, "nowMs">;
}

export function createRecordScores(
  { timeout }: Pick<LedgerConfig["reading"], "timeout">,
  { calls, records, storage, append, world }: RecordScoresDeps,
): RecordScores {
  const listScores = createListScores(storage, timeout);
  let lastAtMs = 0;

  /** A call is known from the moment it is closed, whether PostgreSQL has it or not. */
  async function find(id: string, within: RecordScope | undefined): Promise<CallRecord | SpanRecord | undefined> {
    return (await calls.findCall(id, within)) ?? (await records.findRecord(id, within))?.record;
  }

  /** No two at the same time, so that of two words one is the later. */
  function nextMs(): number {
    lastAtMs = Math.max(Math.floor(world.nowMs()), lastAtMs + 1);
    return lastAtMs;
  }

  async function say({ id, user }: TakeBackScore, said: SaidScore, { giver: asking, within }: ScoreAsker) {
    const judged = await find(id, within);
    if (!judged) return undefined;
    const giver = giverFor(asking, user);
    const record = scoreRecordOf({ judged, giver, said, atMs: nextMs() });
    append([{ record }]);
    return scoreViewOf(record, giver === asking);
  }

  return {
    async give(given, asker) {
      const { name, value = null, label = null, comment = "" } = given;
      if (value === null && label === null) throw ledgerErrors.empty_score({ name });
      return say(given, { name, value, label, explanation: comment === "" ? null : comment }, asker);
    },
    takeBack: (given, asker) => say(given, { name: given.name, value: null, label: null, explanation: null }, asker),
    async list({ id, limit, cursor }, { giver, within, mayScore }) {
      const before = readCursor(cursor);
      const judged = await find(id, within);
      if (!judged) return undefined;
      const found = await listScores({
        traceId: judged.trace_id,
        spanId: judged.span_id,
        organisation: judged.who.organisation ?? null,
        before,
        limit: limit + 1,
      });
      const shown = found.slice(0, limit);
      const last = found.length > limit ? shown.at(-1) : undefined;
      const isOwn = (score: SpanRecord): boolean =>
        score.source === "api" && score.span_id === scoreSpanId(judged, giver, score.name);
      return {
        scores: shown.map((score) => scoreViewOf(score, isOwn(score))),
        may_score: mayScore(judged.who),
        next_cursor: last
          ? writeCursor({ startedAtMs: Math.floor(last.started_at_ms), id: last.id, untilMs: 0 })
          : null,
      };
    },
  };
}

/** A key that is nobody's speaks for those whom it names. */
function giverFor(giver: ScoreGiver, user: string | undefined): ScoreGiver {
  return giver.user !== null || user === undefined ? giver : { ...giver, user };
}
