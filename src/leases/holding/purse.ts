// What this process has of one account. All totals only ever grow, so that telling them twice changes nothing:
// free = granted − returned − spent − held.
import type { Account } from "../account.ts";
import type { Balance, Statement } from "../bank.ts";
import type { BookPage } from "../lease-book.ts";

export interface Purse {
  readonly account: Account;
  /** Held, spent and returned, where they outlive the process. */
  readonly page: BookPage;
  /** All that was ever granted to this process, as far as it heard. */
  granted: number;
  /** Of what was held, all that was not spent in the end. */
  freed: number;
  /** The last that the database said. */
  balance: Balance | undefined;
  /** The last request for money back that was heard of, and the last that was answered. */
  recall: number;
  recallSeen: number;
  /** Until then nothing is kept that nobody needs: monotonic milliseconds. */
  tightUntilMs: number;
  usedAtMs: number;
  /** The database does not know the totals as they are. */
  hasNews: boolean;
  /** Since when something is spent that the database does not know of; of no meaning where `isUntold` is false. */
  untoldSinceMs: number;
  /** It was dropped, and another stands in its place. */
  isClosed: boolean;
  /** Since the last exchange, for how much to ask for ahead. */
  recentlyTaken: number;
  /** What is spent of it in `PACE_MS`, as of late. */
  pace: number;
  paced: { spent: number; atMs: number };
}

const PACE_MS = 1000;

/** How long nothing idle is kept of what somebody asked back. */
const TIGHT_MS = 2000;

export function createPurse(account: Account, page: BookPage, nowMs: number): Purse {
  return {
    account,
    page,
    granted: 0,
    freed: 0,
    balance: undefined,
    recall: 0,
    recallSeen: 0,
    tightUntilMs: 0,
    usedAtMs: nowMs,
    hasNews: false,
    untoldSinceMs: nowMs,
    isClosed: false,
    recentlyTaken: 0,
    pace: 0,
    paced: { spent: page.spent, atMs: nowMs },
  };
}

export function freeIn({ granted, page }: Purse): number {
  return granted - page.returned - page.spent - page.held;
}

export function take(purse: Purse, amount: number): void {
  purse.page.held += amount;
  purse.recentlyTaken += amount;
}

/** Of no effect before the last look is long enough ago to tell. */
export function notePace(purse: Purse, nowMs: number): void {
  const { paced, page } = purse;
  const elapsedMs = nowMs - paced.atMs;
  if (elapsedMs < PACE_MS) return;
  purse.pace = Math.ceil(((page.spent - paced.spent) * PACE_MS) / elapsedMs);
  purse.paced = { spent: page.spent, atMs: nowMs };
}

/** First spent, then no longer held: a process that dies in between has counted too much, never too little. */
export function settle(purse: Purse, held: number, actual: number): void {
  purse.page.spent += actual;
  purse.page.held -= held;
  purse.freed += Math.max(0, held - actual);
  purse.hasNews = true;
}

/** Something was spent that the database does not know of. */
export function isUntold({ page, balance }: Purse): boolean {
  return page.spent !== (balance?.spent ?? 0);
}

/** Lets go of all that is free; it must not be used from here on, whether or not the database hears of it. */
export function returnFree(purse: Purse): void {
  const free = freeIn(purse);
  if (free <= 0) return;
  purse.page.returned += free;
  purse.hasNews = true;
}

export function isTight({ recall, recallSeen, tightUntilMs }: Purse, nowMs: number): boolean {
  return recall > recallSeen || nowMs < tightUntilMs;
}

/** All holders are asked to give back what they do not need; it is answered with the next statement. */
export function hearRecall(purse: Purse, recall: number, nowMs: number): void {
  if (recall <= purse.recall) return;
  purse.recall = recall;
  purse.tightUntilMs = nowMs + TIGHT_MS;
}

/** What the database said to a statement. A purse that is new here may have had a life before. */
export function hearBalance(
  purse: Purse,
  said: { told: Statement; balance: Balance; nowMs: number; toldAtMs: number },
): void {
  const { page } = purse;
  const { told, balance, nowMs, toldAtMs } = said;
  if (purse.balance === undefined) {
    page.spent += balance.spent - told.spent;
    page.returned += balance.returned - told.returned;
    purse.freed += balance.freed - told.freed;
    purse.paced.spent = page.spent;
  }
  purse.balance = balance;
  purse.granted = balance.granted;
  purse.hasNews = page.spent !== balance.spent || page.returned !== balance.returned;
  // What is untold now came after the telling.
  purse.untoldSinceMs = toldAtMs;
  if (told.need > 0 || balance.recall > told.recallSeen) hearRecall(purse, balance.recall, nowMs);
}
