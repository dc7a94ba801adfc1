// A route's plan as the page reads it: the plan language of docs/guide/routing.md, taken as it comes. What is not understood here is
// left out of the drawing; the editor and the server have all of it.
import { z } from "zod";

const conditionSchema = z.record(z.string(), z.unknown());

interface Place {
  target?: string | undefined;
  targets?: (string | Place)[] | undefined;
  strategy?: string | undefined;
  sticky_by?: string | undefined;
  weight?: number | undefined;
  up_to?: number | undefined;
  least?: number | undefined;
  examples?: string[] | undefined;
  when?: Record<string, unknown> | undefined;
  region?: string | undefined;
  data_classes?: string[] | undefined;
}

const placesSchema: z.ZodType<(string | Place)[]> = z.lazy(() => z.array(z.union([z.string(), placeSchema])));

const placeSchema: z.ZodType<Place> = z.looseObject({
  target: z.string().optional(),
  targets: placesSchema.optional(),
  strategy: z.string().optional(),
  sticky_by: z.string().optional(),
  weight: z.number().optional(),
  up_to: z.number().optional(),
  least: z.number().optional(),
  examples: z.array(z.string()).optional(),
  when: conditionSchema.optional(),
  region: z.string().optional(),
  data_classes: z.array(z.string()).optional(),
});

const sideSchema = z.union([z.string(), z.looseObject({ target: z.string() })]);

const planSchema = z.looseObject({
  strategy: z.string().default("order"),
  targets: placesSchema,
  sticky_by: z.string().optional(),
  affinity: z.string().optional(),
  continue_broken: z.boolean().optional(),
  shadow: z.array(sideSchema).optional(),
  share: z.number().optional(),
  decide: z.string().optional(),
  judge: sideSchema.optional(),
  quorum: z.number().optional(),
});

export type PlanPlace = Place;
export type PlanShown = z.output<typeof planSchema>;

/** Null for what is no plan. */
export function readPlan(plan: unknown): PlanShown | null {
  const read = planSchema.safeParse(plan);
  return read.success ? read.data : null;
}

export const sideTarget = (side: z.output<typeof sideSchema>): string =>
  typeof side === "string" ? side : side.target;
