// Which targets to try, in what order, and why: pure, so that the whole routing policy can be read and tested here.
import { nearestNames } from "../kernel/index.ts";
import type { Considered } from "../ledger/contract.ts";
import type { Shortfall, Target, Vendor } from "../providers/index.ts";
import type { Route } from "./config.ts";
import { gatewayErrors } from "./errors.ts";

export interface PlannedAttempt {
  target: Target;
  reason: string;
}

export interface Plan {
  route: { name: string; strategy: string; reason: string };
  considered: Considered[];
  /** What is tried, in order, until one answers. */
  attempts: PlannedAttempt[];
}

export interface PlanInput {
  /** The model as the caller named it. */
  model: string;
  routes: Readonly<Record<string, Route>>;
  /** The target behind `vendor/model`, or a bare model name that a vendor is known for. */
  resolve: (name: string) => Target | undefined;
  /** All names that could have been meant, for a refusal that helps. */
  knownNames: () => Iterable<string>;
  /** What a target has not that the request needs. */
  shortfall: (target: Target) => Shortfall | undefined;
  attemptsMax: number;
}

/** Throws `gateway.unknown_model` with the nearest names, and `gateway.cannot_serve`. */
export function planAttempts(input: PlanInput): Plan {
  const route = Object.hasOwn(input.routes, input.model) ? input.routes[input.model] : undefined;
  return route ? planRoute(input, route) : planModel(input);
}

/** For a request in a vendor's own words: nobody else would understand it, and asking twice might do a thing twice. */
export function planNative(vendor: Vendor | undefined, what: string): Plan {
  if (!vendor) throw gatewayErrors.unknown_model({ model: what, nearest: [] });
  const target = { id: `${vendor.name}/${what}`, vendor, model: what };
  const reason = `the caller asked ${vendor.name} itself`;
  return {
    route: { name: vendor.name, strategy: "native", reason },
    considered: [{ target: target.id, chosen: true, reason }],
    attempts: [{ target, reason }],
  };
}

function planModel({ model, resolve, knownNames, shortfall, attemptsMax }: PlanInput): Plan {
  const target = resolve(model);
  if (!target) throw gatewayErrors.unknown_model({ model, nearest: nearestNames(model, knownNames()) });
  const lack = shortfall(target);
  if (lack?.isCertain) throw gatewayErrors.cannot_serve({ model, reasons: [`${target.id} ${lack.why}`] });
  const chosenFor =
    target.id === model
      ? "the caller named vendor and model"
      : `${target.vendor.name} is the first vendor that offers ${model}`;
  const reason = lack ? `${chosenFor}; as far as is known it ${lack.why}` : chosenFor;
  return {
    route: { name: model, strategy: "direct", reason },
    considered: [{ target: target.id, chosen: true, reason }],
    attempts: repeat([target], attemptsMax),
  };
}

function planRoute({ model, resolve, shortfall, attemptsMax }: PlanInput, route: Route): Plan {
  const listed = route.targets.map((name) => {
    const target = resolve(name);
    return { name, target, lack: target && shortfall(target) };
  });
  if (!listed.some(({ target }) => target)) throw gatewayErrors.unknown_model({ model, nearest: [] });
  const able = listed.filter(({ target, lack }) => target && !lack);
  // Where none is known to be able, those are tried of which it is not certain.
  const tried = able.length > 0 ? able : listed.filter(({ target, lack }) => target && !lack?.isCertain);
  const reasons = listed.flatMap(({ name, lack }) => (lack ? [`${name} ${lack.why}`] : []));
  if (tried.length === 0) throw gatewayErrors.cannot_serve({ model, reasons });
  const considered = listed.map(({ name, target, lack }): Considered => {
    const place = tried.findIndex((each) => each.name === name);
    const chosen = place === 0;
    if (place >= 0) return { target: name, chosen, reason: `number ${place + 1} in the route's order` };
    return { target: name, chosen, reason: `passed over: ${target ? lack?.why : "its vendor is not configured"}` };
  });
  return {
    route: { name: model, strategy: "order", reason: `the route ${model} tries its targets in order` },
    considered,
    attempts: repeat(
      tried.flatMap(({ target }) => target ?? []),
      attemptsMax,
    ),
  };
}

// Each target has its turn before any is tried again.
function repeat(targets: Target[], attemptsMax: number): PlannedAttempt[] {
  const attempts: PlannedAttempt[] = [];
  for (let round = 0; attempts.length < attemptsMax; round += 1) {
    for (const target of targets.slice(0, attemptsMax - attempts.length)) {
      attempts.push({ target, reason: reasonFor(round, attempts.length) });
    }
  }
  return attempts;
}

function reasonFor(round: number, place: number): string {
  if (place === 0) return "first in order";
  return round === 0 ? "next in order, after the one before failed" : "tried again, after all in order failed";
}
