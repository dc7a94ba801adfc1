// Which kept answers are to go.
import type { KeptAnswer } from "./kept-answer.ts";
import { isWithin, type Scope } from "./key/scope.ts";

export interface Purge {
  /** A route or a model, as it is called; all where left out. */
  model?: string;
  /** All where nothing is said of it. */
  scope: Scope;
}

/** A route's name and a model's may be the same: then both are meant. */
export function modelsMeant(model: string): string[] {
  return [model, routeModel(model)];
}

/** How a route stands where a model does. */
export function routeModel(name: string): string {
  return `route ${name}`;
}

export function isMeant(kept: Pick<KeptAnswer, "scope" | "model">, { model, scope }: Purge): boolean {
  return (model === undefined || modelsMeant(model).includes(kept.model)) && isWithin(kept.scope, scope);
}
