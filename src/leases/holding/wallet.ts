// All purses of this process: takes from several at once, or from none.
import { type Account, accountKey, type Claim, type Held } from "../account.ts";
import { type LeaseBook, loosePage } from "../lease-book.ts";
import { createPurse, freeIn, isTight, isUntold, type Purse, settle, take } from "./purse.ts";

export interface Wallet {
  purseOf(account: Account): Purse;
  purses(): IterableIterator<Purse>;
  tryTake(claims: readonly Claim[]): Held | undefined;
  /** Drops purses that are empty, and were for long. */
  forgetUnused(idleMs: number): void;
}

export interface WalletDeps {
  book: LeaseBook;
  nowMs(): number;
  /** Something was settled that others wait for. */
  onFreed(): void;
}

interface Taken {
  purse: Purse;
  amount: number;
}

export function createWallet({ book, nowMs, onFreed }: WalletDeps): Wallet {
  const purses = new Map<string, Purse>();

  /** Accounts are seldom made anew: the same object is found without its name being put together. */
  const found = new WeakMap<Account, Purse>();

  function purseOf(account: Account): Purse {
    const seen = found.get(account);
    if (seen && !seen.isClosed) return seen;
    const purse = findPurse(account);
    found.set(account, purse);
    return purse;
  }

  function findPurse(account: Account): Purse {
    const key = accountKey(account);
    const known = purses.get(key);
    if (known) return known;
    const purse = createPurse(account, book.open(account) ?? loosePage(), nowMs());
    purses.set(key, purse);
    return purse;
  }

  function settleAll(taken: readonly Taken[], actual: readonly number[]): void {
    let isWanted = false;
    const now = nowMs();
    for (let index = 0; index < taken.length; index += 1) {
      const { purse, amount } = taken[index] as Taken;
      if (!isUntold(purse)) purse.untoldSinceMs = now;
      settle(purse, amount, actual[index] ?? 0);
      isWanted ||= isTight(purse, now);
    }
    if (isWanted) onFreed();
  }

  return {
    purseOf,
    purses: () => purses.values(),
    tryTake(claims) {
      const taken: Taken[] = [];
      const now = nowMs();
      for (const { account, amount } of claims) {
        const purse = purseOf(account);
        purse.usedAtMs = now;
        if (freeIn(purse) < amount) return undefined;
        taken.push({ purse, amount });
      }
      for (const { purse, amount } of taken) take(purse, amount);
      return { ok: true, settle: (actual) => settleAll(taken, actual) };
    },
    forgetUnused(idleMs) {
      for (const [key, purse] of purses) {
        const isEmpty = purse.page.held === 0 && !purse.hasNews && freeIn(purse) === 0;
        if (!isEmpty || nowMs() - purse.usedAtMs <= idleMs || isTight(purse, nowMs())) continue;
        purse.isClosed = true;
        purses.delete(key);
        book.close(purse.page);
      }
    },
  };
}
