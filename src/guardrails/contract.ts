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

export const guardrailsContract = {
  list: oc
    .route({
      method: "GET",
      path: "/guardrails",
      summary: "Guardrail policies, and the detectors that there are",
      tags: ["Guardrails"],
    })
    .output(guardrailsViewSchema),
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
