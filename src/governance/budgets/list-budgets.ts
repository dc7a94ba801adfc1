// What became of budgets and limits so far: the books of all processes, beside the caps.
import type { Leases, Usage } from "../../leases/index.ts";
import type { BudgetView } from "../contract.ts";
import { type AccountOwner, type Cap, type Caps, ownerOf } from "./caps.ts";
import type { Sight } from "../authority/rights.ts";
import type { Rule } from "./rules.ts";
import { accountsSeen } from "./seen-accounts.ts";

export interface BudgetPage {
  limit: number;
  cursor?: string | undefined;
  /** Whose; all that there are where it is left out. */
  of?: Sight | undefined;
}

export interface ListBudgetsDeps {
  leases: Leases;
  caps: Caps;
  /** What a user, team, project or key carries of its own. */
  rulesOf(owner: AccountOwner): Promise<readonly Rule[]>;
  nowMs: number;
}

/** Those that anything was spent of in the window that holds now. A cap of many slices is one line. */
export async function listBudgets(
  { limit, cursor, of }: BudgetPage,
  { leases, caps, rulesOf, nowMs }: ListBudgetsDeps,
): Promise<{ budgets: BudgetView[]; next_cursor: string | null }> {
  const seen = of && accountsSeen(of);
  const rows = await leases.usage({ afterId: cursor ?? "", limit: limit * ROWS_A_BUDGET, ...seen });
  const ids = [...new Set(rows.map(({ id }) => id))];
  // The last one may go on beyond what was read.
  const isCut = rows.length === limit * ROWS_A_BUDGET;
  const shown = (isCut && ids.length > 1 ? ids.slice(0, -1) : ids).slice(0, limit);
  const budgets: BudgetView[] = [];
  // One after the other: those of keys that are not in memory are looked up, and few may be at once.
  for (const id of shown) {
    const cap = caps.behind(id, await rulesOf(ownerOf(id)), nowMs);
    if (cap) budgets.push(viewOf(cap, ofId(rows, id)));
  }
  return { budgets, next_cursor: isCut || shown.length < ids.length ? (shown.at(-1) ?? null) : null };
}

const ofId = (rows: readonly Usage[], id: string): Usage[] => rows.filter((row) => row.id === id);

/** Slices of a sliding window, and windows that are over. */
export const ROWS_A_BUDGET = 40;

export function viewOf({ account, unit, whose, every }: Cap, rows: readonly Usage[]): BudgetView {
  const counted = rows.filter(({ startsAtMs }) => startsAtMs > account.countsAfterMs);
  const spent = counted.reduce((sum, row) => sum + row.spent, 0);
  const out = counted.reduce((sum, row) => sum + row.out, 0);
  const isSliding = unit !== "usd";
  return {
    id: account.id,
    whose,
    unit: unit === "usd" ? "usd_micros" : unit,
    every,
    cap: account.cap,
    spent,
    held: out - spent,
    left: Math.max(0, account.cap - out),
    renews_at_ms: isSliding || every === "ever" ? null : account.endsAtMs,
  };
}
