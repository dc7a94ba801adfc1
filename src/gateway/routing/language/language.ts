// The plan language: what stands behind a route's name in the config. One shape, nested: a plan is a strategy and its
// targets, and in a target's place another plan may stand. This is the language only; plan-route.ts carries it out.
import { z } from "zod";
import {
  checkCompound,
  type CompoundConfig,
  compoundFields,
  compoundStrategies,
  type CompoundStrategy,
  isCompound,
} from "./compound.ts";
import { type CompressionConfig, compressionSchema } from "../../shaping/compression/config.ts";
import { type ValidationConfig, validationSchema } from "../../shaping/validation/config.ts";
import { type Condition, conditionSchema, headerName } from "./condition.ts";
import { checkExamples, exampleFields } from "./examples.ts";
import { dataClassesSchema, regionSchema, targetName } from "./side-target.ts";

export const strategies = [
  "order",
  "weighted",
  "round_robin",
  "least_busy",
  "lowest_cost",
  "lowest_latency",
  "complexity",
  "semantic",
  "conditional",
] as const;
export type Strategy = (typeof strategies)[number];

/** A plan, and what it says of its places. */
export interface PlanConfig {
  strategy: Strategy;
  targets: (string | PlaceConfig)[];
  sticky_by?: string | undefined;
}

/** What a place says of itself. It holds either a target or a plan. */
export interface PlaceConfig {
  target?: string | undefined;
  targets?: (string | PlaceConfig)[] | undefined;
  sticky_by?: string | undefined;
  strategy?: Strategy | undefined;
  weight?: number | undefined;
  up_to?: number | undefined;
  examples?: string[] | undefined;
  least?: number | undefined;
  when?: Condition | undefined;
  region?: string | undefined;
  data_classes?: string[] | undefined;
}

export interface Route extends Omit<PlanConfig, "strategy">, CompoundConfig {
  strategy: Strategy | CompoundStrategy;
  affinity: "none" | "session";
  compression?: CompressionConfig | undefined;
  response_validation?: ValidationConfig | undefined;
  continue_broken?: boolean | undefined;
}

const PLACES_MAX = 32;
const DEPTH_MAX = 4;

const strategySchema = z
  .enum(strategies, {
    error: ({ input }) =>
      compoundStrategies.some((each) => each === input)
        ? `${String(input)} is a strategy of a whole route: it stands in no place of another plan`
        : `a strategy is one of ${strategies.join(", ")}`,
  })
  .describe("how the targets are put in order; the next is tried when one fails");

const routeStrategies = [...strategies, ...compoundStrategies] as const;

const routeStrategySchema = z
  .enum(routeStrategies, `a strategy is one of ${routeStrategies.join(", ")}`)
  .describe("how the targets are put in order, the next is tried when one fails; or how several of them are asked");

const stickySchema = z
  .string()
  .refine(
    (by) => ["user", "session", "key", "team", "project"].includes(by) || headerName.safeParse(headerIn(by)).success,
    "write user, session, key, team, project, or header:NAME with the name in lower case",
  )
  .describe("weighted only: who has the same of this always gets the same place, as long as it serves");

// The annotation breaks the circle of inference: places hold plans, and plans hold places.
const placesSchema: z.ZodType<(string | PlaceConfig)[]> = z.lazy(() =>
  z
    .array(z.union([targetName, placeSchema], "write vendor/model, or an object with `target:` or `targets:`"))
    .min(1, "name at least one target")
    .max(PLACES_MAX),
);

const placeSchema = z
  .strictObject({
    target: targetName.optional().describe("vendor/model"),
    strategy: strategySchema.optional(),
    targets: placesSchema.optional().describe("in place of `target`: a plan of its own"),
    sticky_by: stickySchema.optional(),
    weight: z
      .number()
      .min(0)
      .max(1_000_000)
      .optional()
      .describe("weighted only: its share of all weights; 1 if left out"),
    up_to: z.number().min(0).max(1).optional().describe("complexity only: for requests up to this; 1 if left out"),
    ...exampleFields,
    when: conditionSchema.optional().describe("counts only for calls of which this holds"),
    region: regionSchema.optional(),
    data_classes: dataClassesSchema.optional(),
  })
  .superRefine((place, context) => {
    if ((place.target === undefined) === (place.targets === undefined))
      refuse(context, "say either `target: vendor/model` or `targets:` with a plan", []);
    if (place.target !== undefined && (place.strategy ?? place.sticky_by) !== undefined)
      refuse(context, "`strategy` and `sticky_by` go with `targets:`, not with a single target", []);
  });

export const routeSchema = z
  .strictObject({
    strategy: routeStrategySchema.default("order"),
    targets: placesSchema.describe("vendor/model each, or an object that says more of it, or a plan of its own"),
    sticky_by: stickySchema.optional(),
    affinity: z
      .enum(["none", "session"])
      .default("none")
      .describe("session: a conversation stays with the target that answered it, whose prompt cache is warm"),
    continue_broken: z
      .boolean()
      .optional()
      .describe(
        "a streamed text that breaks off after its beginning is gone on with by the next target; off if left out",
      ),
    ...compoundFields,
    compression: compressionSchema.optional().describe("what is left out of requests; nothing if left out"),
    response_validation: validationSchema
      .optional()
      .describe("answers must be JSON of a shape; not checked if left out"),
  })
  .superRefine((route, context) => {
    checkPlan(route, { context, path: [], depth: 1 });
    checkCompound(route, (message, path) => refuse(context, message, path));
    if (route.continue_broken && isCompound(route.strategy))
      refuse(context, `goes with routes that ask one target, and this is ${route.strategy}`, ["continue_broken"]);
  });

interface Place {
  context: z.core.$RefinementCtx;
  path: (string | number)[];
  depth: number;
}

type CheckedPlan = Pick<Route, "strategy" | "targets" | "sticky_by">;

/** What a plan says must go with its strategy: else it would be heeded by nobody. */
function checkPlan(plan: CheckedPlan, { context, path, depth }: Place): void {
  const { strategy, targets, sticky_by } = plan;
  if (depth > DEPTH_MAX) return refuse(context, `plans are nested at most ${DEPTH_MAX} deep`, path);
  if (sticky_by !== undefined && strategy !== "weighted")
    refuse(context, `goes with \`strategy: weighted\`, and this is ${strategy}`, [...path, "sticky_by"]);
  const places = targets.map((place) => (typeof place === "string" ? { target: place } : place));
  if (strategy === "weighted" && places.every(({ weight = 1 }) => weight === 0))
    refuse(context, "give at least one of them a weight above 0", [...path, "targets"]);
  checkTiers(places, strategy, { context, path, depth });
  checkExamples(places, strategy, (message, at) => refuse(context, message, [...path, ...at]));
  for (const [index, place] of places.entries()) {
    const at = [...path, "targets", index];
    if (place.weight !== undefined && strategy !== "weighted")
      refuse(context, `goes with \`strategy: weighted\`, and this is ${strategy}`, [...at, "weight"]);
    if (place.targets)
      checkPlan(
        { strategy: place.strategy ?? "order", targets: place.targets, sticky_by: place.sticky_by },
        { context, path: at, depth: depth + 1 },
      );
  }
  if (strategy === "conditional" && !places.some(({ when }) => when))
    refuse(context, "give at least one of them a `when`", [...path, "targets"]);
}

function checkTiers(places: PlaceConfig[], strategy: Route["strategy"], { context, path }: Place): void {
  let last = 0;
  for (const [index, { up_to }] of places.entries()) {
    const at = [...path, "targets", index, "up_to"];
    if (strategy !== "complexity") {
      if (up_to !== undefined) refuse(context, `goes with \`strategy: complexity\`, and this is ${strategy}`, at);
    } else if ((up_to ?? 1) < last) refuse(context, "goes up from one target to the next: put the smallest first", at);
    last = up_to ?? 1;
  }
}

function refuse(context: z.core.$RefinementCtx, message: string, path: (string | number)[]): void {
  context.addIssue({ code: "custom", message, path });
}

/** The header's name in `header:NAME`. */
export function headerIn(by: string): string {
  return by.startsWith("header:") ? by.slice("header:".length) : "";
}
