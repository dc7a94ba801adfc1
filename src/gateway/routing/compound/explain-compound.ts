// What a route would do with more than one target for one call, in words.
import type { Explanation } from "../../contract.ts";
import type { DraftSpec, EnsembleSpec } from "../language/compound.ts";
import type { CompoundPlan, Judge, Plan } from "../plan-shape.ts";

type Explained = Explanation["compound"][number];

export function explainCompound({ compound, shadows }: Plan): Explained[] {
  const copies = shadows?.targets.map(({ name }): Explained => {
    const often = shadows.share < 1 ? `of one call in ${Number((1 / shadows.share).toPrecision(3))}` : "of every call";
    return { target: name, role: "shadow", says: `gets a copy ${often}; nobody waits for it` };
  });
  return [...(compound ? [...explainMembers(compound), ...explainJudge(compound)] : []), ...(copies ?? [])];
}

function explainMembers({ members, spec }: CompoundPlan): Explained[] {
  return members.map(({ target, reason }, place) => {
    if (spec.kind === "ensemble") return { target: target.id, role: "member", says: reason };
    const isLast = place === members.length - 1;
    if (isLast) return { target: target.id, role: "final", says: `${reason}; its answer is given as it comes` };
    return { target: target.id, role: "draft", says: `${reason}; accepted if ${describeChecks(spec)}` };
  });
}

function describeChecks({ accept, judge, holdsStreams }: DraftSpec): string {
  const checks = [
    accept.finish === "stop" && "it came to its own end",
    accept.no_refusal && "it does not refuse",
    accept.valid_json && "its JSON fits what was asked for",
    accept.min_mean_logprob !== undefined && `its log probabilities have a mean of ${accept.min_mean_logprob} at least`,
    judge && `${judge.by.name} gives it ${judge.threshold} of 1 at least`,
  ].filter((check) => typeof check === "string");
  return `${checks.join(", ") || "it says anything"}${holdsStreams ? "" : "; streams are not drafted"}`;
}

function explainJudge({ judge, spec }: CompoundPlan): Explained[] {
  if (!judge) return [];
  const says = judge.lack === undefined ? judgeSays(spec) : `is not asked, ${judge.lack}`;
  return [{ target: nameOf(judge), role: "judge", says }];
}

function judgeSays({ kind }: EnsembleSpec | DraftSpec): string {
  return kind === "ensemble" ? "is shown the answers and chooses one" : "grades drafts that pass the other checks";
}

function nameOf(judge: Judge): string {
  return judge.target ? judge.target.id : judge.name;
}
