// The face of leases: capacity under a cap, shared between processes and never overdrawn. What this process was granted
// it spends in memory; what it lacks it asks for, and asks the others, through the database, to give back what they do
// not need. Why no cap is passed stands in docs/decisions/0017-leases.md.
import type { World } from "../kernel/index.ts";
import type { Account, Claim, HoldResult } from "./account.ts";
import type { Bank, Usage, UsagePage } from "./bank.ts";
import type { LeasesConfig } from "./config.ts";
import type { LeaseBook } from "./lease-book.ts";
import { hearRecall, isUntold, type Purse, returnFree } from "./holding/purse.ts";
import { closeLeftPages } from "./recover.ts";
import { createTurns } from "./turns.ts";
import { createTurnTaking, PAUSE_MS } from "./holding/take-turn.ts";
import { createWaiting, shortageOf } from "./holding/waiting.ts";
import { createWallet } from "./holding/wallet.ts";

export interface Leases {
  /** Puts the books right after a crash, then starts to lease. Throws when the database is away. */
  start(): Promise<void>;
  /** Gives back all that is free. */
  close(): Promise<void>;
  /** Holds all of the claims or none. At once where the capacity is at hand; else it is asked for. Never throws. */
  hold(claims: readonly Claim[]): HoldResult | Promise<HoldResult>;
  /** What stands in the books of all processes, about a second old. Throws when the database is away. */
  usage(page: UsagePage): Promise<Usage[]>;
  /** Spent by all processes in what counts together, as far as this one heard; null where it has not asked yet. */
  spent(account: Account): number | null;
  /** For how long something was spent here that no other process can know of; null where there is no such thing. */
  untoldMs(): number | null;
}

export interface LeasesDeps {
  world: Pick<World, "nowMs" | "monotonicMs" | "log">;
  bank: Bank;
  /** False while the database is known to be away. */
  isAvailable(): boolean;
  book: LeaseBook;
}

export function createLeases(config: LeasesConfig, { world, bank, isAvailable, book }: LeasesDeps): Leases {
  const wallet = createWallet({ book, nowMs: world.monotonicMs, onFreed: () => turns.wake(0) });
  const waiting = createWaiting(wallet, world.monotonicMs);
  const taking = createTurnTaking(config, { wallet, waiting, world, bank, isAvailable, holder: book.holder });
  const turns = createTurns(taking.turn, { pauseMs: PAUSE_MS, nowMs: world.monotonicMs });
  let listener: { close(): void } | undefined;
  let isClosed = false;

  function onRecall(id: string, recall: number): void {
    for (const purse of wallet.purses()) if (purse.account.id === id) hearRecall(purse, recall, world.monotonicMs());
    turns.wake(0);
  }

  return {
    async start() {
      await closeLeftPages(book, bank);
      listener = bank.listen(onRecall);
      turns.wake(config.renew_interval);
    },
    async close() {
      isClosed = true;
      listener?.close();
      await turns.close();
      waiting.refuseAll();
      for (const purse of wallet.purses()) returnFree(purse);
      if (isAvailable()) await taking.visit().catch(() => undefined);
    },
    hold(claims) {
      // Who came first is served first.
      const held = waiting.size > 0 && waiting.isFor(claims) ? undefined : wallet.tryTake(claims);
      if (held) return held;
      if (!isAvailable() || isClosed || waiting.size >= config.waiting_max) return shortageOf(wallet, claims, true);
      const result = waiting.add(claims);
      turns.wake(0);
      return result;
    },
    usage: (page) => bank.usage(page),
    spent: (account) => wallet.purseOf(account).balance?.spentByAll ?? null,
    untoldMs: () => untoldFor(wallet.purses(), world.monotonicMs()),
  };
}

function untoldFor(purses: Iterable<Purse>, nowMs: number): number | null {
  let sinceMs = Number.POSITIVE_INFINITY;
  for (const purse of purses) if (isUntold(purse) && purse.untoldSinceMs < sinceMs) sinceMs = purse.untoldSinceMs;
  return sinceMs === Number.POSITIVE_INFINITY ? null : nowMs - sinceMs;
}
