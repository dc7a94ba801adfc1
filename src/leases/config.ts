// The `leases` branch of the config tree: how capacity is shared between processes.
import { z } from "zod";
import { duration } from "../kernel/index.ts";

export const leasesConfigSchema = z
  .strictObject({
    renew_interval: duration().default(1000).describe("how often what was spent is told, and leases are renewed"),
    idle_after: duration().default(10_000).describe("a lease that nobody used for this long is given back whole"),
    sweep_interval: duration().default(600_000).describe("how often what is of no interest any more is forgotten"),
    wait_max: duration()
      .default(2000)
      .describe("how long a call waits for capacity that other processes were asked to give back"),
    waiting_max: z.number().int().min(1).default(4096).describe("calls that wait for capacity at once"),
  })
  .prefault({});

export type LeasesConfig = z.output<typeof leasesConfigSchema>;
