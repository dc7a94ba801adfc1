// All pages, in the order of the navigation: what each is called, where it is, and what its reader must be allowed to do to see
// it. A page that the reader may not see is not offered; the server refuses it in any case.
import type { OwnSession } from "../../../../src/identity/contract.ts";

export const groups = ["now", "records", "traffic", "rules", "people", "proof", "installation"] as const;
export type Group = (typeof groups)[number];

export const groupTitles: Record<Group, string> = {
  now: "Now",
  records: "Record",
  traffic: "Traffic",
  rules: "Rules",
  people: "People",
  proof: "Proof",
  installation: "Installation",
};

export interface PageEntry {
  path: string;
  title: string;
  group: Group;
  /** An action that must be allowed; or `records` or `figures`: some, are shown to the reader, if only their own project's. */
  needs: string;
  /** Typed after `g`, it goes there. */
  letter: string;
  /** What people call it besides: for finding. */
  also: string;
}

export const pages: readonly PageEntry[] = [
  { path: "/", title: "Helm", group: "now", needs: "read_status", letter: "h", also: "home overview dashboard" },
  {
    path: "/alerts",
    title: "SLOs and alerts",
    group: "now",
    needs: "read_figures",
    letter: "a",
    also: "objectives burn silences channels",
  },
  { path: "/drift", title: "Drift", group: "now", needs: "read_figures", letter: "d", also: "baselines detectors" },
  { path: "/calls", title: "Calls", group: "records", needs: "records", letter: "c", also: "requests log record" },
  { path: "/traces", title: "Traces", group: "records", needs: "records", letter: "t", also: "spans agents tools" },
  {
    path: "/sessions",
    title: "Sessions",
    group: "records",
    needs: "records",
    letter: "s",
    also: "conversations threads",
  },
  { path: "/users", title: "Users", group: "records", needs: "records", letter: "u", also: "activity end users" },
  {
    path: "/cost",
    title: "Cost",
    group: "records",
    needs: "figures",
    letter: "o",
    also: "spend money charge-back forecast patterns",
  },
  {
    path: "/routes",
    title: "Routes and vendors",
    group: "traffic",
    needs: "read_config",
    letter: "r",
    also: "targets models fallback health breaker",
  },
  { path: "/playground", title: "Playground", group: "traffic", needs: "call", letter: "p", also: "chat compare try" },
  {
    path: "/policies",
    title: "Policies",
    group: "rules",
    needs: "read_policies",
    letter: "l",
    also: "cedar rights dry run",
  },
  {
    path: "/guardrails",
    title: "Guardrails",
    group: "rules",
    needs: "read_config",
    letter: "g",
    also: "findings detectors masking injection",
  },
  {
    path: "/approvals",
    title: "Approvals",
    group: "rules",
    needs: "read_approvals",
    letter: "v",
    also: "inbox decide delegations",
  },
  {
    path: "/switches",
    title: "Kill switches",
    group: "rules",
    needs: "read_status",
    letter: "k",
    also: "stop emergency",
  },
  {
    path: "/directory",
    title: "Teams and budgets",
    group: "people",
    needs: "read_directory",
    letter: "e",
    also: "people projects users limits organisations",
  },
  { path: "/keys", title: "Keys", group: "people", needs: "read_keys", letter: "y", also: "api credentials" },
  { path: "/audit", title: "Audit trail", group: "proof", needs: "read_audit", letter: "i", also: "proofs verify" },
  {
    path: "/compliance",
    title: "Compliance",
    group: "proof",
    needs: "read_audit",
    letter: "m",
    also: "reports frameworks evidence vault",
  },
  {
    path: "/settings",
    title: "Settings",
    group: "installation",
    needs: "read_config",
    letter: ",",
    also: "configuration retention storage health about",
  },
];

/** The household's chat: home for whoever may call models and look at nothing else. */
export const chatPage: PageEntry = {
  path: "/chat",
  title: "Chat",
  group: "now",
  needs: "call",
  letter: "",
  also: "talk ask",
};

/** What is offered to a reader. Those who see nothing of the installation get their chat. */
export function pagesFor(session: OwnSession): PageEntry[] {
  const seen = pages.filter((page) => isShown(page, session));
  const looks = seen.some(({ needs }) => needs !== "call");
  return looks ? seen : [chatPage];
}

function isShown({ needs }: PageEntry, { actions, sees }: OwnSession): boolean {
  if (needs === "records" || needs === "figures") return sees[needs] === "organisation" || sees[needs] === "project";
  return actions.includes(needs);
}
