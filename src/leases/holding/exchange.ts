// One visit to the database: tells what was spent, gives back what is not needed, asks for what is, and hears what came of it.
import type { Bank, Statement } from "../bank.ts";
import { freeIn, hearBalance, isTight, notePace, type Purse, returnFree } from "./purse.ts";
import type { Need } from "./waiting.ts";

export interface Visit {
  purses: Iterable<Purse>;
  needs: ReadonlyMap<Purse, Need>;
  idleMs: number;
  /** Whether a holder that did not renew may be taken for gone. */
  mayLapse: boolean;
  /** Monotonic, and of the wall. */
  nowMs: number;
  wallMs: number;
}

interface Stated {
  purse: Purse;
  statement: Statement;
}

/** Which purses have something to say, and what. What is returned is no longer used from here on. */
export function stateAll({ purses, needs, idleMs, nowMs, wallMs, mayLapse }: Visit): Stated[] {
  const stated: Stated[] = [];
  for (const purse of purses) {
    notePace(purse, nowMs);
    const need = needs.get(purse);
    const isIdle = !need && (nowMs - purse.usedAtMs > idleMs || wallMs >= purse.account.endsAtMs);
    const isAsked = purse.recall > purse.recallSeen;
    if (isIdle || isTight(purse, nowMs)) returnFree(purse);
    const isShort = need !== undefined && need.amount > freeIn(purse);
    if (isShort || purse.hasNews || isAsked)
      stated.push({ purse, statement: stateOf(purse, { need, nowMs, mayLapse }) });
  }
  return stated;
}

/**
 * What is spent in two seconds is asked for ahead, and again before it runs out, so that no call waits while there is plenty; or
 * what was taken since the last visit, so that the next one is about as far off.
 */
function stateOf(
  purse: Purse,
  { need, nowMs, mayLapse }: { need: Need | undefined; nowMs: number; mayLapse: boolean },
): Statement {
  const { account, page, freed, recentlyTaken, pace } = purse;
  const free = freeIn(purse);
  const amount = Math.max(0, (need?.amount ?? 0) - free);
  const isGenerous = (amount > 0 || free < pace) && !isTight(purse, nowMs);
  purse.recentlyTaken = 0;
  purse.recallSeen = purse.recall;
  return {
    id: account.id,
    startsAtMs: account.startsAtMs,
    countsAfterMs: account.countsAfterMs,
    keptUntilMs: account.keptUntilMs,
    cap: account.cap,
    refillPerMs: account.refillPerMs ?? 0,
    lapses: mayLapse && account.onCrash === "freed",
    spent: page.spent,
    returned: page.returned,
    freed,
    recallSeen: purse.recall,
    need: amount,
    needLeast: Math.max(0, Math.min(amount, (need?.least ?? 0) - free)),
    ahead: isGenerous ? Math.max(16 * amount, 2 * recentlyTaken, 2 * pace) : 0,
    recalls: amount > 0 && need?.recalls === true,
  };
}

/** Throws when the database is away. Gives the recalls that were made for those who wait. */
export async function exchange(
  stated: readonly Stated[],
  { bank, holder, now }: { bank: Bank; holder: string; now: () => number },
) {
  const recalls = new Map<Purse, number>();
  if (stated.length === 0) return recalls;
  const toldAtMs = now();
  const balances = await bank.exchange(
    holder,
    stated.map(({ statement }) => statement),
  );
  const nowMs = now();
  for (const [index, { purse, statement }] of stated.entries()) {
    const balance = balances[index];
    if (!balance) throw new Error(`no balance for ${statement.id}`);
    hearBalance(purse, { told: statement, balance, nowMs, toldAtMs });
    if (statement.recalls) recalls.set(purse, balance.recall);
  }
  return recalls;
}
