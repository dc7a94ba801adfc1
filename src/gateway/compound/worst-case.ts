// The most that a call may come to that asks several: all of them, and the judge, at their dearest.
import type { WorstCase } from "../../governance/index.ts";
import type { CallerRequest, Providers } from "../../providers/index.ts";
import type { CompoundPlan } from "../routing/plan-shape.ts";
import { longestChoice, longestGrade } from "./judge/judge-request.ts";

export function worstOfSeveral(
  plan: CompoundPlan,
  request: CallerRequest,
  providers: Pick<Providers, "worstCases" | "worstCase">,
): WorstCase {
  const { members, judge } = plan;
  const targets = members.map(({ target }) => target);
  const cases = providers
    .worstCases(targets, request)
    .map((cost, index) => ({ ...cost, target: targets[index]?.id ?? "" }));
  if (judge?.target) {
    // An ensemble's judge is asked once; one that grades drafts, for each of them.
    const { target } = judge;
    const isEnsemble = plan.spec.kind === "ensemble";
    const times = isEnsemble ? 1 : members.length - 1;
    const longest = isEnsemble ? longestChoice(target, request, members.length) : longestGrade(target, request);
    const cost = providers.worstCase(target, longest);
    for (let time = 0; time < times; time += 1) cases.push({ ...cost, target: target.id });
  }
  const unknown = cases.find(({ usd_micros }) => usd_micros === null);
  const tokens = cases.reduce((sum, each) => sum + each.tokens, 0);
  if (unknown) return { ...unknown, tokens };
  const usd_micros = cases.reduce((sum, each) => sum + (each.usd_micros ?? 0), 0);
  return { usd_micros, tokens, target: cases.map(({ target }) => target).join(" and ") };
}
