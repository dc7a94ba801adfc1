// What the control plane asks of the gateway: the state of its cache, and the purging of it.
import { oc } from "@orpc/contract";
import { z } from "zod";

const name = z.string().min(1).max(200);

export const cachePurgeSchema = z.object({
  model: name.optional().describe("a route or vendor/model; all where left out"),
  team: name.optional(),
  project: name.optional(),
  user: name.optional().describe("of keys that are a user's, where answers are shared by user"),
  key_id: name.optional().describe("where answers are shared by key"),
});
export type CachePurge = z.infer<typeof cachePurgeSchema>;

export const cacheStateSchema = z.object({
  enabled: z.boolean(),
  memory: z.object({ entries: z.number().int(), bytes: z.number().int(), bytes_max: z.number().int() }),
  database: z
    .object({
      available: z.boolean(),
      entries: z.number().int().nullable().describe("null while it cannot be asked"),
      bytes: z.number().int().nullable(),
      pending_bytes: z.number().int().describe("in this process, not yet written"),
      unwritten: z.number().int().describe("answers that found no room to wait in, since this process started"),
      slow_reads: z.number().int().describe("look-ups that took longer than read_timeout, since this process started"),
    })
    .nullable()
    .describe("null where it is not used"),
  calls: z
    .object({
      hit: z.number().int(),
      joined: z.number().int(),
      partial: z.number().int(),
      miss: z.number().int(),
      refreshed: z.number().int(),
      bypassed: z.number().int(),
    })
    .describe("of this process, since it started"),
  saved_usd_micros: z.number().int().describe("by this process, since it started"),
});
export type CacheState = z.infer<typeof cacheStateSchema>;

export const gatewayContract = {
  cache: {
    state: oc
      .route({ method: "GET", path: "/cache", summary: "What the cache holds, and what it saved", tags: ["Cache"] })
      .output(cacheStateSchema),
    purge: oc
      .route({
        method: "POST",
        path: "/cache/purge",
        summary: "Take kept answers out, in all processes within seconds",
        tags: ["Cache"],
      })
      .input(cachePurgeSchema)
      .output(
        z.object({
          memory: z.number().int().describe("how many this process held"),
          database: z.number().int().nullable().describe("how many PostgreSQL held; null where it is not used"),
        }),
      ),
  },
};
