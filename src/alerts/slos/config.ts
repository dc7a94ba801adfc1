// An objective as an operator writes it, under alerts.slos in the config or by API.
import { z } from "zod";
import { keptFilterSchema, keptPerSchema } from "../dimensions.ts";
import { duration } from "../../kernel/index.ts";

const DAY_MS = 86_400_000;

/** How a record may have ended, as the ledger's dimension says it. */
export const outcomes = ["ok", "refused", "failed", "truncated", "cancelled"] as const;
export type OutcomeName = (typeof outcomes)[number];

const badOutcomes = z.array(z.enum(outcomes).exclude(["ok"])).min(1);

const usd = z.number().positive().max(1e6);

export const objectiveSchema = z.discriminatedUnion("kind", [
  z
    .strictObject({
      kind: z.literal("availability"),
      bad: badOutcomes
        .default(["failed", "truncated"])
        .describe("ok is good; what is in neither is not counted: by default refused (limits, budgets) and cancelled"),
    })
    .describe("a call is good that ended ok"),
  z
    .strictObject({
      kind: z.literal("error_kind"),
      outcomes: badOutcomes.describe("these are bad, all others good"),
    })
    .describe("a call is good that did not end in one of these ways"),
  z
    .strictObject({ kind: z.literal("first_token"), within: duration().describe("until the first content") })
    .describe("a call is good whose first content came in time; those without one are not counted"),
  z
    .strictObject({ kind: z.literal("latency"), within: duration().describe("until the end of the answer") })
    .describe("a call is good that ended in time"),
  z
    .strictObject({ kind: z.literal("cost"), usd: usd.describe("of one call") })
    .describe(
      "a call is good that was made in a minute (longer ago than six hours: an hour) in which calls cost no more on average; those without a known price are not counted",
    ),
  z
    .strictObject({
      kind: z.literal("quality"),
      score: z.string().min(1).max(200).describe("the name under which records are judged"),
      at_least: z.number(),
    })
    .describe("a judgement is good that is at least so high"),
]);
export type Objective = z.output<typeof objectiveSchema>;

/** What both objectives and rules say of how sure they must be. */
export const minEvents = (least: number) =>
  z.number().int().min(1).max(1_000_000).default(least).describe("with fewer nothing is concluded");
export const confidence = z
  .number()
  .min(0)
  .max(0.9999)
  .default(0.95)
  .describe("how sure it must be that the true share is so bad (Wilson, one-sided); 0 takes the share as it is");

export const sloSchema = z.strictObject({
  description: z.string().max(500).optional(),
  of: keptFilterSchema,
  per: keptPerSchema,
  objective: objectiveSchema,
  target: z.number().min(50).max(99.999).describe("percent that must be good"),
  window: duration()
    .default(30 * DAY_MS)
    .refine((ms) => ms >= DAY_MS && ms <= 90 * DAY_MS, "between 1d and 90d")
    .describe("that the error budget is for"),
  min_events: minEvents(20),
  confidence,
});
export type Slo = z.output<typeof sloSchema>;

/** As it is kept, and put again; what was left out stays out. */
export type SloInput = z.input<typeof sloSchema>;
