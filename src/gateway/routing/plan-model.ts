// Plans that need no route: a model that the caller names, and a request in a vendor's own words. Routes are in plan-route.ts.
import { nearestNames } from "../../kernel/index.ts";
import type { Shortfall, Target, Vendor } from "../../providers/index.ts";
import { gatewayErrors } from "../errors.ts";
import type { Lacks } from "./placement.ts";
import { type Plan, repeatInTurn } from "./plan-shape.ts";

export interface ModelInput {
  /** The model as the caller named it. */
  model: string;
  /** The target behind `vendor/model`, or a bare model name that a vendor is known for. */
  resolve: (name: string) => Target | undefined;
  /** All names that could have been meant, for a refusal that helps. */
  knownNames: () => Iterable<string>;
  /** What a target has not that the request needs. */
  shortfall: (target: Target) => Shortfall | undefined;
  attemptsMax: number;
}

/** For a request in a vendor's own words: nobody else would understand it, and asking twice might do a thing twice. */
export function planNative(vendor: Vendor | undefined, what: string, lacks: Lacks): Plan {
  if (!vendor) throw gatewayErrors.unknown_model({ model: what, nearest: [] });
  const target = { id: `${vendor.name}/${what}`, vendor, model: what };
  const lack = lacks(target);
  if (lack) throw gatewayErrors.cannot_serve({ model: target.id, reasons: [`${target.id} ${lack.why}`] });
  const reason = `the caller asked ${vendor.name} itself`;
  return {
    route: { name: vendor.name, strategy: "native", reason },
    considered: [{ target: target.id, chosen: true, reason }],
    attempts: [{ target, reason }],
  };
}

/** Throws `gateway.unknown_model` with the nearest names, and `gateway.cannot_serve`. */
export function planModel({ model, resolve, knownNames, shortfall, attemptsMax }: ModelInput): Plan {
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
    attempts: repeatInTurn([{ target }], attemptsMax),
  };
}
