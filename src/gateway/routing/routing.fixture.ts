// Vendors, prices and states that a test makes up, behind a real planner.
import { createWorld } from "../../kernel/index.ts";
import { type CallerRequest, createCredentialPool, noCredential, type Target } from "../../providers/index.ts";
import { gatewayConfigSchema } from "../config.ts";
import { type TargetState, untried } from "../health/target-state.ts";
import { createAffinity } from "./affinity.ts";
import { createPlanner, type PlannerDeps } from "./planner.ts";
import type { PlannedCall } from "./facts/request-facts.ts";
import type { Plan } from "./plan-shape.ts";
import { plainKey } from "../../governance/index.ts";

export interface Made {
  /** By `vendor/model`; what is not said is as of one that was never tried. */
  states?: Record<string, Partial<TargetState>>;
  /** Micro-dollars a token of input and of output; a cached one costs a tenth. */
  prices?: Record<string, [number, number]>;
  lacks?: Record<string, string>;
  attemptsMax?: number;
  /** Epoch milliseconds. */
  nowMs?: () => number;
  monotonicMs?: () => number;
  config?: object;
  governance?: PlannerDeps["governance"];
}

/** No policy forbids any. */
export const anyTarget: PlannerDeps["governance"] = { placement: () => undefined };

/** A planner with one route, `r`. Its dice are seeded. There is no vendor `gone`. */
export function plannerFor(route: object, made: Made = {}) {
  const config = gatewayConfigSchema.parse({
    routes: { r: route },
    attempts_max: made.attemptsMax ?? 3,
    ...made.config,
  });
  const { nowMs, monotonicMs } = made;
  const world = createWorld({ random: seeded(7), ...(nowMs && { nowMs }), ...(monotonicMs && { monotonicMs }) });
  const stateOf: PlannerDeps["stateOf"] = ({ id }) => ({ ...untried, ...made.states?.[id] });
  const affinity = createAffinity(config.routing, world);
  return createPlanner(config, {
    providers: providersOf(made),
    governance: made.governance ?? anyTarget,
    world,
    affinity,
    stateOf,
  });
}

function providersOf({ lacks, prices }: Made): PlannerDeps["providers"] {
  const credentials = createCredentialPool([noCredential]);
  return {
    resolve(id) {
      const [name = "", model = ""] = id.split("/");
      // A plan looks at a vendor's name and credentials only.
      return name === "gone" ? undefined : ({ id, vendor: { name, credentials }, model } as Target);
    },
    vendor: () => undefined,
    modelNames: () => [],
    shortfall: ({ id }) => (lacks?.[id] === undefined ? undefined : { why: lacks[id], isCertain: true }),
    price({ vendor, model }, { input, output, cache_read }) {
      const price = prices?.[`${vendor}/${model}`];
      const usd_micros = price ? Math.round((input - cache_read * 0.9) * price[0] + output * price[1]) : null;
      return { usd_micros, price_version: null };
    },
  };
}

/** A chat of one message; more of the call as it is said. */
export function chatOf(text: string, more: Omit<PlannedCall, "request"> & { body?: object } = {}): PlannedCall {
  const { body, ...rest } = more;
  const request: CallerRequest = {
    operation: "chat",
    dialect: "openai-chat",
    text: JSON.stringify({ model: "r", messages: [{ role: "user", content: text }], ...body }),
    model: "r",
    stream: false,
    includeUsage: false,
  };
  return { request, ...rest };
}

export function callerOf(said: { key?: string; user?: string; team?: string; session?: string; tags?: string[] } = {}) {
  const { key = "k", user = null, team = null, session = null, tags = [] } = said;
  return {
    principal: {
      ...plainKey(["call"]),
      keyId: key,
      keyName: `${key}-name`,
      scopes: ["call"] as const,
      user: null,
      team,
      project: null,
    },
    trace: { traceId: undefined, parentSpanId: undefined, session, user, tags },
  };
}

export function headersOf(headers: Record<string, string>): Pick<PlannedCall, "header"> {
  return { header: (name) => headers[name] ?? null };
}

export const idsOf = ({ attempts }: Plan): string[] => attempts.map(({ target }) => target.id);

/** How often each target comes first. */
export function shareOfFirst(count: number, plan: (index: number) => Plan): Record<string, number> {
  const shares: Record<string, number> = {};
  for (let index = 0; index < count; index += 1) {
    const first = idsOf(plan(index))[0] ?? "";
    shares[first] = (shares[first] ?? 0) + 1 / count;
  }
  return shares;
}

/** Mulberry32. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
}
