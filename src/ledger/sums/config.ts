// The `ledger.sums` branch of the config tree: how long which sums are kept, and how much work is done at once.
import { z } from "zod";
import { duration } from "../../kernel/index.ts";

const DAY_MS = 86_400_000;

export const sumsConfigSchema = z
  .strictObject({
    minutes_kept: duration()
      .default(2 * DAY_MS)
      .describe("how long there are sums by minute; before that there are hours"),
    hours_kept: duration()
      .default(90 * DAY_MS)
      .describe("how long there are sums by hour; before that there are days, which stay"),
    patterns_kept: duration()
      .default(90 * DAY_MS)
      .describe("how long the template of a request pattern is known after it was last met"),
    interval: duration().default(2000).describe("pause between two rounds of summing"),
    settle: duration()
      .default(10_000)
      .describe("a minute is summed when it has been over for this long; until then its records are read"),
    minutes_max: z.number().int().min(1).max(1440).default(60).describe("minutes that are summed in one transaction"),
    retry_max: duration().default(30_000).describe("longest wait between tries while PostgreSQL is away"),
    timeout: duration().default(10_000).describe("a question that takes longer is given up"),
    rows_max: z.number().int().min(1).max(100_000).default(20_000).describe("rows in one answer: keys times buckets"),
    records_window: duration()
      .default(7 * DAY_MS)
      .describe("how much time may be asked by dimensions that are not kept together: all its records are read"),
  })
  .prefault({})
  .refine(({ minutes_kept, hours_kept }) => hours_kept >= minutes_kept && minutes_kept >= 3_600_000, {
    path: ["hours_kept"],
    message: "must not be shorter than minutes_kept, and that not shorter than an hour",
  });

export type SumsConfig = z.output<typeof sumsConfigSchema>;
