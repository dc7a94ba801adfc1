// Answers to requests that are the same: one that was kept, one that is under way, or else the turn to ask.
import type { World } from "../../kernel/index.ts";
import { gatewayErrors } from "../errors.ts";
import type { CachedCall, Taken, TakenAnswer } from "./cached-call.ts";
import type { CacheConfig } from "./config.ts";
import { createFlight, type Flight } from "./flight/flight.ts";
import { follow } from "./flight/follow.ts";
import { createTurn } from "./flight/turn.ts";
import { cachedFrom, isWorthKeeping, type KeptAnswer } from "./kept-answer.ts";
import type { Found, KeptAnswers } from "./kept-answers.ts";
import type { CacheWish } from "./key/read-wish.ts";
import { withOwnId } from "./own-id.ts";
import type { Stopping } from "../switching/stopping.ts";

export interface ExactAnswers {
  /** Throws `gateway.not_cached`, and `gateway.caller_gone` where the call waited for another one. */
  take(call: CachedCall, where: Where, wish: CacheWish): Taken | Promise<Taken>;
  /** Whether there is, or may be, an answer to the very same request, kept or under way. */
  mayTake(key: string): boolean;
}

/** Under which key, and what is purged with it. */
export type Where = Pick<KeptAnswer, "key" | "scope" | "model">;

/** So often a call waits for another one; then it asks for itself, whether or not others do. */
const WAITS_MAX = 2;

export function createExactAnswers(
  config: CacheConfig,
  { answers, world, stopping }: { answers: KeptAnswers; world: Pick<World, "nowMs">; stopping: Stopping },
): ExactAnswers {
  const flights = new Map<string, Flight>();

  function ask(where: Where, { incoming, settlement }: CachedCall): Taken {
    const { key } = where;
    const { request, signal } = incoming;
    const { callId } = settlement;
    const flight = createFlight({ callId, bytesMax: config.entry_bytes_max, waitingMax: config.waiting_max });
    const { purges } = answers;
    const isFirst = !flights.has(key);
    if (isFirst) flights.set(key, flight);
    const turn = createTurn({
      request,
      flight,
      signal,
      keep(figures, body) {
        if (purges !== answers.purges || !isWorthKeeping(figures, request.operation, body)) return;
        const storedAtMs = world.nowMs();
        answers.put({ ...where, storedAtMs, expiresAtMs: storedAtMs + config.ttl, figures, body });
      },
    });
    settlement.onRelease((closed) => {
      if (isFirst) flights.delete(key);
      turn.close(closed);
    });
    return { turn };
  }

  const isYoung = ({ kept }: Found, { ageMsMax }: CacheWish) => world.nowMs() - kept.storedAtMs <= ageMsMax;

  /** Where there is something to wait for. What is not found at last is asked for in the same breath: only one does. */
  async function wait(where: Where, wish: CacheWish, call: CachedCall): Promise<Taken> {
    const { settlement, incoming } = call;
    for (let waits = 0; waits < WAITS_MAX; waits += 1) {
      let found = answers.atHand(where.key);
      if (!(found && isYoung(found, wish)) && answers.mayHave(where.key)) [found] = await answers.fetch([where.key]);
      if (found && isYoung(found, wish)) return { answer: giveAgain(found, world.nowMs(), call) };
      if (wish.isOnlyIfCached) throw gatewayErrors.not_cached({ model: incoming.request.model });
      const flight = flights.get(where.key);
      if (!flight) break;
      const { dialect } = incoming.request;
      const bytesMax = config.entry_bytes_max;
      const stopped = () => stopping.ofCall(incoming);
      const answer = await follow(flight, { settlement, dialect, signal: incoming.signal, bytesMax, stopped });
      if (answer) return { answer };
    }
    return ask(where, call);
  }

  return {
    mayTake: (key) => answers.atHand(key) !== undefined || answers.mayHave(key) || flights.has(key),
    take(call, where, wish) {
      if (wish.isRefreshed) return ask(where, call);
      const found = answers.atHand(where.key);
      if (found && isYoung(found, wish)) return { answer: giveAgain(found, world.nowMs(), call) };
      if (answers.mayHave(where.key) || flights.has(where.key)) return wait(where, wish, call);
      if (wish.isOnlyIfCached) throw gatewayErrors.not_cached({ model: call.incoming.request.model });
      return ask(where, call);
    },
  };
}

/** With a similarity, the answer is one to another question. */
export function giveAgain(
  { kept, from }: Found,
  nowMs: number,
  { settlement, incoming, similarity }: CachedCall & { similarity?: number },
): TakenAnswer {
  const { figures, body, storedAtMs } = kept;
  const { media_type, status, answer, dropped } = figures;
  const renaming = { dialect: incoming.request.dialect, from: figures.call_id, to: settlement.callId };
  const content = withOwnId(body, renaming);
  const ageMs = Math.max(0, nowMs - storedAtMs);
  const isAlike = similarity !== undefined;
  const cached = {
    ...cachedFrom(figures, from, ageMs),
    ...(isAlike && { similarity: Math.round(similarity * 1e4) / 1e4 }),
  };
  settlement.succeedAgain({ outcome: isAlike ? "semantic" : "hit", figures, cached, body: { media_type, content } });
  return {
    mediaType: media_type,
    status,
    target: answer.target,
    dropped,
    body: content,
    ageMs,
    ...(isAlike && { similarity }),
  };
}
