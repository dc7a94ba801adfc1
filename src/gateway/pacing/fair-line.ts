// Those who wait for one thing, in turn by party: a team that sends much waits behind its own calls, not others behind them.
export interface FairLine<T> {
  readonly size: number;
  add(party: string, waiter: T): void;
  /** How many would have their turn before one more of this party. */
  ahead(party: string): number;
  /** Whose turn it is; it stays until it is taken. */
  head(): T | undefined;
  /** The head goes, and its party's next turn comes after all the others'. */
  take(): T | undefined;
  /** Those that do not hold go. */
  keep(holds: (waiter: T) => boolean): void;
}

export function createFairLine<T>(): FairLine<T> {
  // A map keeps the order in which parties were put in: the first is next.
  const parties = new Map<string, T[]>();
  let size = 0;

  return {
    get size() {
      return size;
    },
    add(party, waiter) {
      const own = parties.get(party);
      if (own) own.push(waiter);
      else parties.set(party, [waiter]);
      size += 1;
    },
    ahead(party) {
      const own = parties.get(party)?.length ?? 0;
      let ahead = own;
      for (const [other, { length }] of parties) if (other !== party) ahead += Math.min(length, own + 1);
      return ahead;
    },
    head: () => parties.values().next().value?.[0],
    take() {
      const [next] = parties;
      if (!next) return undefined;
      const [party, own] = next;
      const waiter = own.shift();
      parties.delete(party);
      if (own.length > 0) parties.set(party, own);
      size -= 1;
      return waiter;
    },
    keep(holds) {
      for (const [party, own] of parties) {
        const left = own.filter(holds);
        size -= own.length - left.length;
        if (left.length > 0) parties.set(party, left);
        else parties.delete(party);
      }
    },
  };
}
