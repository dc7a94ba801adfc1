// The whole control-plane API, put together from the rooms' contracts, and the state of the running program.
import { oc } from "@orpc/contract";
import { z } from "zod";
import { driftContract } from "../drift/contract.ts";
import { auditContract } from "../audit/contract.ts";
import { alertsContract } from "../alerts/contract.ts";
import { complianceContract } from "../compliance/contract.ts";
import { guardrailsContract } from "../guardrails/contract.ts";
import { approvalsContract } from "../approvals/contract.ts";
import { gatewayContract } from "../gateway/contract.ts";
import { governanceContract } from "../governance/contract.ts";
import { identityContract } from "../identity/contract.ts";
import {
  activityContract,
  ledgerContract,
  ledgerStateSchema,
  recordsContract,
  retentionContract,
  sessionsContract,
  sumsStateSchema,
  tracesContract,
} from "../ledger/contract.ts";
import { boundarySchema, observabilityContract } from "../observability/contract.ts";
import { telemetryContract, telemetryStateSchema } from "../telemetry/contract.ts";
import { workerSchema } from "../workers/contract.ts";
import { viewsContract } from "../views/contract.ts";
import { vaultContract } from "../vault/contract.ts";
import { policyContract } from "../policy/contract.ts";
import { providersContract, vendorSchema } from "../providers/contract.ts";

export const statusSchema = z.object({
  version: z.string(),
  runtime: z.string(),
  pid: z.number().int(),
  started_at_ms: z.number().int(),
  url: z.string(),
  ready: z.boolean(),
  database: z.object({
    kind: z.enum(["embedded", "given"]),
    address: z.string().describe("without credentials"),
    version: z.string().nullable(),
    available: z.boolean(),
  }),
  ledger: ledgerStateSchema,
  sums: sumsStateSchema,
  directory: z.object({
    revision: z.number().int().describe("the last change of keys, users, teams and projects that this process knows"),
  }),
  boundary: boundarySchema.pick({ state: true }).extend({
    crossed: z.array(boundarySchema.shape.signals.element.pick({ signal: true, lag_ms: true, bound_ms: true })),
  }),
  calls: z.object({ in_flight: z.number().int(), max: z.number().int(), waiting: z.number().int() }),
  telemetry: telemetryStateSchema.describe("what other programs have sent by OpenTelemetry since the start"),
  vendors: z.array(vendorSchema),
  memory_rss_bytes: z.number().int(),
  workers: z
    .array(
      workerSchema.extend({
        calls_in_flight: z.int().nullable(),
        pending_records: z.int().nullable(),
        memory_rss_bytes: z.int().nullable(),
      }),
    )
    .describe(
      "the processes that share the port; figures above are of all together, and null here where one gave no answer",
    ),
});
export type Status = z.infer<typeof statusSchema>;

export const settingSchema = z.object({
  path: z.string().describe("`gateway.attempts_max`; entries of lists by their number"),
  value: z.unknown().describe("that is in force; of a secret its reference, never the secret"),
  unit: z.enum(["ms", "bytes"]).nullable(),
  is_secret: z.boolean(),
  source: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("default") }),
    z.object({ kind: z.literal("file"), file: z.string(), line: z.number().int() }),
    z.object({ kind: z.literal("environment"), variable: z.string() }),
  ]),
  default: z.unknown(),
  description: z.string(),
  waits_for_start: z.boolean().describe("another value has been written since, which the next start takes up"),
});
export const settingsSchema = z.object({
  file: z.string().nullable().describe("the config file; null where there is none"),
  settings: z.array(settingSchema),
});
export type Settings = z.infer<typeof settingsSchema>;

export const apiContract = {
  status: oc
    .route({ method: "GET", path: "/status", summary: "The state of this installation", tags: ["Status"] })
    .output(statusSchema),
  config: oc
    .route({
      method: "GET",
      path: "/config",
      summary: "Every value of the configuration that is in force, and where it was set",
      tags: ["Status"],
    })
    .output(settingsSchema),
  calls: ledgerContract,
  storage: retentionContract.storage,
  records: recordsContract,
  traces: tracesContract,
  sessions: sessionsContract,
  activity: activityContract,
  models: providersContract.models,
  vendors: providersContract.vendors,
  vendorLimits: gatewayContract.vendorLimits,
  targets: gatewayContract.targets,
  routes: gatewayContract.routes,
  cache: gatewayContract.cache,
  guardrails: guardrailsContract,
  keys: governanceContract.keys,
  organisations: governanceContract.organisations,
  users: governanceContract.users,
  teams: governanceContract.teams,
  projects: governanceContract.projects,
  apply: governanceContract.apply,
  export: governanceContract.export,
  budgets: governanceContract.budgets,
  policies: policyContract,
  switches: governanceContract.switches,
  approvals: approvalsContract,
  alerts: alertsContract.alerts,
  slos: alertsContract.slos,
  boundary: observabilityContract.boundary,
  exports: observabilityContract.exports,
  figures: observabilityContract.figures,
  costs: observabilityContract.costs,
  telemetry: telemetryContract,
  drift: driftContract,
  people: identityContract.people,
  session: identityContract.session,
  views: viewsContract,
  ...vaultContract,
  compliance: complianceContract,
  audit: auditContract,
};
export type ApiContract = typeof apiContract;
