// The `governance` branch of the config tree.
import { z } from "zod";
import { duration } from "../kernel/index.ts";
import { BUDGETS_MAX, budgetSchema, limitSchema } from "./budgets/config.ts";

export const governanceConfigSchema = z
  .strictObject({
    identity_fresh_for: duration()
      .default(1000)
      .describe(
        "how long a key that was looked up is believed before it is looked up again; a revocation takes hold within this time",
      ),
    identity_stale_for: duration()
      .default(3_600_000)
      .describe("how long a key that was looked up is believed while PostgreSQL is away"),
    identities_max: z.number().int().min(1).default(10_000).describe("keys kept in memory"),
    lookups_in_flight_max: z.number().int().min(1).default(64).describe("key look-ups in PostgreSQL at once"),
    calls_in_flight_per_key_max: z
      .number()
      .int()
      .min(1)
      .default(1024)
      .describe("model calls that one key may have open at once"),
    budgets: z.array(budgetSchema).max(BUDGETS_MAX).default([]).describe("caps on money that are never passed"),
    limits: z.array(limitSchema).max(BUDGETS_MAX).default([]).describe("caps on requests, tokens and calls in flight"),
    session_lifetime: duration()
      .default(12 * 3_600_000)
      .describe("how long a console sign-in lasts"),
  })
  .prefault({});

export type GovernanceConfig = z.output<typeof governanceConfigSchema>;
