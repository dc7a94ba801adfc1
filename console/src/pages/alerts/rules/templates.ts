// What a new rule of each kind begins with: what must be said, and what one most likely wants to change.

export const templates: Readonly<Record<string, { label: string; spec: Record<string, unknown> }>> = {
  error_spike: {
    label: "Too many calls fail",
    spec: { kind: "error_spike", per: ["route"], rate: 0.1, window: "5m", severity: "critical" },
  },
  latency: {
    label: "Answers are slower than usual",
    spec: { kind: "latency", per: ["model"], of_what: "duration", factor: 1.5, for: "10m" },
  },
  cost: { label: "More money is spent than a sum", spec: { kind: "cost", per: ["team"], usd: 50, every: "day" } },
  cost_anomaly: {
    label: "More money is spent than usual",
    spec: { kind: "cost_anomaly", per: ["team"], min_usd: 5, deviations: 5 },
  },
  quality: {
    label: "Judgements sink",
    spec: { kind: "quality", score: "helpfulness", below: 0.6, window: "1h" },
  },
  slo_burn: { label: "An objective's budget burns", spec: { kind: "slo_burn", slos: [] } },
  budget_forecast: {
    label: "A budget will be used up before it renews",
    spec: { kind: "budget_forecast", within: "1d" },
  },
  no_data: { label: "Nothing comes any more", spec: { kind: "no_data", per: ["service"], window: "15m" } },
  signal_lag: { label: "A signal comes late", spec: { kind: "signal_lag" } },
  drift: { label: "Calls are not what they were", spec: { kind: "drift" } },
};
