// The cache as a call meets it: it is given an answer that was kept, or joins a call like it that is under way, or gets the
// turn to ask.
import type { Embedder } from "../../embedding/index.ts";
import { ofOrganisation, type Principal } from "../../governance/index.ts";
import type { World } from "../../kernel/index.ts";
import type { CacheOutcome, CallRecord, Ledger } from "../../ledger/index.ts";
import type { CacheFeedback, CacheState } from "../contract.ts";
import { gatewayErrors } from "../errors.ts";
import type { Plan } from "../routing/plan-shape.ts";
import type { CachedCall, Taken } from "./cached-call.ts";
import type { CacheConfig } from "./config.ts";
import { createCounts } from "./counts.ts";
import { createExactAnswers } from "./exact-answers.ts";
import { createKeptAnswers, type KeptDeps } from "./kept-answers.ts";
import { answerKey } from "./key/answer-key.ts";
import { answeredAs } from "./key/answered-as.ts";
import { type CacheWish, noWish, readWish } from "./key/read-wish.ts";
import { createScopes } from "./key/scope.ts";
import { type Purge, routeModel } from "./purging.ts";
import { createSemanticAnswers } from "./semantic/semantic-answers.ts";
import { readTexts } from "./texts/read-texts.ts";
import type { Stopping } from "../switching/stopping.ts";
import { takeTexts } from "./texts/take-texts.ts";

export interface CacheDeps extends KeptDeps {
  world: Pick<World, "nowMs" | "log" | "random">;
  embedder: Embedder;
  ledger: Pick<Ledger, "findCall">;
  stopping: Stopping;
}

export interface AnswerCache {
  start(): void;
  close(): Promise<void>;
  /** Undefined when the call has nothing to do with it. Throws `gateway.not_cached` and `gateway.bad_cache_header`. */
  take(call: CachedCall): Taken | Promise<Taken> | undefined;
  /** Throws `gateway.cache_purged_here_only`. */
  purge(purge: Purge): Promise<{ memory: number; database: number | null }>;
  state(): Promise<CacheState>;
  /** Whether the answer that a call was given to a question like its own was right; false where that was said before. Throws `gateway.not_alike`. */
  judge(feedback: CacheFeedback, by: Principal): Promise<boolean>;
}

export function createAnswerCache(config: CacheConfig, deps: CacheDeps): AnswerCache {
  const { world } = deps;
  const answers = createKeptAnswers(config, deps);
  const exact = createExactAnswers(config, { answers, world, stopping: deps.stopping });
  const alike = config.enabled && config.semantic.enabled && createSemanticAnswers(config, { ...deps, answers, exact });
  const counts = createCounts();
  const scopeFor = createScopes(config.scope);
  const routes = config.routes && new Set(config.routes);

  function takeMeant(call: CachedCall, wish: CacheWish): Taken | Promise<Taken> | undefined {
    const { incoming, settlement, plan } = call;
    const { principal, request, isStrict, trace } = incoming;
    if (config.enabled) settlement.onRelease((closed) => closed && counts.add(closed));
    const scope = scopeFor(principal, trace.user);
    const model = modelOf(plan);
    const isKept = config.enabled && !wish.isBypassed;
    // The vectors of one model mean nothing beside another's: texts are kept by target, where only one can answer.
    const texts =
      isKept && hasOneTarget(plan) ? readTexts({ scope, model: targetOf(plan), request, isStrict }) : undefined;
    const asked = answeredAs(model, incoming);
    const key = isKept && !texts ? answerKey({ scope, model: asked, request, isStrict }) : undefined;
    settlement.cacheTold(outcomeOf({ isOff: !config.enabled, isKept: (texts ?? key) !== undefined, wish }));
    if (texts) return takeTexts({ ...call, texts, wish, where: { scope, model } }, { config, answers, world });
    if (key !== undefined) return (alike || exact).take({ ...call, answeredAs: asked }, { key, scope, model }, wish);
    if (wish.isOnlyIfCached) throw gatewayErrors.not_cached({ model: request.model });
    return undefined;
  }

  return {
    start() {
      answers.start();
      if (alike) alike.start();
    },
    async close() {
      await Promise.all([answers.close(), alike && alike.close()]);
    },
    take(call) {
      const { cacheHeader } = call.incoming;
      if (cacheHeader) return takeMeant(call, readWish(cacheHeader));
      const isMeant = config.enabled && (!routes || routes.has(call.plan.route.name));
      return isMeant ? takeMeant(call, noWish) : undefined;
    },
    purge: answers.purge,
    async judge({ call_id: callId, correct }, by) {
      const record = alike && (await deps.ledger.findCall(callId));
      if (!alike || !record || !mayJudge(record, by)) throw gatewayErrors.not_alike({ callId });
      return alike.judge(record, correct);
    },
    state: async () => ({
      enabled: config.enabled,
      ...(await answers.state()),
      ...counts.read(),
      semantic: alike ? alike.state() : null,
    }),
  };
}

/** Their own calls, those of their project, and an admin all. */
function mayJudge({ who }: CallRecord, principal: Principal): boolean {
  const { keyId, team, project, scopes } = principal;
  if (who.organisation !== ofOrganisation(principal).organisation) return false;
  const isOfProject = project !== null && who.project === project && who.team === team;
  return scopes.includes("admin") || who.key_id === keyId || isOfProject;
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
