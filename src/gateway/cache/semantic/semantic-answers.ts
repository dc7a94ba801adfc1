// Answers to questions that are only alike, where no exact one is kept. What was kept stays where it is: here are the
// questions that lead to it. Whoever waits for a vector waits no longer than embedding.timeout, and asks the model then.
import type { Embedder } from "../../../embedding/index.ts";
import type { ContentSealer, World } from "../../../kernel/index.ts";
import type { Storage } from "../../../storage/index.ts";
import { isBound, residencyOf } from "../../routing/facts/residency.ts";
import type { CachedCall, Taken } from "../cached-call.ts";
import type { CacheConfig } from "../config.ts";
import { type ExactAnswers, giveAgain, type Where } from "../exact-answers.ts";
import type { KeptAnswer } from "../kept-answer.ts";
import type { KeptAnswers } from "../kept-answers.ts";
import type { CacheWish } from "../key/read-wish.ts";
import { createJudge, type Judge, placeOf } from "./judge.ts";
import { findQuestion, type Question } from "./find-question.ts";
import { createKeptQuestions, type KeptQuestions } from "./kept-questions.ts";
import { createLookup, type NearAnswer } from "./lookup.ts";
import { textOf } from "./same-answer.ts";

export interface SemanticAnswers extends Pick<Judge, "judge">, Pick<KeptQuestions, "start" | "close"> {
  /** As `ExactAnswers` does; of calls that are answered alike. */
  take(call: CachedCall & { answeredAs: string }, where: Where, wish: CacheWish): Taken | Promise<Taken>;
  state(): SemanticState;
}

export interface SemanticState {
  questions: number;
  /** Calls that got no vector in time, or none at all. */
  without_vector: number;
  /** Judgements, of comparisons and of people. */
  judged_right: number;
  judged_wrong: number;
}

export interface SemanticDeps {
  answers: KeptAnswers;
  exact: ExactAnswers;
  storage: Pick<Storage, "tables" | "isAvailable">;
  embedder: Embedder;
  /** Of questions in PostgreSQL. */
  sealer?: ContentSealer | undefined;
  world: Pick<World, "nowMs" | "random" | "log">;
}

export function createSemanticAnswers(cacheConfig: CacheConfig, deps: SemanticDeps): SemanticAnswers {
  const config = cacheConfig.semantic;
  const { answers, exact, embedder, world } = deps;
  const questions = createKeptQuestions(cacheConfig, { ...deps, embeddingModel: embedder.model });
  const judge = createJudge(config, { embedder, questions: questions.here, forget: questions.forget });
  const lookup = createLookup(config, { ...deps, questions: questions.here });
  const routes = config.routes && new Set(config.routes);

  async function takeAlike(call: CachedCall, where: Where, { question, wish }: Asking): Promise<Taken> {
    const near = await lookup.look(question, wish, call.incoming.signal);
    if (near && isGiven(near, call, wish)) {
      const { found, similarity } = near;
      return { answer: giveAgain(found, world.nowMs(), { ...call, similarity }) };
    }
    const taken = await askAndLearn(call, where, { question, wish });
    if (taken.turn && near) compareWhenAnswered(call, where, near);
    return taken;
  }

  function isGiven({ similarity }: NearAnswer, call: CachedCall, { isOnlyIfCached }: CacheWish): boolean {
    if (similarity < judge.thresholdFor(placeOf(call))) return false;
    return isOnlyIfCached || world.random() >= config.sample_share;
  }

  /** With what could have been given in its place. */
  function compareWhenAnswered(call: CachedCall, { key }: Where, { found, similarity }: NearAnswer): void {
    const { call_id } = found.kept.figures;
    call.settlement.comparedWith({ call_id, similarity: Math.round(similarity * 1e4) / 1e4 });
    whenKept(call, { answers, key }, (_, text) => {
      const texts = [textOf(found.kept, call.incoming.request.dialect), text] as const;
      void judge.compare(texts, { place: placeOf(call), similarity });
    });
  }

  function askAndLearn(call: CachedCall, where: Where, { question, wish }: Asking): Taken | Promise<Taken> {
    const taken = exact.take(call, where, wish);
    whenKept(call, { answers, key: where.key }, async ({ figures, expiresAtMs }) => {
      const { purges } = answers;
      const vector = await lookup.vectorOf(question.text);
      if (vector && purges === answers.purges)
        questions.add({ ...question, ...where, vector, callId: figures.call_id, expiresAtMs });
    });
    return taken;
  }

  return {
    start: questions.start,
    close: questions.close,
    take(call, where, wish) {
      const { incoming, plan, answeredAs } = call;
      // Texts of callers who say where their data may go are not sent to a vendor for their vectors.
      const mayEmbed = embedder.isLocal || !isBound(residencyOf(incoming));
      const isMeant = mayEmbed && !wish.isExactOnly && (!routes || routes.has(plan.route.name));
      if (!isMeant || (!wish.isRefreshed && exact.mayTake(where.key))) return exact.take(call, where, wish);
      const { request, isStrict } = incoming;
      const question = findQuestion({ scope: where.scope, model: answeredAs, request, isStrict });
      if (!question) return exact.take(call, where, wish);
      if (wish.isRefreshed || !questions.here.has(question.group)) return askAndLearn(call, where, { question, wish });
      return takeAlike(call, where, { question, wish });
    },
    judge: judge.judge,
    state: () => ({ questions: questions.here.size, without_vector: lookup.withoutVector, ...judge.counts() }),
  };
}

interface Asking {
  question: Question;
  wish: CacheWish;
}

/** Told once the call's own answer has been kept, if it was, and says something; tools that are called are not said. */
function whenKept(
  { settlement, incoming }: CachedCall,
  { answers, key }: { answers: KeptAnswers; key: string },
  tell: (kept: KeptAnswer, text: string) => unknown,
): void {
  // It is kept in a release as well, which was asked for before this one.
  settlement.onRelease((closed) => {
    const kept = closed && answers.atHand(key)?.kept;
    if (!kept || kept.figures.call_id !== closed.id) return;
    const text = textOf(kept, incoming.request.dialect);
    if (text !== undefined) tell(kept, text);
  });
}
