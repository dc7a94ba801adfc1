// The parts of the page of drift, by which its address calls them.

export const driftTabs = ["findings", "profiles", "baselines"] as const;
export type DriftTab = (typeof driftTabs)[number];
