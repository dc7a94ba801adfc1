// The `governance` branch of the config tree.
import { z } from "zod";
import { duration } from "../kernel/index.ts";
import { BUDGETS_MAX, budgetSchema, limitSchema } from "./budgets/config.ts";

export const governanceConfigSchema = z
  .strictObject({
    changes_interval: duration()
      .default(400)
      .describe("how often changes of keys, users, teams and projects are asked for; they take hold within this time"),
    directory: z
      .enum(["open", "strict"])
      .default("open")
      .describe(
        "open: keys may name users, teams and projects that the directory does not have; strict: such keys are refused",
      ),
    directory_entries_max: z
      .number()
      .int()
      .min(1)
      .default(100_000)
      .describe("users, teams and projects together; every process keeps them in memory"),
    apply_entries_max: z
      .number()
      .int()
      .min(1)
      .default(50_000)
      .describe("entries of one kind in a file that is applied, or exported"),
    identity_stale_for: duration().default(3_600_000).describe("how long a key is believed while PostgreSQL is away"),
    identities_max: z.number().int().min(1).default(10_000).describe("keys kept in memory"),
    last_use_interval: duration()
      .default(60_000)
      .describe("how often it is written down which keys were used; no call waits for it"),
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
