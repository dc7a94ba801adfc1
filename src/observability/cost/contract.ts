// What was spent, by whom and on what; by which prompts; and what is to come: shapes and routes.
import { oc } from "@orpc/contract";
import { z } from "zod";
import { sumFiguresSchema, sumOrders, sumRowSchema } from "../../ledger/contract.ts";
import { figuresQueryFields } from "../figures/contract.ts";
import { forecastQuerySchema, forecastSchema } from "./forecast/contract.ts";

export { type Forecast, type ForecastQuery, forecastQuerySchema, forecastSchema } from "./forecast/contract.ts";

const limit = z.coerce.number().int().min(1).max(1000).default(20);
const moment = z.coerce.number().int().min(0).optional();
const share = z
  .number()
  .describe("of the total cost, 0 to 1; by tag they may come to more, as a record may have several");

export const costsQuerySchema = z.strictObject({
  ...figuresQueryFields,
  since_ms: moment.describe("by default the first of this month, UTC; by request a week ago"),
  by: z
    .string()
    .max(200)
    .default("model")
    .describe("as for metrics, up to three; or request: the dearest requests one by one"),
  limit: limit.describe("rows; all others come as one row of the rest"),
  order: z.enum(sumOrders).default("cost").describe("what the first rows have most of"),
});
export type CostsQuery = z.infer<typeof costsQuerySchema>;

const costRowSchema = sumRowSchema.omit({ duration: true, first_token: true, at_ms: true }).extend({ share });
export type CostRow = z.infer<typeof costRowSchema>;

const costlyRequestSchema = z.object({
  id: z.string(),
  started_at_ms: z.number(),
  kind: z.string(),
  key_id: z.string(),
  user: z.string().nullable(),
  team: z.string().nullable(),
  model: z.string().nullable(),
  route: z.string().nullable(),
  outcome: z.string(),
  cost_usd_micros: z.number().int(),
  wasted_usd_micros: z.number().int(),
  input_tokens: z.number().int(),
  output_tokens: z.number().int(),
  share,
});

export const costsSchema = z.object({
  since_ms: z.number().int().describe("widened to whole minutes, or hours or days where only these are kept"),
  until_ms: z.number().int(),
  by: z.array(z.string()),
  total: sumFiguresSchema.describe("of all records that were asked about, each counted once"),
  rows: z.array(costRowSchema),
  requests: z.array(costlyRequestSchema).describe("by request: in place of rows, the dearest first"),
});
export type Costs = z.infer<typeof costsSchema>;

export const patternsQuerySchema = z.strictObject({
  ...figuresQueryFields,
  by: z.undefined().optional(),
  since_ms: moment.describe("by default a week ago"),
  limit,
});
export type PatternsQuery = z.infer<typeof patternsQuerySchema>;

const patternRowSchema = sumFiguresSchema.extend({
  pattern: z.string().nullable().describe("null: records without words that are kept"),
  is_rest: z.boolean(),
  example: z.string().nullable().describe("how such a request begins, with what differs left out"),
  share,
  mean_cost_usd_micros: z.number(),
  mean_input_tokens: z.number(),
  mean_output_tokens: z.number(),
});

export const patternsSchema = z.object({
  since_ms: z.number().int(),
  until_ms: z.number().int(),
  total: sumFiguresSchema,
  rows: z.array(patternRowSchema),
});
export type Patterns = z.infer<typeof patternsSchema>;

const tags = ["Costs"];

export const costContract = {
  list: oc
    .route({ method: "GET", path: "/costs", summary: "What was spent, by whom and on what", tags })
    .input(costsQuerySchema)
    .output(costsSchema),
  patterns: oc
    .route({ method: "GET", path: "/costs/patterns", summary: "What was spent on which kind of prompt", tags })
    .input(patternsQuerySchema)
    .output(patternsSchema),
  forecast: oc
    .route({
      method: "GET",
      path: "/costs/forecast",
      summary: "What this month will cost, and what it would at twice and ten times the traffic, with intervals",
      tags,
    })
    .input(forecastQuerySchema)
    .output(forecastSchema),
};
