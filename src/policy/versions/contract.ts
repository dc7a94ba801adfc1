// Versions of policies as the API shows and takes them.
import { oc } from "@orpc/contract";
import { z } from "zod";

export const versionStates = ["draft", "review", "active", "retired"] as const;
export type VersionState = (typeof versionStates)[number];

const NAME_MAX = 100;
const TEXT_MAX = 1_000_000;
const FILES_MAX = 1000;
const NOTE_MAX = 2000;

export const policyFileSchema = z.strictObject({
  name: z
    .string()
    .regex(
      /^[\w.-]+\.(cedar|cases\.yaml)$/,
      "a file's name has letters, digits, `_`, `.` and `-`, and ends in .cedar or .cases.yaml",
    )
    .max(NAME_MAX),
  text: z.string().max(TEXT_MAX).describe("policies in Cedar; in *.cases.yaml, cases that they are held to"),
});

const whoSchema = z.object({ key_id: z.string(), key_name: z.string(), at_ms: z.number().int() });

export const policyVersionSchema = z.object({
  number: z.number().int(),
  state: z.enum(versionStates),
  note: z.string(),
  content: z.string().describe("the same for the same policies; stands on decisions"),
  proposed: whoSchema,
  approved: whoSchema.nullable(),
});
export type PolicyVersionView = z.infer<typeof policyVersionSchema>;

export const policySchema = z.object({
  id: z.string(),
  file: z.string(),
  effect: z.enum(["permit", "forbid"]),
  why: z.string(),
  obligations: z.array(z.string()),
});
export type PolicyView = z.infer<typeof policySchema>;

const activeSchema = z.object({
  source: z.enum(["shipped", "folder", "api"]),
  number: z.number().int().nullable().describe("of the version that is active, where it came by API"),
  content: z.string(),
  policies: z.array(policySchema).describe("the shipped ones too"),
  files: z.array(policyFileSchema).describe("the installation's own"),
});
export type ActivePoliciesView = z.infer<typeof activeSchema>;

const changedSchema = z.object({ version: policyVersionSchema });
const numbered = z.strictObject({ number: z.coerce.number().int().min(1) });
const files = z.array(policyFileSchema).max(FILES_MAX).describe("all of them: what is left out goes");
const tags = ["Policies"];

export const dryRunSchema = z.object({
  since_ms: z.number().int(),
  calls: z.number().int().describe("that were looked at"),
  is_whole: z.boolean().describe("false where there were more than the bound"),
  refused: z.number().int().describe("that were served, and would have been refused"),
  allowed: z.number().int().describe("that policies refused, and would have been allowed"),
  by_policy: z.array(
    z.object({
      policy: z.string(),
      why: z.string(),
      action: z.string(),
      calls: z.number().int(),
      examples: z.array(z.string()).describe("ids of calls"),
    }),
  ),
  not_known: z.array(z.string()).describe("what is not on record, and so was not asked"),
});
export type DryRun = z.infer<typeof dryRunSchema>;

export const policyTrialSchema = z.object({
  cases: z.array(
    z.object({
      file: z.string(),
      name: z.string(),
      ok: z.boolean(),
      problem: z.string().describe("what came out otherwise than expected; empty where nothing did"),
      allowed: z.boolean(),
      why: z.string(),
      policies: z.array(z.string()).describe("ids of those that decided"),
    }),
  ),
  failed: z.number().int(),
  untouched: z.array(z.string()).describe("ids of the installation's own policies that decided no case"),
});
export type PolicyTrial = z.infer<typeof policyTrialSchema>;

const DAYS_MAX = 90;

export const policyContract = {
  list: oc
    .route({ method: "GET", path: "/policies/versions", summary: "Versions of policies, newest first", tags })
    .input(z.object({ limit: z.coerce.number().int().min(1).max(1000).default(100) }))
    .output(z.object({ versions: z.array(policyVersionSchema) })),
  active: oc
    .route({ method: "GET", path: "/policies/active", summary: "The policies that decide now", tags })
    .output(activeSchema),
  get: oc
    .route({ method: "GET", path: "/policies/versions/{number}", summary: "One version, with its files", tags })
    .input(numbered)
    .output(
      z.object({
        version: policyVersionSchema,
        files: z.array(policyFileSchema),
        events: z.array(whoSchema.extend({ event: z.string() })),
      }),
    ),
  propose: oc
    .route({ method: "POST", path: "/policies/versions", successStatus: 201, summary: "Propose a version", tags })
    .input(
      z.strictObject({
        files,
        note: z.string().max(NOTE_MAX).default(""),
        is_draft: z.boolean().default(false).describe("not yet for review"),
        dry_run: z.boolean().default(false).describe("hold it to the schema, and write nothing"),
      }),
    )
    .output(z.object({ version: policyVersionSchema.nullable(), policies: z.array(policySchema) })),
  submit: oc
    .route({ method: "POST", path: "/policies/versions/{number}/submit", summary: "Give a draft to review", tags })
    .input(numbered)
    .output(changedSchema),
  approve: oc
    .route({ method: "POST", path: "/policies/versions/{number}/approve", summary: "Approve a version", tags })
    .input(numbered)
    .output(changedSchema),
  activate: oc
    .route({
      method: "POST",
      path: "/policies/versions/{number}/activate",
      summary: "Let a version decide, in all processes within a second; not where one of its cases fails",
      tags,
    })
    .input(numbered)
    .output(changedSchema),
  rollBack: oc
    .route({
      method: "POST",
      path: "/policies/roll-back",
      summary: "Let the version decide that did before, or the shipped policies alone",
      tags,
    })
    .input(z.strictObject({ to: z.enum(["previous", "shipped"]).default("previous") }))
    .output(z.object({ active: policyVersionSchema.nullable() })),
  test: oc
    .route({
      method: "POST",
      path: "/policies/test",
      summary: "Try policies on the cases beside them: those of a version, or files that are no version yet",
      tags,
    })
    .input(z.union([numbered, z.strictObject({ files })]))
    .output(policyTrialSchema),
  dryRun: oc
    .route({
      method: "POST",
      path: "/policies/dry-run",
      summary: "What of the calls of the last days would have been refused",
      tags,
    })
    .input(z.strictObject({ files, days: z.number().min(0.001).max(DAYS_MAX).default(7) }))
    .output(dryRunSchema),
};
