// The parts that the page has, as its address names them.

export const policyTabs = ["active", "versions", "edit"] as const;
export type PolicyTab = (typeof policyTabs)[number];
