// What guardrails found, by policy, kind and what then happened.
import type { CallRecord } from "../../ledger/contract.ts";
import type { OwnMetrics, Sample } from "./own-metrics.ts";

export interface GuardrailFigures {
  add(record: CallRecord): void;
  all(): readonly Sample[];
}

/** Policies are few; what other programs call their findings need not be. */
const LABEL_SETS_MAX = 500;

export function createGuardrailFigures(): GuardrailFigures {
  const counts = new Map<string, { labels: Record<string, string>; value: number }>();
  return {
    add({ guardrails }) {
      for (const { name, outcome, kind = "" } of guardrails) {
        const key = `${name}\n${outcome}\n${kind}`;
        const known = counts.get(key);
        if (known) known.value += 1;
        else if (counts.size < LABEL_SETS_MAX) counts.set(key, { labels: { policy: name, outcome, kind }, value: 1 });
      }
    },
    all: () => [...counts.values()],
  };
}

export function addGuardrails(metrics: OwnMetrics, figures: GuardrailFigures): void {
  metrics.counter("guardrail_findings_total", "What guardrails found, by what then happened", figures.all);
}
