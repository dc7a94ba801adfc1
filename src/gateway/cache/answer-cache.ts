// The cache as a call meets it: it is given an answer that was kept, or joins a call like it that is under way, or gets the
// turn to ask.
import type { CacheOutcome } from "../../ledger/index.ts";
import type { CacheState } from "../contract.ts";
import { gatewayErrors } from "../errors.ts";
import type { Plan } from "../routing/plan-shape.ts";
import type { CachedCall, Taken } from "./cached-call.ts";
import type { CacheConfig } from "./config.ts";
import { createCounts } from "./counts.ts";
import { createExactAnswers } from "./exact-answers.ts";
import { createKeptAnswers, type KeptDeps } from "./kept-answers.ts";
import { answerKey } from "./key/answer-key.ts";
import { type CacheWish, noWish, readWish } from "./key/read-wish.ts";
import { createScopes } from "./key/scope.ts";
import { type Purge, routeModel } from "./purging.ts";
import { readTexts } from "./texts/read-texts.ts";
import { takeTexts } from "./texts/take-texts.ts";

export interface AnswerCache {
  start(): void;
  close(): Promise<void>;
  /** Undefined when the call has nothing to do with it. Throws `gateway.not_cached` and `gateway.bad_cache_header`. */
  take(call: CachedCall): Taken | Promise<Taken> | undefined;
  /** Throws `gateway.cache_purged_here_only`. */
  purge(purge: Purge): Promise<{ memory: number; database: number | null }>;
  state(): Promise<CacheState>;
}

export function createAnswerCache(config: CacheConfig, deps: KeptDeps): AnswerCache {
  const { world } = deps;
  const answers = createKeptAnswers(config, deps);
  const exact = createExactAnswers(config, { answers, world });
  const counts = createCounts();
  const scopeFor = createScopes(config.scope);
  const routes = config.routes && new Set(config.routes);

  function takeMeant(call: CachedCall, wish: CacheWish): Taken | Promise<Taken> | undefined {
    const { incoming, settlement, plan } = call;
    const { principal, request, isStrict, trace, shaped } = incoming;
    if (config.enabled) settlement.onRelease((closed) => closed && counts.add(closed));
    const scope = scopeFor(principal, trace.user);
    const model = modelOf(plan);
    const isKept = config.enabled && !wish.isBypassed;
    // The vectors of one model mean nothing beside another's: texts are kept by target, where only one can answer.
    const texts =
      isKept && hasOneTarget(plan) ? readTexts({ scope, model: targetOf(plan), request, isStrict }) : undefined;
    const answeredAs = shaped?.check ? `${model} checked ${shaped.check.id}` : model;
    const key = isKept && !texts ? answerKey({ scope, model: answeredAs, request, isStrict }) : undefined;
    settlement.cacheTold(outcomeOf({ isOff: !config.enabled, isKept: (texts ?? key) !== undefined, wish }));
    if (texts) return takeTexts({ ...call, texts, wish, where: { scope, model } }, { config, answers, world });
    if (key !== undefined) return exact.take(call, { key, scope, model }, wish);
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

function hasOneTarget({ attempts }: Plan): boolean {
  return attempts.every(({ target }) => target.id === attempts[0]?.target.id);
}

/** The first to be asked. */
function targetOf({ route, attempts }: Plan): string {
  return attempts[0]?.target.id ?? route.name;
}

/** A model that is named with its vendor or without is the same; a route's answers are its own. */
function modelOf({ route, attempts }: Plan): string {
  return route.strategy === "direct" ? (attempts[0]?.target.id ?? route.name) : routeModel(route.name);
}
