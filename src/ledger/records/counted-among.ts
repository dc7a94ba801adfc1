// What counts in a trace or a session for itself. A span that is one of our own calls is not counted in sums over all, since that call
// is; but where that call stands elsewhere, as in a trace of its own, the span stands for it here.

interface Countable {
  id: string;
  same_as: string | null;
  cost_usd_micros: number | null;
}

/** Those that count among these; `store/records/totals.ts` says the same in SQL. */
export function countedAmong<R extends Countable>(records: readonly R[], isCounted: (record: R) => boolean): Set<R> {
  const counted = new Set(records.filter(isCounted));
  const echoes = records.filter(({ same_as }) => same_as !== null);
  if (echoes.length === 0) return counted;
  const ids = new Set(records.map(({ id }) => id));
  const byCost = echoes.toSorted((one, other) => (other.cost_usd_micros ?? -1) - (one.cost_usd_micros ?? -1));
  for (const echo of byCost) {
    if (ids.has(echo.same_as ?? "")) continue;
    // Two libraries may have traced the same call.
    ids.add(echo.same_as ?? "");
    counted.add(echo);
  }
  return counted;
}
