// What the database is asked and says: the face that store.ts has, and a simulation in tests.

/** Absolute totals, so that the same told twice changes nothing. */
export interface Statement {
  id: string;
  startsAtMs: number;
  countsAfterMs: number;
  keptUntilMs: number;
  cap: number;
  /** Of a bucket; 0: what was spent stays spent. */
  refillPerMs: number;
  /** What holders have that were not heard of for long counts no more. */
  lapses: boolean;
  spent: number;
  returned: number;
  /** Of what was held, all that was not spent in the end. */
  freed: number;
  /** The last request for money back that was answered. */
  recallSeen: number;
  /** Wanted now, for calls that wait; less than `needLeast` would serve none of them. */
  need: number;
  needLeast: number;
  /** Wanted beyond that, when there is plenty. */
  ahead: number;
  /** Somebody waits who has not yet had the others asked for what they do not need. */
  recalls: boolean;
}

/** In the order of the statements. */
export interface Balance {
  /** This holder's totals after it; `granted` is all that it ever was. */
  granted: number;
  spent: number;
  returned: number;
  freed: number;
  /** How often all holders were asked for money back. */
  recall: number;
  /** The least that any other live holder with something in hand has answered; null when there is no such holder. */
  othersSeen: number | null;
  /** What all other holders freed, as they told. */
  othersFreed: number;
  /** Spent by all in what counts together, and not drained since. */
  spentByAll: number;
  /** Of the cap, what nobody has. */
  left: number;
}

export interface UsagePage {
  afterId: string;
  limit: number;
  /** Only those whose id begins with one of these. */
  startingWith?: readonly string[];
  /** Only these. */
  ids?: readonly string[];
}

/** One account over all holders. */
export interface Usage {
  id: string;
  startsAtMs: number;
  spent: number;
  /** Spent, held, or leased and not yet used. */
  out: number;
}

export interface Bank {
  /** One transaction. Throws when the database is away; it may have been done all the same. */
  exchange(holder: string, statements: readonly Statement[]): Promise<Balance[]>;
  /** All that a holder was granted of these accounts. */
  granted(holder: string, accounts: readonly { id: string; startsAtMs: number }[]): Promise<number[]>;
  /** How often these were recalled; and says that this holder lives. */
  renew(holder: string, ids: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** Totals over all holders, by id and then newest first, from after the one named. */
  usage(page: UsagePage): Promise<Usage[]>;
  /** Forgets what is of no interest any more. */
  sweep(nowMs: number): Promise<void>;
  /** Tells of each recall until it is closed. */
  listen(onRecall: (id: string, recall: number) => void): { close(): void };
}

/** How much of what is left goes to one of several holders: what it needs now, and ahead only a part, so that all find something. */
export function grantFor(
  wanted: Pick<Statement, "need" | "needLeast" | "ahead">,
  left: number,
  others: number,
): number {
  const { need, needLeast, ahead } = wanted;
  if (left < needLeast) return 0;
  const now = Math.min(need, left);
  const more = now < need ? 0 : Math.min(ahead, Math.floor((left - now) / (2 * (others + 1))));
  return Math.max(0, now + more);
}

/** Whether what is out of one counts under the cap of the other: slices of a sliding window, whichever is the later one. */
export function countTogether(
  one: Pick<Statement, "startsAtMs">,
  { startsAtMs, countsAfterMs }: Pick<Statement, "startsAtMs" | "countsAfterMs">,
): boolean {
  return one.startsAtMs > countsAfterMs && one.startsAtMs < 2 * startsAtMs - countsAfterMs;
}
