// What a route may do with more than one target for one call, as it is written and as planning wants it: shadows beside any
// route, and two strategies of a route's own, which stand in no other plan. They are carried out in gateway/compound.
import { z } from "zod";
import { duration } from "../../../kernel/index.ts";
import {
  compileSideTarget,
  type SideTarget,
  sideTargetSchema,
  type SideTargetConfig,
  targetName,
} from "./side-target.ts";

export const compoundStrategies = ["ensemble", "draft_then_final"] as const;
export type CompoundStrategy = (typeof compoundStrategies)[number];

const SHADOWS_MAX = 4;
/** Each is asked at once, and paid for. */
const MEMBERS_MAX = 8;

const acceptSchema = z.strictObject({
  finish: z
    .enum(["stop", "any"])
    .default("stop")
    .describe("stop: the answer came to its own end; one that was cut short is not accepted"),
  no_refusal: z.boolean().default(true).describe("an answer that refuses is not accepted"),
  valid_json: z.boolean().default(true).describe("where the request asks for JSON, the answer fits what was asked"),
  min_mean_logprob: z
    .number()
    .max(0)
    .optional()
    .describe("the mean of its tokens' log probabilities is no less; they are asked for"),
  judge: z
    .strictObject({
      target: targetName,
      threshold: z.number().gt(0).max(1).describe("the least that it must give, of 1"),
      region: z.string().min(1).max(100).optional(),
      data_classes: z.array(z.string().min(1).max(100)).min(1).max(100).optional(),
    })
    .optional()
    .describe("a model that is shown question and answer, and says how well it answers; the last check"),
});
export type AcceptConfig = z.output<typeof acceptSchema>;

export const compoundFields = {
  shadow: z
    .array(sideTargetSchema)
    .min(1, "name at least one target, or leave it out")
    .max(SHADOWS_MAX)
    .optional()
    .describe("vendor/model each: gets a copy of the call, and its answer is recorded only"),
  share: z
    .number()
    .gt(0)
    .max(1)
    .optional()
    .describe("with `shadow`: of how many calls, as a part of 1; all if left out"),
  decide: z
    .enum(["vote", "judge", "first_good"], "an ensemble decides by vote, judge or first_good")
    .optional()
    .describe("ensemble only: whose answer is given"),
  judge: sideTargetSchema.optional().describe("ensemble that decides by judge: the model that is shown the answers"),
  quorum: z
    .number()
    .int()
    .min(1)
    .max(MEMBERS_MAX)
    .optional()
    .describe(
      "ensemble only: so many answers are needed, and no more are waited for; if left out all are, and one will do",
    ),
  timeout: duration().optional().describe("ensemble only: who has not answered by then is let go"),
  accept: acceptSchema
    .optional()
    .describe("draft_then_final only: what an answer must be so that nobody else is asked"),
  stream: z
    .enum(["hold", "final"])
    .optional()
    .describe("draft_then_final only: streams are held until they are accepted, or go to the last target at once"),
};

/** What a route says of these, as far as it does. */
export interface CompoundConfig {
  shadow?: (string | SideTargetConfig)[] | undefined;
  share?: number | undefined;
  decide?: "vote" | "judge" | "first_good" | undefined;
  judge?: string | SideTargetConfig | undefined;
  quorum?: number | undefined;
  timeout?: number | undefined;
  accept?: AcceptConfig | undefined;
  stream?: "hold" | "final" | undefined;
}

interface Checked extends CompoundConfig {
  strategy: string;
  affinity: string;
  targets: readonly unknown[];
}

type Refuse = (message: string, path: (string | number)[]) => void;

const ENSEMBLE_KEYS = ["decide", "judge", "quorum", "timeout"] as const;
const DRAFT_KEYS = ["accept", "stream"] as const;

export function checkCompound(route: Checked, refuse: Refuse): void {
  const { strategy, shadow, share, affinity, targets } = route;
  if (share !== undefined && !shadow) refuse("goes with `shadow`, which is not there", ["share"]);
  refuseKeys(route, { keys: ENSEMBLE_KEYS, goesWith: "ensemble", refuse });
  refuseKeys(route, { keys: DRAFT_KEYS, goesWith: "draft_then_final", refuse });
  if (!isCompound(strategy)) return;
  if (affinity !== "none") refuse(`goes with strategies that ask one target, and this is ${strategy}`, ["affinity"]);
  if (targets.length < 2) refuse(`name at least two targets for ${strategy}`, ["targets"]);
  if (targets.length > MEMBERS_MAX) refuse(`name at most ${MEMBERS_MAX} targets for ${strategy}`, ["targets"]);
  for (const [index, place] of targets.entries())
    if (typeof place === "object" && place !== null && "targets" in place)
      refuse(`in an ${strategy} a place holds one target, not a plan`.replace("an d", "a d"), ["targets", index]);
  if (strategy === "ensemble") checkEnsemble(route, refuse);
}

function checkEnsemble({ decide = "vote", judge, quorum = 1, targets }: Checked, refuse: Refuse): void {
  if (decide === "judge" && !judge) refuse("name the model that judges: `judge: vendor/model`", ["judge"]);
  if (decide !== "judge" && judge) refuse(`goes with \`decide: judge\`, and this is ${decide}`, ["judge"]);
  if (quorum > targets.length) refuse(`there are ${targets.length} targets, and so no more answers`, ["quorum"]);
  if (decide === "first_good" && quorum > 1) refuse("first_good needs one answer", ["quorum"]);
}

interface Keys {
  keys: readonly (keyof CompoundConfig)[];
  goesWith: CompoundStrategy;
  refuse: Refuse;
}

function refuseKeys(route: Checked, { keys, goesWith, refuse }: Keys): void {
  if (route.strategy === goesWith) return;
  for (const key of keys)
    if (route[key] !== undefined) refuse(`goes with \`strategy: ${goesWith}\`, and this is ${route.strategy}`, [key]);
}

export function isCompound(strategy: string): strategy is CompoundStrategy {
  return compoundStrategies.some((each) => each === strategy);
}

export interface ShadowSpec {
  targets: readonly SideTarget[];
  share: number;
}

export interface EnsembleSpec {
  kind: "ensemble";
  decide: "vote" | "judge" | "first_good";
  judge: SideTarget | undefined;
  /** Undefined: all are waited for, and one will do. */
  quorum: number | undefined;
  timeoutMs: number | undefined;
}

export interface DraftSpec {
  kind: "draft_then_final";
  accept: Omit<AcceptConfig, "judge">;
  judge: { by: SideTarget; threshold: number } | undefined;
  holdsStreams: boolean;
}

export type CompoundSpec = EnsembleSpec | DraftSpec;

export function compileShadows({ shadow, share = 1 }: CompoundConfig): ShadowSpec | undefined {
  return shadow && { targets: shadow.map(compileSideTarget), share };
}

export function compileCompound({
  strategy,
  ...said
}: CompoundConfig & { strategy: string }): CompoundSpec | undefined {
  if (strategy === "ensemble") {
    const { decide = "vote", judge, quorum, timeout: timeoutMs } = said;
    const by = judge === undefined ? undefined : compileSideTarget(judge);
    return { kind: strategy, decide, judge: by, quorum, timeoutMs };
  }
  if (strategy !== "draft_then_final") return undefined;
  const { judge, ...accept } = acceptSchema.parse(said.accept ?? {});
  return {
    kind: strategy,
    accept,
    judge: judge && { by: compileSideTarget(judge), threshold: judge.threshold },
    holdsStreams: said.stream !== "final",
  };
}
