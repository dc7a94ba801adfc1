// What the control plane asks of the gateway: the routes and what they would do with a request; its cache, and the purging of it.
import { oc } from "@orpc/contract";
import { z } from "zod";
import { callRecordSchema } from "../ledger/contract.ts";
import type { DialectName } from "../providers/contract.ts";

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

export const routeViewSchema = z.object({
  name: z.string(),
  strategy: z.string(),
  affinity: z.enum(["none", "session"]),
  targets: z.array(z.string()).describe("vendor/model, as they are written, those of nested plans among them"),
  plan: z.unknown().describe("the whole of it, as in the configuration"),
});
export type RouteView = z.infer<typeof routeViewSchema>;

const dialects = [
  "openai-chat",
  "openai-responses",
  "anthropic-messages",
  "gemini",
  "bedrock-converse",
  "cohere-chat",
  "ollama-chat",
] as const satisfies DialectName[];

export const explainSchema = z.object({
  request: z.record(z.string(), z.unknown()).describe("a request's body, as a caller would send it"),
  model: z.string().min(1).optional().describe("in place of the request's own"),
  dialect: z.enum(dialects).default("openai-chat").describe("of the request"),
  headers: z.record(z.string(), z.string()).default({}).describe("that would come with it, such as x-binnacle-user"),
  key_id: z.string().optional().describe("whose call it would be; by default that of the key that asks"),
});
export type Explain = z.infer<typeof explainSchema>;

export const explanationSchema = z.object({
  model: z.string(),
  route: callRecordSchema.shape.route,
  considered: callRecordSchema.shape.considered.describe("in the order in which they would be tried"),
  attempts: z.array(
    z.object({
      target: z.string(),
      reason: z.string(),
      credential: z.string().nullable().describe("that the conversation's cache is kept under, where it has one"),
    }),
  ),
  facts: z.object({
    complexity: z.number().nullable().describe("0 to 1; null for what is no chat"),
    input_tokens: z.number().int().describe("about"),
    region: z.string().nullable(),
    data_class: z.string().nullable(),
  }),
});
export type Explanation = z.infer<typeof explanationSchema>;

export const gatewayContract = {
  routes: {
    list: oc
      .route({ method: "GET", path: "/routes", summary: "Routes and the targets behind them", tags: ["Routes"] })
      .output(z.object({ routes: z.array(routeViewSchema) })),
    explain: oc
      .route({
        method: "POST",
        path: "/routes/explain",
        summary: "What would be tried for a request, in what order and why; nobody is called",
        tags: ["Routes"],
      })
      .input(explainSchema)
      .output(explanationSchema),
  },
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
