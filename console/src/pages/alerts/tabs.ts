// The parts of the page of objectives and alerts, by which its address calls them.

export const alertTabs = ["alerts", "slos", "rules", "silences", "channels", "history"] as const;
export type AlertTab = (typeof alertTabs)[number];
