// A route of the config as planning wants it: defaults filled in, what a plan says of all its targets said of each.
import { compileCompound, compileShadows, type CompoundSpec, isCompound, type ShadowSpec } from "./compound.ts";
import type { Condition } from "./condition.ts";
import type { PlaceConfig, PlanConfig, Route, Strategy } from "./language.ts";

export interface CompiledRoute {
  name: string;
  plan: PlanNode;
  affinity: Route["affinity"];
  continueBroken: boolean;
  /** Where it lists targets and says nothing more. */
  plainTargets: readonly string[] | undefined;
  /** Where it asks several targets for one answer. Its plan is then the order in which they are written. */
  compound: CompoundSpec | undefined;
  shadows: ShadowSpec | undefined;
}

export interface PlanNode {
  /** Where it stands: `fast`, `fast.targets.1`. */
  path: string;
  /** It stands in the place of a target. */
  isNested: boolean;
  strategy: Strategy;
  places: readonly PlaceNode[];
  stickyBy: string | undefined;
}

export interface PlaceNode {
  path: string;
  /** A target, `vendor/model`, or a plan. */
  content: string | PlanNode;
  weight: number;
  upTo: number;
  /** Of requests that it is for; empty where it says none. */
  examples: readonly string[];
  /** How near to them a request must be. */
  least: number;
  when: Condition | undefined;
  region: string | undefined;
  dataClasses: readonly string[] | undefined;
}

/** What drills/routing chose: most of what belongs to a place is nearer. */
const LEAST = 0.4;

type Inherited = Pick<PlaceConfig, "region" | "data_classes">;

export function compileRoute(name: string, route: Route): CompiledRoute {
  const { affinity, targets, sticky_by } = route;
  const strategy = isCompound(route.strategy) ? "order" : route.strategy;
  const plan = compilePlan({ strategy, targets, sticky_by }, name);
  const compound = compileCompound(route);
  const isPlain = affinity === "none" && strategy === "order" && targets.every((place) => typeof place === "string");
  const plainTargets = isPlain && !compound ? targetsOf(plan) : undefined;
  const continueBroken = route.continue_broken === true;
  return { name, plan, affinity, continueBroken, plainTargets, compound, shadows: compileShadows(route) };
}

function compilePlan({ strategy, targets, sticky_by }: PlanConfig, path: string, outer?: Inherited): PlanNode {
  const inherited = outer ?? {};
  const isNested = outer !== undefined;
  const places = targets.map((place, index) =>
    compilePlace(typeof place === "string" ? { target: place } : place, `${path}.targets.${index}`, inherited),
  );
  return { path, isNested, strategy, places, stickyBy: sticky_by };
}

function compilePlace(place: PlaceConfig, path: string, inherited: Inherited): PlaceNode {
  const { region = inherited.region, data_classes = inherited.data_classes } = place;
  const { strategy = "order", targets = [], sticky_by } = place;
  return {
    path,
    content: place.target ?? compilePlan({ strategy, targets, sticky_by }, path, { region, data_classes }),
    weight: place.weight ?? 1,
    upTo: place.up_to ?? 1,
    examples: place.examples ?? [],
    least: place.least ?? LEAST,
    when: place.when,
    region,
    dataClasses: data_classes,
  };
}

/** All targets, in the order in which they are written, each once. */
export function targetsOf({ places }: PlanNode): string[] {
  return [...new Set(places.flatMap(({ content }) => (typeof content === "string" ? [content] : targetsOf(content))))];
}

export function placesWithExamples({ places }: PlanNode): Pick<PlaceNode, "path" | "examples">[] {
  return places.flatMap((place) => [
    ...(place.examples.length > 0 ? [place] : []),
    ...(typeof place.content === "string" ? [] : placesWithExamples(place.content)),
  ]);
}
