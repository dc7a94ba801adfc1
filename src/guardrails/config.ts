// The `guardrails` branch of the config: named policies, what they look for where, and what then happens. Without one, nothing is looked
// at, and calls go as if there were no guardrails.
import { z } from "zod";
import { duration, nearestNames, secretRef } from "../kernel/index.ts";
import { createDetectors, detectorsConfigSchema } from "./detectors/index.ts";
import { meantBy } from "./policies/meant-by.ts";
import { sides } from "./contract.ts";

export const modes = ["observe", "mask", "block", "ask"] as const;

const modeSchema = z
  .enum(modes)
  .describe("observe: on record only; mask: a mark stands in its place; ask: a person must agree; block: refused");
const sidesSchema = z.array(z.enum(sides)).min(1).max(sides.length);
const names = (what: string) => z.array(z.string().min(1).max(200)).min(1).max(100).optional().describe(what);

const checkSchema = z.strictObject({
  kinds: z
    .array(z.string().min(1).max(100))
    .min(1)
    .max(200)
    .describe("kinds of findings, or detectors for all of theirs; `binnacle guardrails list` names them"),
  on: sidesSchema.default([...sides]).describe("where it looks: by default everywhere"),
  mode: modeSchema,
  score_min: z.number().min(0).max(1).default(0.5).describe("what is less sure is passed over"),
});

const outsideCheckSchema = z.strictObject({
  name: z.string().regex(/^[\w.-]{1,100}$/),
  on: sidesSchema.default(["input"]),
  mode: modeSchema.default("observe"),
  url: z.string().url().describe("asked with {text, side}; answers {findings: [{kind, start, end, score, why}]}"),
  token: secretRef().optional().describe("sent as a bearer token"),
  timeout: duration().default(1000),
  on_failure: z
    .enum(["open", "closed"])
    .default("closed")
    .describe("open: the call goes on unchecked; closed: it is refused"),
  score_min: z.number().min(0).max(1).default(0.5),
});

const judgeSchema = z.strictObject({
  model: z
    .string()
    .min(1)
    .max(200)
    .describe("a route or model of this gateway; it should be under no policy with a judge"),
  question: z.string().min(1).max(4000).describe("what it is asked about the text; YES is a finding"),
  kind: z.string().min(1).max(100).default("judged"),
  on: sidesSchema.default(["input"]),
  mode: modeSchema.default("observe"),
  timeout: duration().default(10_000),
  on_failure: z.enum(["open", "closed"]).default("closed"),
});

export const policySchema = z.strictObject({
  applies_to: z
    .strictObject({
      routes: names("routes or models, as callers name them"),
      data_classes: names("what the header x-binnacle-data-class says"),
      keys: names("ids or names of keys"),
      teams: names("teams"),
      projects: names("projects"),
    })
    .prefault({})
    .describe("all that is said here must hold; without anything, the policy is for every call"),
  checks: z.array(checkSchema).max(100).default([]),
  unmask: z
    .boolean()
    .default(true)
    .describe("what was masked in a request stands in its answer again, for the caller alone"),
  unreadable: z
    .enum(["refuse", "pass"])
    .default("refuse")
    .describe("requests that cannot be looked at: forms, a vendor's own words"),
  spotlight: z
    .enum(["off", "delimit", "mark"])
    .default("off")
    .describe(
      "shows the model which text is data: marks around what tools gave and what was retrieved, or between its words",
    ),
  canary: modeSchema.optional().describe("a secret word in the system prompt; what happens when an answer says it"),
  taint: modeSchema
    .optional()
    .describe("calls of tools whose arguments come out of what a tool gave or what was retrieved"),
  grounding: z
    .strictObject({
      share_min: z
        .number()
        .min(0)
        .max(1)
        .default(0.5)
        .describe("of the answer's sentences, found in the retrieved text by their words"),
      mode: z.enum(["observe", "block"]).default("observe"),
    })
    .optional(),
  length_max: z
    .strictObject({ input: z.number().int().min(1).optional(), output: z.number().int().min(1).optional() })
    .prefault({})
    .describe("characters of all texts together; more is blocked"),
  approvers: z
    .array(z.string().min(1).max(200))
    .min(1)
    .max(20)
    .optional()
    .describe("roles of those who may agree where the mode is ask; by default approvals.approvers"),
  outside: z.array(outsideCheckSchema).max(10).default([]).describe("checks by other programs, over HTTP"),
  judge: judgeSchema.optional().describe("a model that is asked about the text"),
});
export type PolicyConfig = z.output<typeof policySchema>;

export const guardrailsConfigSchema = z
  .strictObject({
    policies: z
      .record(
        z.string().regex(/^[\w.-]{1,100}$/, "a policy's name has letters, digits, `_`, `.` and `-`"),
        policySchema,
      )
      .default({})
      .describe("by name; all that apply to a call hold, and of several modes the strictest"),
    detectors: detectorsConfigSchema.prefault({}).describe("what there is to be found, and how sure a find must be"),
    hold_back_max: z
      .number()
      .int()
      .min(16)
      .max(100_000)
      .default(512)
      .describe(
        "characters of a streamed text that wait at the most; detectors that need more see a stream's text in such windows",
      ),
    findings_max: z.number().int().min(1).max(10_000).default(100).describe("on one record"),
    probing: z
      .strictObject({
        enabled: z.boolean().default(false),
        similar_min: z
          .number()
          .int()
          .min(3)
          .default(50)
          .describe("requests of one key that are nearly the same, within the window"),
        window: duration().default(600_000),
        keys_max: z.number().int().min(1).default(1000).describe("keys that are watched at a time"),
        requests_max: z
          .number()
          .int()
          .min(10)
          .default(200)
          .describe("requests remembered of each, as small fingerprints"),
      })
      .prefault({})
      .describe(
        "many nearly identical requests of one key, as somebody sends who draws a model out; only where a policy applies",
      ),
  })
  .superRefine(({ policies, detectors }, context) => {
    if (Object.keys(policies).length === 0) return;
    const known = createDetectors(detectors);
    for (const [name, { checks }] of Object.entries(policies))
      for (const [place, { kinds }] of checks.entries())
        for (const kind of kinds) {
          if (meantBy(kind, known)) continue;
          const names = known.flatMap((detector) => [detector.name, ...detector.kinds]);
          const nearest = nearestNames(kind, names, 3);
          const message = `nothing finds ${JSON.stringify(kind)}; did you mean ${nearest.join(", ") || names.join(", ")}?`;
          context.addIssue({ code: "custom", path: ["policies", name, "checks", place, "kinds"], message });
        }
  })
  .prefault({})
  .describe("checks of what goes in and comes out");
export type GuardrailsConfig = z.output<typeof guardrailsConfigSchema>;
