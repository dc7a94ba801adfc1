// How a call may end, as far as its caller could see.

export const callOutcomes = ["ok", "refused", "failed", "truncated", "cancelled"] as const;
export type CallOutcome = (typeof callOutcomes)[number];
