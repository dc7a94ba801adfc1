// Answers to questions that are only alike, where no exact one is kept. What was kept stays where it is: here are the
// questions that lead to it. Whoever waits for a vector waits no longer than embedding.timeout, and asks the model then.
import { type Embedder } from "../../../embedding/index.ts";
import type { World } from "../../../kernel/index.ts";
import type { Storage } from "../../../storage/index.ts";
import type { CachedCall, Taken } from "../cached-call.ts";
import type { CacheConfig } from "../config.ts";
import { type ExactAnswers, giveAgain, type Where } from "../exact-answers.ts";
import type { KeptAnswers } from "../kept-answers.ts";
import type { CacheWish } from "../key/read-wish.ts";
import { createJudge, type Judge, placeOf } from "./judge.ts";
import { findQuestion, type Question } from "./find-question.ts";
import { createLookup, type NearAnswer } from "./lookup.ts";
import { type Asked, createQuestions } from "./questions.ts";
import { textOf } from "./same-answer.ts";
import { type SharedQuestions, shareQuestions } from "./shared/share-questions.ts";
import { createQuestionStore } from "./shared/store.ts";

export interface SemanticAnswers extends Pick<ExactAnswers, "take">, Pick<Judge, "judge"> {
  /** Begins to share questions with other processes. */
  start(): void;
  close(): Promise<void>;
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
  world: Pick<World, "nowMs" | "random" | "log">;
}

export function createSemanticAnswers(cacheConfig: CacheConfig, deps: SemanticDeps): SemanticAnswers {
  const config = cacheConfig.semantic;
  const { answers, exact, embedder, world } = deps;
  const questions = createQuestions(config);
  const shared = cacheConfig.database.enabled ? share() : undefined;
  const judge = createJudge(config, { embedder, questions, forget });
  answers.onPurge((purge) => {
    for (const asked of questions.purge(purge)) shared?.forget(asked);
  });
  const routes = config.routes && new Set(config.routes);
  const lookup = createLookup(config, { ...deps, questions });

  function share(): SharedQuestions {
    const { storage, world } = deps;
    const { isAvailable } = storage;
    const store = createQuestionStore(storage, embedder.model);
    const sharing = { ...cacheConfig.database, entriesMax: config.entries_max };
    return shareQuestions(sharing, { questions, store, world, isAvailable });
  }

  function forget(asked: Asked): void {
    questions.remove(asked);
    shared?.forget(asked);
  }

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
    const { settlement, incoming } = call;
    settlement.comparedWith({ call_id: found.kept.figures.call_id, similarity: Math.round(similarity * 1e4) / 1e4 });
    settlement.onRelease((closed) => {
      const kept = closed && answers.atHand(key)?.kept;
      if (!kept || kept.figures.call_id !== closed.id) return;
      const { dialect } = incoming.request;
      void judge.compare([textOf(found.kept, dialect), textOf(kept, dialect)], { place: placeOf(call), similarity });
    });
  }

  function askAndLearn(call: CachedCall, where: Where, { question, wish }: Asking): Taken | Promise<Taken> {
    const taken = exact.take(call, where, wish);
    const { settlement, incoming } = call;
    // After the answer has been kept, which is done in a release as well.
    settlement.onRelease((closed) => {
      const kept = closed && answers.atHand(where.key)?.kept;
      if (!kept || kept.figures.call_id !== closed.id || textOf(kept, incoming.request.dialect) === undefined) return;
      const { expiresAtMs } = kept;
      void lookup.vectorOf(question.text).then((vector) => {
        if (!vector) return;
        const asked = { ...question, ...where, vector, callId: closed.id, expiresAtMs };
        questions.add(asked);
        shared?.tell(asked);
      });
    });
    return taken;
  }

  return {
    start: () => shared?.start(),
    close: async () => shared?.close(),
    take(call, where, wish) {
      const { incoming, plan } = call;
      if (wish.isExactOnly || (routes && !routes.has(plan.route.name))) return exact.take(call, where, wish);
      const { request, isStrict } = incoming;
      const question = findQuestion({ scope: where.scope, model: where.model, request, isStrict });
      if (!question || exact.mayTake(where.key)) return exact.take(call, where, wish);
      if (wish.isRefreshed || !questions.has(question.group)) return askAndLearn(call, where, { question, wish });
      return takeAlike(call, where, { question, wish });
    },
    judge: judge.judge,
    state: () => ({ questions: questions.size, without_vector: lookup.withoutVector, ...judge.counts() }),
  };
}

interface Asking {
  question: Question;
  wish: CacheWish;
}
