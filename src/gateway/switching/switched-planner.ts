// Plans without what is switched off: a call that is switched off is refused, a target is passed over.
import type { AppError } from "../../kernel/index.ts";
import type { Planner } from "../routing/planner.ts";
import type { CompoundPlan, Plan, PlannedAttempt } from "../routing/plan-shape.ts";
import type { PlannedCall } from "../routing/facts/request-facts.ts";
import type { Stopping } from "./stopping.ts";

type PlanCall = Planner["plan"];

/** Its plans throw `governance.switched_off`, too. */
export function createSwitchedPlanner(planner: Planner, stopping: Stopping): Planner {
  const switched =
    (planCall: PlanCall): PlanCall =>
    (model, call) => {
      if (!stopping.thrown) return planCall(model, call);
      return planWithout(planCall, { model, call, stopping });
    };
  return {
    ...planner,
    plan: switched(planner.plan),
    foresee: switched(planner.foresee),
    rehearse: () => switched(planner.rehearse()),
  };
}

interface Switched {
  model: string;
  call: PlannedCall;
  stopping: Stopping;
}

function planWithout(planCall: PlanCall, { model, call, stopping }: Switched): Plan {
  const off = stopping.ofCall({ ...call, model });
  if (off) throw off;
  const plan = planCall(model, call);
  const whyOff = new Map<string, AppError>();
  const isOn = ({ target }: PlannedAttempt): boolean => {
    const why = whyOff.get(target.id) ?? stopping.ofTarget(target);
    if (why) whyOff.set(target.id, why);
    return !why;
  };
  const attempts = plan.attempts.filter(isOn);
  const compound = plan.compound && compoundWithout(plan.compound, { isOn, stopping });
  const [first] = whyOff.values();
  if (!first) return { ...plan, compound };
  if (attempts.length === 0) throw first;
  const considered = plan.considered.map((each) => {
    const why = whyOff.get(each.target);
    return why ? { ...each, chosen: false, reason: why.message } : each;
  });
  return { ...plan, attempts, considered, compound };
}

function compoundWithout(
  compound: CompoundPlan,
  { isOn, stopping }: { isOn(attempt: PlannedAttempt): boolean; stopping: Stopping },
): CompoundPlan {
  const { judge } = compound;
  const why = judge?.target && stopping.ofTarget(judge.target);
  return {
    ...compound,
    members: compound.members.filter(isOn),
    judge: why ? { name: judge.target.id, lack: "for it is switched off" } : judge,
  };
}
