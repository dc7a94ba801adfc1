// Answers to questions that are only alike, where no exact one is kept. What was kept stays where it is: here are the
// questions that lead to it. Whoever waits for a vector waits no longer than embedding.timeout, and asks the model then.
import { type Embedder } from "../../../embedding/index.ts";
import type { World } from "../../../kernel/index.ts";
import type { CachedCall, Taken } from "../cached-call.ts";
import type { CacheConfig } from "../config.ts";
import { type ExactAnswers, giveAgain, type Where } from "../exact-answers.ts";
import type { Found, KeptAnswers } from "../kept-answers.ts";
import type { CacheWish } from "../key/read-wish.ts";
import { createJudge, type Judge, placeOf } from "./judge.ts";
import { findQuestion, type Question } from "./find-question.ts";
import { toldApartBy } from "./guards/index.ts";
import { createQuestions, type Near } from "./questions.ts";
import { textOf } from "./same-answer.ts";

export interface SemanticAnswers extends Pick<ExactAnswers, "take">, Pick<Judge, "judge"> {
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
  embedder: Embedder;
  world: Pick<World, "nowMs" | "random" | "log">;
}

const WARNED_EVERY_MS = 60_000;
/** Candidates that the guards look at. */
const CANDIDATES_MAX = 20;

export function createSemanticAnswers(cacheConfig: CacheConfig, deps: SemanticDeps): SemanticAnswers {
  const config = cacheConfig.semantic;
  const { answers, exact, embedder, world } = deps;
  const questions = createQuestions(config);
  const judge = createJudge(config, { embedder, questions });
  const routes = config.routes && new Set(config.routes);
  let withoutVector = 0;
  let warnedAtMs = Number.NEGATIVE_INFINITY;

  async function vectorOf(text: string, signal?: AbortSignal): Promise<Float32Array | undefined> {
    try {
      const [vector] = await embedder.embed([text], signal);
      return vector;
    } catch (error) {
      withoutVector += 1;
      const nowMs = world.nowMs();
      if (!signal?.aborted && nowMs - warnedAtMs > WARNED_EVERY_MS) {
        warnedAtMs = nowMs;
        world.log.warn({ err: error }, "a question got no vector, and so no answer to one that is alike");
      }
      return undefined;
    }
  }

  /** The nearest that no guard tells apart, as far down as the config's threshold. */
  function nearest({ group, text }: Question, vector: Float32Array): Near | undefined {
    const near = questions.near(group, vector, { least: config.threshold, nowMs: world.nowMs() });
    return near
      .slice(0, CANDIDATES_MAX)
      .find(({ asked }) => toldApartBy(text, asked.text, config.wording) === undefined);
  }

  async function keptFor({ asked }: Near, wish: CacheWish): Promise<Found | undefined> {
    let found = answers.atHand(asked.key);
    if (!found && answers.mayHave(asked.key)) [found] = await answers.fetch([asked.key]);
    if (!found) questions.remove(asked);
    return found && world.nowMs() - found.kept.storedAtMs <= wish.ageMsMax ? found : undefined;
  }

  /** An answer; or the one that the vendor's is to be compared with. */
  async function look(question: Question, call: CachedCall, wish: CacheWish): Promise<Looked> {
    const vector = await vectorOf(question.text, call.incoming.signal);
    const near = vector && nearest(question, vector);
    const found = near && (await keptFor(near, wish));
    if (!near || !found) return {};
    const isNearEnough = near.similarity >= judge.thresholdFor(placeOf(call));
    const isSampled = !wish.isOnlyIfCached && world.random() < config.sample_share;
    return isNearEnough && !isSampled ? { hit: found, near } : { compared: found, near };
  }

  async function takeAlike(call: CachedCall, where: Where, { question, wish }: Asking): Promise<Taken> {
    const { hit, compared, near } = await look(question, call, wish);
    if (hit && near) {
      const { similarity } = near;
      return { answer: giveAgain(hit, world.nowMs(), { ...call, similarity }) };
    }
    const taken = await askAndLearn(call, where, { question, wish });
    if (taken.turn && compared && near) {
      const { call_id } = compared.kept.figures;
      call.settlement.comparedWith({ call_id, similarity: near.similarity });
      judgeWhenAnswered(call, { key: where.key, compared, similarity: near.similarity });
    }
    return taken;
  }

  function judgeWhenAnswered(call: CachedCall, { key, compared, similarity }: Comparison): void {
    call.settlement.onRelease((closed) => {
      const kept = closed && answers.atHand(key)?.kept;
      if (!kept || kept.figures.call_id !== closed.id) return;
      const { dialect } = call.incoming.request;
      const texts = [textOf(compared.kept, dialect), textOf(kept, dialect)] as const;
      void judge.compare(texts, { place: placeOf(call), similarity });
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
      void vectorOf(question.text).then((vector) => {
        if (vector) questions.add({ ...question, key: where.key, vector, callId: closed.id, expiresAtMs });
      });
    });
    return taken;
  }

  return {
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
    state: () => ({ questions: questions.size, without_vector: withoutVector, ...judge.counts() }),
  };
}

interface Asking {
  question: Question;
  wish: CacheWish;
}

interface Looked {
  hit?: Found;
  compared?: Found;
  near?: Near;
}

interface Comparison {
  key: string;
  compared: Found;
  similarity: number;
}
