// A call that asks several targets for one answer. It comes to what one try at one target comes to, an answer that can be given,
// so that the story of the call goes on as for any other; what else was asked is on the record and on the bill.
import type { RunningAttempt } from "../attempt.ts";
import type { Trying } from "../hedging/try-hedged.ts";
import type { CompoundPlan, Plan } from "../routing/plan-shape.ts";
import type { Asking, CompoundDeps } from "./asking.ts";
import { createBill } from "./bill.ts";
import { askDrafts } from "./draft.ts";
import { askEnsemble } from "./ensemble.ts";

export type TryInOrder<Deps> = (deps: Deps, plan: Plan, trying: Trying) => Promise<RunningAttempt>;

interface Several<Deps> {
  plan: Plan;
  compound: CompoundPlan;
  /** For a target whose answer goes to the caller as it comes. */
  tryInOrder: TryInOrder<Deps>;
}

/** Throws what the call fails with. */
export async function askSeveral<Deps extends CompoundDeps>(
  deps: Deps,
  { plan, compound, tryInOrder }: Several<Deps>,
  trying: Trying,
): Promise<RunningAttempt> {
  const { incoming, settlement, turn } = trying;
  const bill = createBill({ ...deps, startedMs: incoming.startedMs });
  settlement.billedBy(bill.sumUp);
  const hangUp = turn?.hangUp ?? incoming.signal;
  const asking: Asking = { plan, compound, incoming, settlement, hangUp, bill };
  const { spec } = compound;
  if (spec.kind === "ensemble") return askEnsemble(deps, spec, asking);
  // What is held for the call pays for each target once: nobody is asked beside another.
  const passOn = (rest: Plan): Promise<RunningAttempt> => tryInOrder(deps, rest, { ...trying, mayHedge: false });
  return askDrafts(deps, { spec, passOn }, asking);
}
