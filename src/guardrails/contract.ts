// What looks at texts, and what it finds: the face between the pipeline of guardrails and its detectors; and the routes. Pure.
import { oc } from "@orpc/contract";
import { z } from "zod";

/** Of a text that is given to be checked. */
const TEXT_LENGTH_MAX = 200_000;

/** Where a text stands in a call. */
export const sides = ["input", "output", "tool_arguments", "tool_result", "retrieved"] as const;
export type Side = (typeof sides)[number];

export interface Finding {
  kind: string;
  /** In UTF-16 units of the text. What concerns the text as a whole spans all of it. */
  start: number;
  end: number;
  /** From 0 to 1: how sure. */
  score: number;
  detector: string;
  /** For people, without what was found. */
  why: string;
}

export interface FindContext {
  side: Side;
  /** No more of this text will come: what would be a match if the text ended here is one. */
  isFinal: boolean;
}

/** Synchronous, pure, and linear in the length of the text. */
export interface Detector {
  name: string;
  /** Categories that it can find, such as `email`, `card`, `secret`, `injection`, `topic`. */
  kinds: readonly string[];
  /** How many characters before and after a match must be at hand: what streams hold back. */
  reach: number;
  find(text: string, context: FindContext): Finding[];
}

/** One that asks somebody else: an HTTP service, a model. */
export interface AsyncDetector {
  name: string;
  kinds: readonly string[];
  reach: number;
  find(text: string, context: FindContext, signal: AbortSignal): Promise<Finding[]>;
}

const modeNames = ["observe", "mask", "block", "ask"] as const;

export const checkedTextSchema = z.object({
  outcome: z.enum(["passed", "observed", "masked", "asked", "blocked"]),
  findings: z.array(
    z.object({
      kind: z.string(),
      start: z.number().int().describe("UTF-16 units into the text"),
      end: z.number().int(),
      score: z.number(),
      detector: z.string(),
      why: z.string(),
      mode: z.enum(modeNames),
      policy: z.string(),
    }),
  ),
  text: z.string().describe("as it would go on, with what is masked taken out"),
});
export type CheckedText = z.infer<typeof checkedTextSchema>;

export const guardrailsViewSchema = z.object({
  policies: z.array(
    z.object({
      name: z.string(),
      applies_to: z.object({
        routes: z.array(z.string()).optional(),
        data_classes: z.array(z.string()).optional(),
        keys: z.array(z.string()).optional(),
        teams: z.array(z.string()).optional(),
        projects: z.array(z.string()).optional(),
      }),
      checks: z.array(
        z.object({
          kinds: z.array(z.string()),
          on: z.array(z.enum(sides)),
          mode: z.enum(modeNames),
          score_min: z.number(),
        }),
      ),
      more: z.array(z.string()).describe("what else it does: spotlight, canary, taint, grounding, outside, judge"),
    }),
  ),
  detectors: z.array(z.object({ name: z.string(), kinds: z.array(z.string()), reach: z.number() })),
});
export type GuardrailsView = z.infer<typeof guardrailsViewSchema>;

const moment = z.coerce.number().int().min(0).optional();

export const findingsQuerySchema = z.object({
  since_ms: moment.describe("by default a day ago"),
  until_ms: moment.describe("exclusive; by default now"),
  bucket: z.enum(["minute", "hour", "day", "none"]).default("none").describe("of outcomes; 1,000 of them at most"),
  filter: z.string().optional().describe("of calls; see docs/reference/filters.md"),
  limit: z.coerce.number().int().min(1).max(1000).default(100).describe("kinds, and findings, of which there are most"),
});

export const findingsViewSchema = z.object({
  since_ms: z.number().int(),
  until_ms: z.number().int(),
  calls: z.number().int().describe("in which something was found"),
  kinds: z
    .array(z.object({ kind: z.string(), calls: z.number().int() }))
    .describe("the most frequent first; a call may have several"),
  outcomes: z
    .array(
      z.object({
        at_ms: z.number().int().nullable().describe("where the bucket begins, UTC; null without buckets"),
        outcome: z.string().describe("what became of what was found"),
        calls: z.number().int(),
      }),
    )
    .describe("in the order of time; what is not there is nought"),
  findings: z
    .array(
      z.object({
        name: z.string().describe("the policy"),
        kind: z.string(),
        outcome: z.string(),
        side: z.string(),
        vendor: z.string().nullable(),
        count: z.number().int(),
      }),
    )
    .describe("the most frequent first"),
});
export type FindingsView = z.infer<typeof findingsViewSchema>;

export const guardrailsContract = {
  list: oc
    .route({
      method: "GET",
      path: "/guardrails",
      summary: "Guardrail policies, and the detectors that there are",
      tags: ["Guardrails"],
    })
    .output(guardrailsViewSchema),
  findings: oc
    .route({
      method: "GET",
      path: "/guardrails/findings",
      summary:
        "What guardrails found in calls, counted: by kind, by what became of it and when, by policy, side and vendor",
      tags: ["Guardrails"],
    })
    .input(findingsQuerySchema)
    .output(findingsViewSchema),
  check: oc
    .route({
      method: "POST",
      path: "/guardrails/check",
      summary: "What the guardrails find in a text; nothing of it is kept",
      tags: ["Guardrails"],
    })
    .input(
      z.object({
        text: z.string().max(TEXT_LENGTH_MAX),
        side: z.enum(sides).default("input"),
        policy: z.string().optional().describe("by default all detectors look, and nothing is masked"),
      }),
    )
    .output(checkedTextSchema),
};
