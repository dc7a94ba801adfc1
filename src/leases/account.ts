// What is leased: amounts that may be out at once, under a cap, over a window of time.

/** A cap in one window. Amounts are whole numbers: micro-dollars, requests, tokens, places. */
export interface Account {
  /** Which cap: `budget/team/core/usd`. */
  readonly id: string;
  /** When its window began, epoch milliseconds; 0 for one that never ends. */
  readonly startsAtMs: number;
  /** When it is over, and nothing more is taken from it. */
  readonly endsAtMs: number;
  /** Windows of this id that began later than this count together: a window that slides is made of small ones. */
  readonly countsAfterMs: number;
  /** From then on it is of no interest, and forgotten. */
  readonly keptUntilMs: number;
  readonly cap: number;
  /** Of a bucket: how much of what was spent comes back in a millisecond. */
  readonly refillPerMs?: number | undefined;
  /**
   * What was held when a process died was perhaps spent: `charged` counts it as spent. `freed` gives it back, for what ends
   * with the process: places for calls in flight.
   */
  readonly onCrash: "charged" | "freed";
}

export interface Claim {
  account: Account;
  /** The most that it may come to. */
  amount: number;
}

export type HoldResult = Held | Shortage;

export function accountKey({ id, startsAtMs }: Pick<Account, "id" | "startsAtMs">): string {
  return `${id}@${startsAtMs}`;
}

export interface Held {
  ok: true;
  /** What it came to, in the order of the claims; what was held beyond that is free again. Call it once. */
  settle(actual: readonly number[]): void;
}

export interface Shortage {
  ok: false;
  account: Account;
  /** What was not spent nor held by anyone, as far as is known. */
  left: number;
  /** Nobody could be asked: the database is away. */
  isUnknown: boolean;
}
