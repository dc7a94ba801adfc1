// The `observability.boundary` branch of the config: how old a signal may be before nobody can act on it in time.
import { z } from "zod";
import { duration } from "../../kernel/index.ts";

const boundsSchema = z.strictObject({
  cost: duration().default(250).describe("from a call's end until its cost is charged to the budgets that it is under"),
  budget: duration()
    .default(5000)
    .describe("until what was spent here is known to all processes, so that no cap is judged by older figures"),
  latency: duration().default(250).describe("until how long it took is known to the routes that choose by that"),
  route_decision: duration()
    .default(5000)
    .describe("from a change of a route, by whichever process, until calls are routed by it"),
  model_version: duration()
    .default(900_000)
    .describe("from an answer until it would be noticed that another version of its model gave it"),
  drift: duration().default(900_000).describe("from an observation until it is part of a comparison with its baseline"),
  guardrail: duration().default(250).describe("from a finding until whoever watches findings knows of it"),
  authority: duration()
    .default(5000)
    .describe("from a change of keys, users, teams or projects until calls are admitted by it"),
  records: duration().default(3000).describe("until a call is in PostgreSQL, by which lists, sums, SLOs and alerts go"),
});

export const boundaryConfigSchema = z
  .strictObject({
    bounds: boundsSchema.prefault({}),
    interval: duration()
      .default(500)
      .refine((ms) => ms >= 20, "at least 20ms")
      .describe("how often lags are looked at, about: not quite evenly, so as not to keep step with what is looked at"),
    window: duration()
      .default(300_000)
      .refine((ms) => ms >= 1000, "at least 1s")
      .describe("what p50, p99 and max are of"),
    recover_after: duration().default(2000).describe("how long a signal must keep its bound again to count as within"),
    idle_after: duration().default(60_000).describe("without an event for this long a signal has no lag to tell of"),
    history_minutes: z.number().int().min(1).max(20_000).default(1440).describe("minutes kept of each signal"),
  })
  .prefault({});

export type BoundaryConfig = z.output<typeof boundaryConfigSchema>;
