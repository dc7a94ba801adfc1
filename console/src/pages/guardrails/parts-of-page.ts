// The parts that the page has, as its address names them.

export const guardrailTabs = ["policies", "try", "findings"] as const;
