// What the control plane asks of the gateway: the routes and what they would do with a request; its cache, and the purging of it.
import { oc } from "@orpc/contract";
import { z } from "zod";
import { attemptRoles, callRecordSchema } from "../ledger/contract.ts";
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
      semantic: z.number().int(),
      joined: z.number().int(),
      partial: z.number().int(),
      miss: z.number().int(),
      refreshed: z.number().int(),
      bypassed: z.number().int(),
    })
    .describe("of this process, since it started"),
  saved_usd_micros: z.number().int().describe("by this process, since it started"),
  semantic: z
    .object({
      questions: z.number().int().describe("in this process's memory"),
      without_vector: z.number().int().describe("calls that got none in time, or at all"),
      judged_right: z.number().int().describe("by comparison, and by people"),
      judged_wrong: z.number().int(),
    })
    .nullable()
    .describe("of this process, since it started; null where it is not used"),
});
export const cacheFeedbackSchema = z.object({
  call_id: z.string().min(1).max(100).describe("that got an answer to a question like its own"),
  correct: z.boolean().describe("whether it answered its question"),
});
export type CacheFeedback = z.infer<typeof cacheFeedbackSchema>;

export type CacheState = z.infer<typeof cacheStateSchema>;

const changedBySchema = z.object({ key_id: z.string(), key_name: z.string() });

export const routeViewSchema = z.object({
  name: z.string(),
  source: z.enum(["config", "api"]).describe("where it was made, and is changed: in the config file, or here"),
  strategy: z.string(),
  affinity: z.enum(["none", "session"]),
  targets: z.array(z.string()).describe("vendor/model, as they are written, those of nested plans among them"),
  plan: z.unknown().describe("the whole of it, as in the configuration"),
  revision: z.number().int().nullable().describe("grows with every change by API; null for one of the config file"),
  changed_at_ms: z.number().int().nullable(),
  changed_by: changedBySchema.nullable(),
});
export type RouteView = z.infer<typeof routeViewSchema>;

export const routeVersionSchema = z.object({
  revision: z.number().int(),
  changed_at_ms: z.number().int(),
  changed_by: changedBySchema,
  plan: z.unknown().describe("null where the route was deleted"),
});
export type RouteVersionView = z.infer<typeof routeVersionSchema>;

export const routeChangedSchema = z.object({
  route: routeViewSchema,
  revision_before: z.number().int().describe("what it is a change of; 0 where there was none"),
  approval_id: z
    .string()
    .nullable()
    .describe("that it waits for before it serves, where approvals.gate covers it; null where it serves at once"),
  changes: z.array(z.string()).describe("such as `~ targets.0.weight: 5 → 10`; empty where nothing is different"),
});
export type RouteChanged = z.infer<typeof routeChangedSchema>;

const routeName = name.regex(/^[^\p{Cc}\p{Cs}]+$/u, "a route's name is without control characters");
const IF_REVISION = "refuse with 409 if the route is not at this revision; 0: if there is one";
const changeFields = {
  if_revision: z.number().int().min(0).optional().describe(IF_REVISION),
  dry_run: z.boolean().default(false).describe("say what would change, and change nothing"),
};

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
  times: z
    .number()
    .int()
    .min(1)
    .max(10_000)
    .optional()
    .describe(
      "says also where so many calls like it would go, each of another user and session unless headers say whose",
    ),
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
  distribution: z
    .array(
      z.object({
        target: z.string().nullable().describe("that would be tried first; null: the call would be refused"),
        calls: z.number().int(),
        share: z.number().describe("as a part of 1"),
      }),
    )
    .nullable()
    .describe("the largest first; null unless `times` was said"),
  compound: z
    .array(z.object({ target: z.string(), role: z.enum([...attemptRoles, "shadow"]), says: z.string() }))
    .describe(
      "in place of `attempts`, where a route asks several targets for one answer; and shadows. Empty for others",
    ),
  facts: z.object({
    complexity: z.number().nullable().describe("0 to 1; null for what is no chat"),
    similarities: z
      .record(z.string(), z.number())
      .nullable()
      .describe(
        "to the examples of each place that has some, by where it stands; null where none is asked for or known",
      ),
    input_tokens: z.number().int().describe("about"),
    region: z.string().nullable(),
    data_class: z.string().nullable(),
  }),
});
export type Explanation = z.infer<typeof explanationSchema>;

const routes = ["Routes"];

const routeChangesContract = {
  get: oc
    .route({ method: "GET", path: "/routes/{name}", summary: "One route", tags: routes })
    .input(z.object({ name: routeName }))
    .output(routeViewSchema),
  put: oc
    .route({
      method: "PUT",
      path: "/routes/{name}",
      summary: "Make or change a route, in all processes within a second",
      tags: routes,
    })
    .input(
      z.strictObject({
        name: routeName,
        plan: z.record(z.string(), z.unknown()).describe("as under gateway.routes in the configuration"),
        ...changeFields,
      }),
    )
    .output(routeChangedSchema),
  delete: oc
    .route({
      method: "DELETE",
      path: "/routes/{name}",
      summary: "Delete a route; its history stays",
      tags: routes,
      inputStructure: "detailed",
    })
    .input(
      z.object({
        params: z.object({ name: routeName }),
        query: z
          .strictObject({ if_revision: z.coerce.number().int().min(0).optional().describe(IF_REVISION) })
          .default({}),
      }),
    )
    .output(z.object({ deleted: z.string() })),
  history: oc
    .route({
      method: "GET",
      path: "/routes/{name}/history",
      summary: "Versions of a route that was made by API, newest first",
      tags: routes,
    })
    .input(z.object({ name: routeName, limit: z.coerce.number().int().min(1).max(1000).default(100) }))
    .output(z.object({ versions: z.array(routeVersionSchema) })),
  restore: oc
    .route({
      method: "POST",
      path: "/routes/{name}/restore",
      summary: "Make an earlier version of a route the newest",
      tags: routes,
    })
    .input(z.strictObject({ name: routeName, revision: z.number().int().min(1), ...changeFields }))
    .output(routeChangedSchema),
};

export const vendorLimitSchema = z.object({
  vendor: z.string(),
  model: z.string(),
  credential: z.string().describe("where it comes from, never the key"),
  quotas: z
    .array(
      z.object({
        unit: z.enum(["requests", "tokens"]),
        limit: z.number().nullable(),
        remaining: z.number(),
        resets_in_ms: z.number(),
      }),
    )
    .describe("as the vendor last told"),
  rate: z.number().nullable().describe("calls a second that are sent at the most; null where nothing is held back"),
  held_for_ms: z.number().int().describe("until the next call may be sent"),
  waiting: z.number().int().describe("calls that wait for their turn"),
  turned_away: z.number().int().describe("calls that the vendor answered with 429"),
});
export type VendorLimit = z.infer<typeof vendorLimitSchema>;

/** Why a target is left alone. */
export const openedWhys = ["failures_in_row", "failure_share", "failed_on_probation", "turned_away"] as const;

const recentMs = z.number().nullable().describe("of recent answers; null without any");

export const targetHealthSchema = z.object({
  target: z.string().describe("vendor/model"),
  vendor: z.string(),
  model: z.string(),
  process: z.number().int().describe("which of the processes that share the port sees it so; each learns for itself"),
  breaker: z
    .enum(["closed", "open", "half_open"])
    .describe("open: it failed too often and is left alone; half_open: the next call tries whether it is back"),
  on_probation: z.boolean().describe("it was let back, and one failure is enough to leave it alone again"),
  why: z
    .enum(openedWhys)
    .nullable()
    .describe("why it is left alone; turned_away: its quota is used up, or the key is not accepted"),
  open_for_ms: z.number().int().nullable().describe("since when; null while it serves"),
  rests_for_ms: z.number().int().describe("until the next call may try it"),
  failure_share: z
    .number()
    .nullable()
    .describe("of recent attempts, 0 to 1, the latest weighing most; null without any"),
  in_flight: z.number().int(),
  first_token_ms: recentMs,
  per_token_ms: recentMs,
  idle_for_ms: z.number().int().nullable().describe("since an attempt went there; null where none did"),
  has_credential: z.boolean().describe("whether it has a credential that does not rest"),
});
export type TargetHealth = z.infer<typeof targetHealthSchema>;

export const gatewayContract = {
  targets: oc
    .route({
      method: "GET",
      path: "/targets",
      summary: "How the targets of routes are doing: who is left alone, since when and why, as each process sees it",
      tags: ["Models"],
    })
    .output(z.object({ targets: z.array(targetHealthSchema) })),
  vendorLimits: oc
    .route({
      method: "GET",
      path: "/vendors/limits",
      summary: "What this process learnt of vendors' own limits; empty where gateway.health.adaptive is off",
      tags: ["Models"],
    })
    .output(z.object({ limits: z.array(vendorLimitSchema) })),
  routes: {
    ...routeChangesContract,
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
    feedback: oc
      .route({
        method: "POST",
        path: "/cache/feedback",
        summary: "Say whether an answer to a question only alike was right; a wrong one is given to no other any more",
        tags: ["Cache"],
      })
      .input(cacheFeedbackSchema)
      .output(z.object({ counted: z.boolean().describe("false where that call was judged before") })),
  },
};
