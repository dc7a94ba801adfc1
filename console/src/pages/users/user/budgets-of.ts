// Which budgets a user's calls draw on. A budget says whose it is in words: `user ann`, or `team core, model gpt-5`.
import type { BudgetView } from "../../../../../src/governance/contract.ts";

export type Budget = BudgetView;

interface Drawing {
  user: string;
  /** Team and project of the user's calls, together. */
  keys: readonly Readonly<Record<string, string | null>>[];
}

/** The least left, by share, first. */
export function budgetsOf(budgets: readonly BudgetView[], { user, keys }: Drawing): BudgetView[] {
  return budgets
    .filter(({ whose }) => keys.some((key) => isDrawnOn(whose, { user, key })) || bearerOf(whose, "user") === user)
    .toSorted((one, other) => one.left / Math.max(1, one.cap) - other.left / Math.max(1, other.cap));
}

/** Where a budget is of several at once, each must be this user's; of keys, models and routes nothing is known here. */
function isDrawnOn(
  whose: string,
  { user, key }: { user: string; key: Readonly<Record<string, string | null>> },
): boolean {
  const known = { user, team: key["team"], project: key["project"] };
  const named = Object.entries(known).filter(([kind]) => bearerOf(whose, kind) !== undefined);
  return named.length > 0 && named.every(([kind, name]) => bearerOf(whose, kind) === name);
}

function bearerOf(whose: string, kind: string): string | undefined {
  const found = whose.split(", ").find((part) => part.startsWith(`${kind} `));
  return found?.slice(kind.length + 1);
}
