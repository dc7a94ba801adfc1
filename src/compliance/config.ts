// The `compliance` branch of the config tree: how much of everything a report looks at.
import { z } from "zod";
import { duration } from "../kernel/index.ts";

const DAY_MS = 86_400_000;

export const complianceConfigSchema = z
  .strictObject({
    period: duration()
      .default(90 * DAY_MS)
      .describe("what a report is about where nobody says since when"),
    period_max: duration()
      .default(400 * DAY_MS)
      .describe("the most time that one report is about"),
    unused_after: duration()
      .default(90 * DAY_MS)
      .describe("a key that was not used for so long is told of as unused"),
    rows_max: z.number().int().min(1).max(10_000).default(200).describe("rows of one table in a report"),
    keys_max: z.number().int().min(1).max(1_000_000).default(20_000).describe("keys and users that are looked at"),
    verify_entries_max: z
      .number()
      .int()
      .min(0)
      .max(100_000_000)
      .default(200_000)
      .describe("a longer audit trail is not verified for a report; `binnacle audit verify` does it"),
    reports_at_once_max: z
      .number()
      .int()
      .min(1)
      .max(100)
      .default(2)
      .describe("reports made at one time; more are refused"),
  })
  .prefault({});

export type ComplianceConfig = z.output<typeof complianceConfigSchema>;
