// The planner: holds what outlives a plan (whose turn it is, where conversations are) and hands each plan what it may look at.
import type { World } from "../../kernel/index.ts";
import type { Attempt } from "../../ledger/contract.ts";
import type { Providers, Target } from "../../providers/index.ts";
import type { TargetState } from "../health/target-state.ts";
import { planModel, planNative } from "./plan-model.ts";
import type { Affinity } from "./affinity.ts";
import { type CompiledRoute, compileRoute, type PlanNode } from "./language/compile-route.ts";
import type { RoutingConfig } from "./config.ts";
import { type ExpectedTokens, expectedUsage } from "./expectation.ts";
import type { Route } from "./language/language.ts";
import { planCompound } from "./compound/plan-compound.ts";
import { planInOrder } from "./plan-in-order.ts";
import { type Lacks, type PlacementDeps, planPlaced } from "./placement.ts";
import { planRoute } from "./plan-route.ts";
import type { Conversation, Plan } from "./plan-shape.ts";
import { type PlannedCall, readFacts, type RequestFacts } from "./facts/request-facts.ts";

export interface Planner {
  /** Throws `gateway.unknown_model`, `gateway.cannot_serve`, `gateway.placement_forbidden` and `gateway.no_target_allowed`. */
  plan(model: string, call: PlannedCall): Plan;
  /** The same, and nobody's turn is over. */
  foresee(model: string, call: PlannedCall): Plan;
  /** The same for calls one after the other: turns go on from call to call, and are nobody's when it is over. */
  rehearse(): Planner["foresee"];
  /** Whether its route lets another target go on with a text that broke off. */
  mayContinue(plan: Plan): boolean;
  /** The first content is there: the conversation stays with who gave it. */
  answered(plan: Plan, log: Pick<Attempt, "target" | "credential">): void;
}

export interface PlannerConfig {
  routes: Readonly<Record<string, Route>>;
  routing: RoutingConfig;
  attempts_max: number;
}

export interface PlannerDeps {
  providers: Pick<Providers, "resolve" | "vendor" | "modelNames" | "shortfall" | "price">;
  /** Which targets a caller may use. */
  governance: PlacementDeps["governance"];
  world: Pick<World, "nowMs" | "monotonicMs" | "random">;
  /** Outlives a change of the config. */
  affinity: Affinity;
  /** What is known of a target from its calls. */
  stateOf(target: Target): TargetState;
}

interface Routed {
  /** Undefined for a model that is no route. */
  route: CompiledRoute | undefined;
  call: PlannedCall;
  /** With what policies leave to the call. */
  within(lacks: Lacks): Lacks;
}

const NO_LACK: Lacks = () => undefined;

export function createPlanner(config: PlannerConfig, deps: PlannerDeps): Planner {
  const { providers, affinity } = deps;
  const { attempts_max } = config;
  const routes = new Map(Object.entries(config.routes).map(([name, route]) => [name, compileRoute(name, route)]));
  const turns = createTurns();

  function planWith(turn: Turn, model: string, call: PlannedCall): Plan {
    const { native } = call.request ?? {};
    const route = native ? undefined : routes.get(model);
    return planPlaced({ ...deps, routing: config.routing }, { model, route, call }, (within) =>
      native
        ? planNative(providers.vendor(native.vendor), model, within(NO_LACK))
        : planNamed(turn, model, { route, call, within }),
    );
  }

  function planNamed(turn: Turn, model: string, routed: Routed): Plan {
    const plan = planFor(turn, model, routed);
    const { route, call, within } = routed;
    if (!route?.compound && !route?.shadows) return plan;
    const { stateOf } = deps;
    const { resolve } = providers;
    const lacks = within(NO_LACK);
    const several = planCompound(plan, route, { call, stateOf, resolve, lacks, attemptsMax: attempts_max });
    return { ...several, shadows: route.shadows };
  }

  function planFor(turn: Turn, model: string, { route, call, within }: Routed): Plan {
    const { request } = call;
    const shortfall = within((target) => request && providers.shortfall(target, request));
    const attemptsMax = Math.max(attempts_max, route?.compound ? route.plan.places.length : 0);
    const shared = { resolve: providers.resolve, shortfall, attemptsMax };
    if (!route) return planModel({ ...shared, model, knownNames: () => [...routes.keys(), ...providers.modelNames()] });
    const { stateOf } = deps;
    const usual = planInOrder(route, { ...shared, stateOf, header: call.header });
    if (usual) return usual;
    return planByFacts(config, deps, { route, call, turn, shared: { ...shared, stateOf } });
  }

  return {
    plan: (model, call) => planWith(turns.take, model, call),
    foresee: (model, call) => planWith(turns.look, model, call),
    rehearse() {
      const turn = turns.rehearse();
      return (model, call) => planWith(turn, model, call);
    },
    mayContinue: ({ route }) => routes.get(route.name)?.continueBroken === true,
    answered({ conversation }, { target, credential }) {
      if (!conversation) return;
      const { key, pin, inputTokens, isAway } = conversation;
      affinity.pin(key, isAway && pin ? pin : { target, credential, inputTokens });
    },
  };
}

interface ByFacts {
  route: CompiledRoute;
  call: PlannedCall;
  turn: Turn;
  shared: Pick<Parameters<typeof planRoute>[1], "resolve" | "shortfall" | "attemptsMax" | "stateOf">;
}

/** A route that looks at the call. */
function planByFacts(config: PlannerConfig, deps: PlannerDeps, { route, call, turn, shared }: ByFacts): Plan {
  const { providers, world, affinity } = deps;
  const facts = readFacts(call, world.nowMs());
  const conversation = conversationOf(route, facts, affinity);
  const pin = conversation?.pin;
  let tokens: ExpectedTokens | undefined;
  const expected = (): ExpectedTokens => (tokens ??= expectedTokens(facts, config.routing));
  const cost = ({ id, vendor, model: name }: Target): number | null =>
    providers.price(
      { vendor: vendor.name, model: name },
      expectedUsage(expected(), pin?.target === id ? pin.inputTokens : 0),
    ).usd_micros;
  const { random } = world;
  const session = conversation && facts.session();
  const { passedOver, ...plan } = planRoute(route, { ...shared, facts, pin, session, turn, random, expected, cost });
  // One turn that its target cannot serve, such as a picture, is not a reason to leave it.
  const isAway = pin !== undefined && passedOver.has(pin.target);
  return { ...plan, conversation: conversation && { ...conversation, isAway } };
}

type Turn = (plan: PlanNode) => number;

/** Whose turn it is, in plans that take turns. */
function createTurns() {
  const turns = new Map<PlanNode, number>();
  const look: Turn = (plan) => turns.get(plan) ?? 0;
  return {
    look,
    take(plan: PlanNode): number {
      const turn = look(plan);
      turns.set(plan, (turn + 1) % Number.MAX_SAFE_INTEGER);
      return turn;
    },
    rehearse(): Turn {
      const rehearsed = new Map<PlanNode, number>();
      return (plan) => {
        const turn = rehearsed.get(plan) ?? look(plan);
        rehearsed.set(plan, turn + 1);
        return turn;
      };
    },
  };
}

function conversationOf(
  { name, affinity: kind }: CompiledRoute,
  facts: RequestFacts,
  affinity: Affinity,
): Omit<Conversation, "isAway"> | undefined {
  const session = kind === "session" ? facts.session() : undefined;
  if (session === undefined) return undefined;
  const key = `${facts.keyId}\n${name}\n${session}`;
  return { key, pin: affinity.pinOf(key), inputTokens: facts.inputTokens() };
}

function expectedTokens(facts: RequestFacts, { expected_output_tokens: usual }: RoutingConfig): ExpectedTokens {
  return { input: facts.inputTokens(), output: Math.min(usual, facts.outputTokensMax() ?? usual) };
}
