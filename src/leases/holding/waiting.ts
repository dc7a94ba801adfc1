// Calls that wait for capacity: served in the order in which they came, as far as there is enough for them; refused once
// everybody was asked and there was not.
import type { Claim, Held, HoldResult, Shortage } from "../account.ts";
import { freeIn, type Purse } from "./purse.ts";
import type { Wallet } from "./wallet.ts";

export interface Need {
  amount: number;
  /** The smallest of those that wait. */
  least: number;
  /** For some of them, the other holders have not been asked yet. */
  recalls: boolean;
}

export interface Waiting {
  readonly size: number;
  add(claims: readonly Claim[]): Promise<HoldResult>;
  /** Whether somebody waits for one of these already. */
  isFor(claims: readonly Claim[]): boolean;
  needs(): Map<Purse, Need>;
  serve(): void;
  /** After an exchange that spoke for all who wait: the recall that was made for them, by purse. */
  noteRecalls(recalls: ReadonlyMap<Purse, number>): void;
  /** Those for whom nothing is left anywhere, and those who waited for too long; of those who came before `beforeMs`. */
  refuseShort(beforeMs: number, waitMaxMs: number): void;
  refuseAll(): void;
}

interface Waiter {
  claims: readonly Claim[];
  sinceMs: number;
  rounds: Map<Purse, Round>;
  resolve(result: HoldResult): void;
}

/**
 * One round of asking all others for what they do not need. When all have answered, each had nothing to spare at the moment
 * of its own answer. That the sum was not enough at one and the same moment, the next round shows: since then no more was freed
 * than they told, and with what was left at that moment it does not come to the amount.
 */
interface Round {
  /** Undefined until they were asked. */
  recall: number | undefined;
  /** What was left, and what the others had freed in all, when the round before was answered by everyone. */
  before: { left: number; freed: number } | undefined;
}

export function createWaiting(wallet: Wallet, nowMs: () => number): Waiting {
  let waiters: Waiter[] = [];
  const pursesOf = ({ claims }: Waiter): Purse[] => claims.map(({ account }) => wallet.purseOf(account));

  function tryServe({ claims, resolve }: Waiter): boolean {
    const held: Held | undefined = wallet.tryTake(claims);
    if (held) resolve(held);
    return held !== undefined;
  }

  return {
    get size() {
      return waiters.length;
    },
    add: (claims) =>
      new Promise((resolve) => void waiters.push({ claims, sinceMs: nowMs(), rounds: new Map(), resolve })),
    isFor: (claims) =>
      waiters.some((waiter) =>
        waiter.claims.some(({ account: { id } }) => claims.some(({ account }) => account.id === id)),
      ),
    needs() {
      const needs = new Map<Purse, Need>();
      for (const waiter of waiters)
        for (const { account, amount } of waiter.claims) {
          const purse = wallet.purseOf(account);
          const { amount: sum, least, recalls } = needs.get(purse) ?? { amount: 0, least: amount, recalls: false };
          const isNew = recalls || waiter.rounds.get(purse)?.recall === undefined;
          needs.set(purse, { amount: sum + amount, least: Math.min(least, amount), recalls: isNew });
        }
      return needs;
    },
    serve() {
      waiters = waiters.filter((waiter) => !tryServe(waiter));
    },
    noteRecalls(recalls) {
      for (const waiter of waiters)
        for (const purse of pursesOf(waiter)) {
          const recall = recalls.get(purse);
          const round = waiter.rounds.get(purse);
          if (recall !== undefined && round?.recall === undefined)
            waiter.rounds.set(purse, { recall, before: round?.before });
        }
    },
    refuseShort(beforeMs, waitMaxMs) {
      waiters = waiters.filter((waiter) => {
        if (waiter.sinceMs > beforeMs) return true;
        const short = waiter.claims.find((claim) => isExhausted(wallet.purseOf(claim.account), claim.amount, waiter));
        if (!short && nowMs() - waiter.sinceMs < waitMaxMs) return true;
        waiter.resolve(shortageOf(wallet, short ? [short] : waiter.claims, short === undefined));
        return false;
      });
    },
    refuseAll() {
      for (const { claims, resolve } of waiters.splice(0)) resolve(shortageOf(wallet, claims, true));
    },
  };
}

/** Whether there was a moment since this call asked at which nobody anywhere had enough free. */
function isExhausted(purse: Purse, amount: number, { rounds }: Waiter): boolean {
  const { balance } = purse;
  if (!balance) return false;
  const left = balance.left + freeIn(purse);
  if (left >= amount) return false;
  if (balance.othersSeen === null) return true;
  const round = rounds.get(purse);
  if (round?.recall === undefined || balance.othersSeen < round.recall) return false;
  const { before } = round;
  if (before && before.left + balance.othersFreed - before.freed < amount) return true;
  rounds.set(purse, { recall: undefined, before: { left, freed: balance.othersFreed } });
  return false;
}

/** Names the account that falls short. */
export function shortageOf(wallet: Wallet, claims: readonly Claim[], isUnknown: boolean): Shortage {
  const short = claims.find(({ account, amount }) => freeIn(wallet.purseOf(account)) < amount) ?? claims[0];
  if (!short) throw new Error("nothing was claimed");
  const purse = wallet.purseOf(short.account);
  return { ok: false, account: short.account, left: freeIn(purse) + (purse.balance?.left ?? 0), isUnknown };
}
