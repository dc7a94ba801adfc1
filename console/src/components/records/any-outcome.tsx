// How any record ended: spans of other programs say ok or failed, own calls one of five.
import { callOutcomes, type CallOutcome } from "../../../../src/ledger/outcomes/contract.ts";
import { Outcome } from "../parts/outcome.tsx";

export function AnyOutcome({ outcome }: { outcome: string }) {
  return isCallOutcome(outcome) ? <Outcome outcome={outcome} /> : <bdi>{outcome}</bdi>;
}

export function isCallOutcome(outcome: string): outcome is CallOutcome {
  return callOutcomes.some((each) => each === outcome);
}
