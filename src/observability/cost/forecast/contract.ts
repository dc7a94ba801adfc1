// What is to come, as the API tells it: amounts with intervals, and all that was assumed.
import { z } from "zod";
import { figuresQueryFields } from "../../figures/contract.ts";

const { since_ms: _since, until_ms: _until, by: _by, ...wishes } = figuresQueryFields;

export const forecastQuerySchema = z.strictObject({
  ...wishes,
  traffic: z
    .string()
    .max(100)
    .default("1,2,10")
    .describe("how many times today's traffic, up to ten figures with a comma between"),
  cache_share: z.coerce
    .number()
    .min(0)
    .max(0.99)
    .optional()
    .describe("which part of all that calls would cost the caches save; by default as it was"),
  price_factor: z.coerce
    .number()
    .min(0)
    .max(1000)
    .default(1)
    .describe("what prices will be against those that were charged: 0.8 for a discount of a fifth"),
  growth: z
    .enum(["measured", "none"])
    .default("measured")
    .describe("whether growth that was found goes on, more and more slowly, until the month ends"),
});
export type ForecastQuery = z.infer<typeof forecastQuerySchema>;

const micros = z.number().int();
const intervalSchema = z.object({
  expected_usd_micros: micros.describe("half of what may come is below it"),
  low80_usd_micros: micros.describe("between low80 and high80 lie four in five of what may come"),
  high80_usd_micros: micros,
  low95_usd_micros: micros,
  high95_usd_micros: micros,
});
export type Interval = z.infer<typeof intervalSchema>;

const assumedSchema = z.object({
  history_from_ms: z.number().int(),
  history_days: z.number().int(),
  season: z.enum(["week", "none"]).describe("week: days of the week differ as they did; it takes two weeks to know"),
  growth_per_week: z.number().describe("0.05: five per cent more each week; 0 where none was found, or none wanted"),
  cache_share: z.number().describe("of all that calls would cost without caches, what these save"),
  is_cache_share_given: z.boolean(),
  price_factor: z.number(),
  mix: z
    .array(z.object({ model: z.string().nullable(), share: z.number() }))
    .describe("of cost by model, as it was; the mix stays so"),
  unpriced: z.number().int().describe("records with tokens and without a known cost: they are not in it"),
});
export type Assumed = z.infer<typeof assumedSchema>;

export const forecastSchema = z.object({
  month: z.object({
    from_ms: z.number().int(),
    until_ms: z.number().int(),
    spent_usd_micros: micros.describe("until now"),
  }),
  too_early: z
    .object({ history_hours: z.number().describe("with cost"), needed_hours: z.number().int() })
    .nullable()
    .describe("why there are no scenarios, and nothing is assumed; null where there is history enough"),
  scenarios: z.array(
    z.object({
      traffic: z.number().describe("times as much as now, from now on"),
      this_month: intervalSchema.describe("what was spent, and what is to come until the month ends"),
      steady_month: intervalSchema.describe("a whole month of this length with traffic as it is now, times that much"),
    }),
  ),
  assumed: assumedSchema.nullable(),
});
export type Forecast = z.infer<typeof forecastSchema>;
