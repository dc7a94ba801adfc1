// The parts that the page has, and what the decided ones are narrowed to, as its address names them.

export const approvalTabs = ["mine", "others", "decided", "delegations"] as const;
export type ApprovalTab = (typeof approvalTabs)[number];

/** What became of it. `silence`: nobody decided in time. */
export const fates = ["approved", "used", "refused", "silence"] as const;
export type Fate = (typeof fates)[number];
