// Figures over the record, as the API gives them: how many, how long, how many tokens, at what cost, by any dimension and bucket.
import { oc } from "@orpc/contract";
import { z } from "zod";
import { sumBuckets, sumDimensions, sumRowSchema } from "../../ledger/contract.ts";

const names = sumDimensions.join(", ");

/** One field a dimension: `model=gpt-5,gpt-5-mini` is either of both, `team=` is none. */
const wishes = Object.fromEntries(
  sumDimensions
    .filter((dimension) => dimension !== "organisation")
    .map((dimension) => [
      dimension,
      z.string().max(2000).optional().describe(`only these, with a comma between; empty: without a ${dimension}`),
    ]),
) as Record<Exclude<(typeof sumDimensions)[number], "organisation">, z.ZodOptional<z.ZodString>>;

const moment = z.coerce.number().int().min(0).optional();

/** Which records are asked about, and by what. */
export const figuresQueryFields = {
  since_ms: moment,
  until_ms: moment.describe("exclusive; by default now"),
  by: z.string().max(200).optional().describe(`up to three, with a comma between, of: ${names}`),
  ...wishes,
  organisation: z
    .string()
    .max(63)
    .optional()
    .describe("of this organisation; by default one's own, and of all for those who run the installation"),
};

export const seriesQuerySchema = z.strictObject({
  ...figuresQueryFields,
  since_ms: moment.describe("by default a day ago"),
  bucket: z
    .enum(sumBuckets)
    .optional()
    .describe("by default minute up to 3 hours, hour up to 8 days, then day; none for one row a key"),
  limit: z.coerce.number().int().min(1).max(1000).default(10).describe("keys; the others come as one row of the rest"),
  order: z.enum(["cost", "records"]).default("records").describe("what the greatest keys have most of"),
});
export type SeriesQuery = z.infer<typeof seriesQuerySchema>;

export const seriesSchema = z.object({
  since_ms: z.number().int().describe("widened to whole minutes, or hours or days where only these are kept"),
  until_ms: z.number().int(),
  bucket: z.enum(sumBuckets),
  by: z.array(z.enum(sumDimensions)),
  rows: z.array(sumRowSchema),
});
export type Series = z.infer<typeof seriesSchema>;

export const figuresContract = {
  series: oc
    .route({
      method: "GET",
      path: "/metrics/series",
      summary: "Records, errors, tokens, cost, p50, p95 and p99 of durations, by any dimension and bucket",
      tags: ["Metrics"],
    })
    .input(seriesQuerySchema)
    .output(seriesSchema),
};
