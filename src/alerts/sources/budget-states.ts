// Budgets of money as governance lists them, with the time at which their window began.
import type { BudgetView } from "../../governance/contract.ts";
import type { Governance } from "../../governance/index.ts";
import type { BudgetState } from "../figures.ts";

const PAGE = 200;
/** Pages that are read at one look. */
const PAGES_MAX = 5;
const DAY_MS = 86_400_000;

/** Those that renew: one that never does has no time to be used up before. */
export async function readBudgetStates({ budgets }: Pick<Governance, "budgets">): Promise<BudgetState[]> {
  const found: BudgetState[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const read = await budgets({ limit: PAGE, cursor });
    found.push(...read.budgets.flatMap(stateOf));
    if (read.next_cursor === null) break;
    cursor = read.next_cursor;
  }
  return found;
}

function stateOf({ id, whose, unit, every, cap, spent, renews_at_ms }: BudgetView): BudgetState[] {
  if (unit !== "usd_micros" || renews_at_ms === null) return [];
  return [{ id, whose, cap, spent, starts_at_ms: beginningOf(every, renews_at_ms), renews_at_ms }];
}

function beginningOf(every: string | null, renewsAtMs: number): number {
  if (every === "day") return renewsAtMs - DAY_MS;
  if (every === "week") return renewsAtMs - 7 * DAY_MS;
  const end = new Date(renewsAtMs);
  return Date.UTC(end.getUTCFullYear(), end.getUTCMonth() - 1);
}
