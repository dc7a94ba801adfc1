// The whole config tree: each branch belongs to a room and has its name. One YAML file, strict, overridden from the
// environment (BINNACLE__GATEWAY__ATTEMPTS_MAX=5); three short names exist for what everyone sets.
import { z } from "zod";
import { alertsConfigSchema } from "./alerts/index.ts";
import { auditConfigSchema } from "./audit/index.ts";
import { approvalsConfigSchema } from "./approvals/index.ts";
import { batchesConfigSchema } from "./batches/index.ts";
import { complianceConfigSchema } from "./compliance/index.ts";
import { driftConfigSchema } from "./drift/index.ts";
import { embeddingConfigSchema } from "./embedding/index.ts";
import { gatewayConfigSchema } from "./gateway/index.ts";
import { governanceConfigSchema } from "./governance/index.ts";
import { guardrailsConfigSchema } from "./guardrails/index.ts";
import { identityConfigSchema } from "./identity/index.ts";
import { interfacesConfigSchema } from "./interfaces/index.ts";
import { type ConfigSources, describeSettings, loadConfig, type Setting } from "./kernel/index.ts";
import { leasesConfigSchema } from "./leases/index.ts";
import { ledgerConfigSchema } from "./ledger/index.ts";
import { networkConfigSchema } from "./network/index.ts";
import { observabilityConfigSchema } from "./observability/index.ts";
import { policyConfigSchema } from "./policy/index.ts";
import { promptsConfigSchema } from "./prompts/index.ts";
import { providersConfigSchema } from "./providers/index.ts";
import { responsesConfigSchema } from "./responses/index.ts";
import { storageConfigSchema } from "./storage/index.ts";
import { telemetryConfigSchema } from "./telemetry/index.ts";
import { viewsConfigSchema } from "./views/index.ts";
import { vaultConfigSchema } from "./vault/index.ts";
import { workersConfigSchema } from "./workers/index.ts";

export const appConfigSchema = z.strictObject({
  home: z.string().default(".binnacle").describe("the data folder; BINNACLE_HOME sets it too"),
  workers: workersConfigSchema,
  log: z
    .strictObject({
      level: z
        .enum(["trace", "debug", "info", "warn", "error", "silent"])
        .optional()
        .describe("by default info, or warn where a person reads along in a terminal"),
    })
    .prefault({}),
  network: networkConfigSchema,
  storage: storageConfigSchema.prefault({}),
  vault: vaultConfigSchema,
  ledger: ledgerConfigSchema.prefault({}),
  leases: leasesConfigSchema,
  providers: providersConfigSchema.prefault({}),
  policy: policyConfigSchema,
  audit: auditConfigSchema,
  governance: governanceConfigSchema,
  identity: identityConfigSchema,
  approvals: approvalsConfigSchema,
  observability: observabilityConfigSchema,
  prompts: promptsConfigSchema,
  guardrails: guardrailsConfigSchema,
  embedding: embeddingConfigSchema,
  telemetry: telemetryConfigSchema,
  drift: driftConfigSchema,
  gateway: gatewayConfigSchema,
  alerts: alertsConfigSchema,
  batches: batchesConfigSchema,
  views: viewsConfigSchema,
  responses: responsesConfigSchema,
  compliance: complianceConfigSchema,
  interfaces: interfacesConfigSchema,
});

export type AppConfig = z.output<typeof appConfigSchema>;

/** Short names, and what they stand for. */
export const environmentAliases = {
  BINNACLE_HOME: "BINNACLE__HOME",
  BINNACLE_PORT: "BINNACLE__INTERFACES__PORT",
  BINNACLE_HOST: "BINNACLE__INTERFACES__HOST",
  DATABASE_URL: "BINNACLE__STORAGE__DATABASE_URL",
} as const;

/** Throws `config.invalid`. The long name wins over the short one. */
export function readAppConfig(sources: ConfigSources): AppConfig {
  const env = { ...sources.env };
  for (const [short, long] of Object.entries(environmentAliases)) env[long] ??= env[short];
  return loadConfig(appConfigSchema, { ...sources, env });
}

/** Each value of a config that is in force, with where it was set. */
export function explainAppConfig(config: AppConfig, sources: ConfigSources): Setting[] {
  const defaults = appConfigSchema.parse({});
  return describeSettings(appConfigSchema, { ...sources, config, defaults, aliases: environmentAliases });
}
