// What somebody's next call is under, and how much of it is left: their own caps, and those of their team, project and organisation,
// whether anything was spent of them or not. Caps of routes and vendors depend on the call, and are left out.
import type { BudgetView } from "../contract.ts";
import type { Bearer } from "./bearer.ts";
import { type ListBudgetsDeps, ROWS_A_BUDGET, viewOf } from "./list-budgets.ts";

/** Throws when the database is away. */
export async function listOwnLimits(
  bearer: Bearer,
  { leases, caps, nowMs }: Omit<ListBudgetsDeps, "rulesOf">,
): Promise<BudgetView[]> {
  // A burst is a part of its limit.
  const all = caps.of(bearer, nowMs).filter(({ account }) => account.refillPerMs === undefined);
  if (all.length === 0) return [];
  const ids = all.map(({ account }) => account.id);
  const rows = await leases.usage({ afterId: "", limit: ids.length * ROWS_A_BUDGET, ids });
  return all.map((cap) =>
    viewOf(
      cap,
      rows.filter(({ id }) => id === cap.account.id),
    ),
  );
}
