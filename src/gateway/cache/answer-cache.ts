// The cache as a call meets it: it is given an answer that was kept, or joins a call like it that is under way, or gets the
// turn to ask.
import type { CacheOutcome } from "../../ledger/index.ts";
import type { CacheState } from "../contract.ts";
import { gatewayErrors } from "../errors.ts";
import type { IncomingCall } from "../incoming-call.ts";
import type { Plan } from "../plan.ts";
import type { Settlement } from "../settle.ts";
import type { CacheConfig } from "./config.ts";
import { createCounts } from "./counts.ts";
import { createFlight, type Flight } from "./flight/flight.ts";
import { follow, type Followed } from "./flight/follow.ts";
import { createTurn, type Turn } from "./flight/turn.ts";
import { cachedFrom, isWorthKeeping, type KeptAnswer } from "./kept-answer.ts";
import { createKeptAnswers, type Found, type KeptDeps } from "./kept-answers.ts";
import { answerKey } from "./key/answer-key.ts";
import { type CacheWish, noWish, readWish } from "./key/read-wish.ts";
import { scopeOf } from "./key/scope.ts";
import { withOwnId } from "./own-id.ts";
import { type Purge, routeModel } from "./purging.ts";
import { readTexts } from "./texts/read-texts.ts";
import { takeTexts } from "./texts/take-texts.ts";

export interface AnswerCache {
  start(): void;
  close(): Promise<void>;
  /** Undefined when the call has nothing to do with it. Throws `gateway.not_cached` and `gateway.bad_cache_header`. */
  take(call: CachedCall): Promise<Taken | undefined> | undefined;
  /** Throws `gateway.cache_purged_here_only`. */
  purge(purge: Purge): Promise<{ memory: number; database: number | null }>;
  state(): Promise<CacheState>;
}

export interface CachedCall {
  incoming: IncomingCall;
  plan: Plan;
  settlement: Settlement;
}

/** On record already, or once its stream ends. */
export type TakenAnswer = Followed & { ageMs?: number };

/** An answer, or the turn to ask. */
export type Taken = { answer: TakenAnswer; turn?: undefined } | { answer?: undefined; turn: Turn };

type Where = Pick<KeptAnswer, "key" | "scope" | "model">;

/** So often a call waits for another one; then it asks for itself, whether or not others do. */
const WAITS_MAX = 2;

export function createAnswerCache(config: CacheConfig, deps: KeptDeps): AnswerCache {
  const { world } = deps;
  const answers = createKeptAnswers(config, deps);
  const flights = new Map<string, Flight>();
  const counts = createCounts();
  const routes = config.routes && new Set(config.routes);

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

  async function find(where: Where, wish: CacheWish, call: CachedCall): Promise<Taken | undefined> {
    const { settlement, incoming } = call;
    const isYoung = ({ kept }: Found) => world.nowMs() - kept.storedAtMs <= wish.ageMsMax;
    for (let waits = 0; waits < WAITS_MAX; waits += 1) {
      let found = answers.atHand(where.key);
      if (!(found && isYoung(found)) && answers.mayHave(where.key)) [found] = await answers.fetch([where.key]);
      if (found && isYoung(found)) return { answer: giveAgain(found, world.nowMs(), call) };
      if (wish.isOnlyIfCached) throw gatewayErrors.not_cached({ model: incoming.request.model });
      const flight = flights.get(where.key);
      if (!flight) return undefined;
      const { dialect } = incoming.request;
      const bytesMax = config.entry_bytes_max;
      const answer = await follow(flight, { settlement, dialect, signal: incoming.signal, bytesMax });
      if (answer) return { answer };
    }
    return undefined;
  }

  async function takeMeant(call: CachedCall, wish: CacheWish): Promise<Taken | undefined> {
    const { incoming, settlement, plan } = call;
    const { principal, request, isStrict, trace } = incoming;
    if (config.enabled) settlement.onRelease((closed) => closed && counts.add(closed));
    const scope = scopeOf(principal, { scope: config.scope, namedUser: trace.user });
    const model = modelOf(plan);
    const isKept = config.enabled && !wish.isBypassed;
    const texts = isKept ? readTexts({ scope, model, request, isStrict }) : undefined;
    const key = isKept && !texts ? answerKey({ scope, model, request, isStrict }) : undefined;
    settlement.cacheTold(outcomeOf({ isOff: !config.enabled, isKept: (texts ?? key) !== undefined, wish }));
    if (texts) return takeTexts({ ...call, texts, wish, where: { scope, model } }, { config, answers, world });
    if (key !== undefined) {
      const where = { key, scope, model };
      return (wish.isRefreshed ? undefined : await find(where, wish, call)) ?? ask(where, call);
    }
    if (wish.isOnlyIfCached) throw gatewayErrors.not_cached({ model: request.model });
    return undefined;
  }

  return {
    start: answers.start,
    close: answers.close,
    take(call) {
      const { cacheHeader } = call.incoming;
      if (cacheHeader) return takeMeant(call, readWish(cacheHeader));
      const isMeant = config.enabled && (!routes || routes.has(call.plan.route.name));
      return isMeant ? takeMeant(call, noWish) : undefined;
    },
    purge: answers.purge,
    state: async () => ({ enabled: config.enabled, ...(await answers.state()), ...counts.read() }),
  };
}

/** What is told until more is known. */
function outcomeOf({ isOff, isKept, wish }: { isOff: boolean; isKept: boolean; wish: CacheWish }): CacheOutcome {
  if (isOff) return "off";
  if (!isKept) return "bypassed";
  return wish.isRefreshed ? "refreshed" : "miss";
}

/** A model that is named with its vendor or without is the same; a route's answers are its own. */
function modelOf({ route, attempts }: Plan): string {
  return route.strategy === "direct" ? (attempts[0]?.target.id ?? route.name) : routeModel(route.name);
}

function giveAgain({ kept, from }: Found, nowMs: number, { settlement, incoming }: CachedCall): TakenAnswer {
  const { figures, body, storedAtMs } = kept;
  const { media_type, status, answer, dropped } = figures;
  const renaming = { dialect: incoming.request.dialect, from: figures.call_id, to: settlement.callId };
  const content = withOwnId(body, renaming);
  const ageMs = Math.max(0, nowMs - storedAtMs);
  const cached = cachedFrom(figures, from, ageMs);
  settlement.succeedAgain({ outcome: "hit", figures, cached, body: { media_type, content } });
  return { mediaType: media_type, status, target: answer.target, dropped, body: content, ageMs };
}
