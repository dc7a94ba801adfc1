// A route, and what it would do with a request, for tests of the commands that show them.
import type {
  Explanation,
  RouteChanged,
  RouteVersionView,
  RouteView,
  TargetHealth,
} from "../../../gateway/contract.ts";

export function sampleRoute(): RouteView {
  const targets = ["sim/sim-small", "sim/sim-large"];
  return {
    name: "fast",
    source: "api",
    strategy: "weighted",
    affinity: "session",
    targets,
    plan: { strategy: "weighted", targets },
    revision: 3,
    changed_at_ms: new Date(2026, 10, 20, 9, 30).getTime(),
    changed_by: { key_id: "0aB1cD2eF3gH", key_name: "ops" },
  };
}

export function sampleChange(name: string): RouteChanged {
  return {
    route: { ...sampleRoute(), name, revision: 4 },
    revision_before: 3,
    approval_id: null,
    changes: ["~ targets.0: sim/sim-small → sim/sim-large", "+ sticky_by: user", "- affinity: session"],
  };
}

export function sampleVersions(): RouteVersionView[] {
  const changed_by = { key_id: "0aB1cD2eF3gH", key_name: "ops" };
  const changed_at_ms = new Date(2026, 10, 20, 9, 30).getTime();
  const plans = [{ targets: ["sim/sim-large"] }, { targets: ["sim/sim-small"] }, null, { targets: ["sim/sim-old"] }];
  return plans.map((plan, index) => ({ revision: 9 - index, changed_at_ms, changed_by, plan }));
}

export function sampleExplanation(times?: number): Explanation {
  const reason = "drawn by user with weight 95 of 100";
  return {
    model: "fast",
    route: { name: "fast", strategy: "weighted", reason: "the route fast chooses by weighted, the same for each user" },
    considered: [
      { target: "sim/sim-small", chosen: true, reason },
      { target: "sim/sim-large", chosen: false, reason: "passed over: its condition does not hold: team" },
    ],
    attempts: [{ target: "sim/sim-small", reason: `first: ${reason}`, credential: null }],
    distribution:
      times === undefined
        ? null
        : [
            { target: "sim/sim-small", calls: times - 51, share: (times - 51) / times },
            { target: "sim/sim-large", calls: 50, share: 50 / times },
            { target: null, calls: 1, share: 1 / times },
          ],
    compound: [
      { target: "sim/sim-reasoning", role: "shadow", says: "gets a copy of one call in 10; nobody waits for it" },
    ],
    facts: {
      complexity: 0.12,
      similarities: { "fast.targets.0": 0.62 },
      input_tokens: 340,
      region: "eu",
      data_class: null,
    },
  };
}

export function sampleTargets(): TargetHealth[] {
  const well: TargetHealth = {
    target: "sim/sim-small",
    vendor: "sim",
    model: "sim-small",
    process: 1,
    breaker: "closed",
    on_probation: false,
    why: null,
    open_for_ms: null,
    rests_for_ms: 0,
    failure_share: 0,
    in_flight: 0,
    first_token_ms: 20,
    per_token_ms: 1,
    idle_for_ms: 500,
    has_credential: true,
  };
  const ill = { breaker: "open", why: "failures_in_row", open_for_ms: 2000, rests_for_ms: 3000 } as const;
  return [
    { ...well, ...ill, target: "a/one", vendor: "a", model: "one", failure_share: 0.75, first_token_ms: null },
    well,
  ];
}
