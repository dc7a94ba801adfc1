// What the signals of the Observability Boundary are called, and what each says.
import type { SignalName } from "../../../../../src/observability/contract.ts";

export const signalNames: Readonly<Record<SignalName, string>> = {
  cost: "cost",
  budget: "budgets",
  latency: "latency",
  route_decision: "routes",
  model_version: "model versions",
  drift: "drift",
  guardrail: "guardrails",
  authority: "authority",
  records: "records",
};

export const signalMeanings: Readonly<Record<SignalName, string>> = {
  cost: "from an answer's end until its cost counts against caps",
  budget: "from a change of a cap until every process holds to it",
  latency: "from an answer until routing knows how long it took",
  route_decision: "from a change of a route until every process decides by it",
  model_version: "from an answer until a new version of its model is noticed",
  drift: "from a call until drift is looked for in it",
  guardrail: "from a finding until it can be acted on",
  authority: "from a change of keys or policies until every process holds to it",
  records: "from a call's end until lists, sums and alerts have it",
};
