// Figures from the ledger's sums: the questions of rules and objectives, put as the ledger answers them.
import type { SumQuery, SumRow, Sums as AllSums } from "../../ledger/index.ts";
import { type Dimension, type Filter, fingerprintOf, labelsOf } from "../dimensions.ts";
import type { Figures, FiguresQuery, FiguresRow, SumsQuery, WithinRow } from "../figures.ts";

type Sums = Pick<AllSums, "sums" | "within">;
type SumWhere = NonNullable<SumQuery["where"]>;
type SumBucket = NonNullable<SumQuery["bucket"]>;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Up to this long minutes are looked at, where an average stands for the calls of a while. */
const FINE_MS = 6 * HOUR_MS + MINUTE_MS;

/** `rowsMax` is how many rows the ledger gives in one answer. */
export function createLedgerFigures(sums: Sums, { rowsMax }: { rowsMax: number }): Figures {
  const rowsOf = async (query: SumsQuery): Promise<FiguresRow[]> => {
    const { about, by, where, since_ms, until_ms, bucket, limit } = query;
    const asked = { since_ms, until_ms, by: [...by], where: whereOf(where), bucket };
    const order = about === "cost" ? ("cost" as const) : ("records" as const);
    const most = Math.max(1, Math.min(limit, mostKeys(query, bucket, rowsMax)));
    const answer = await sums.sums({ ...asked, limit: most, order, spreads: about === "times" });
    return answer.rows.filter(({ is_rest }) => !is_rest);
  };
  return {
    sums: rowsOf,
    async within({ figure, bound, ...query }) {
      if (figure === "cost") return withinCost(sums, query, { bound, rowsMax });
      const threshold = figure === "duration" ? { duration_ms: bound } : { first_token_ms: bound };
      const keys = await keysOf(rowsOf, query);
      const found: WithinRow[] = [];
      // One after the other: several at once would take connections from calls.
      for (const key of keys) {
        const where = { ...whereOf(query.where), ...whereKey(key, query.by) };
        const { since_ms, until_ms } = query;
        const [row] = await sums.within({ since_ms, until_ms, where, ...threshold });
        const { count, within } = row?.[figure] ?? { count: 0, within: 0 };
        found.push({ key, count, within });
      }
      return found;
    },
  };
}

function whereOf(where: Filter): SumWhere {
  return Object.fromEntries(Object.entries(where).map(([name, value]) => [name, [value].flat()]));
}

function whereKey(key: FiguresRow["key"], by: readonly Dimension[]): SumWhere {
  return Object.fromEntries(by.map((name) => [name, [key[name] ?? null]]));
}

async function keysOf(
  rowsOf: (query: SumsQuery) => Promise<FiguresRow[]>,
  query: FiguresQuery,
): Promise<FiguresRow["key"][]> {
  if (query.by.length === 0) return [{}];
  return (await rowsOf({ ...query, bucket: "none", about: "records" })).map(({ key }) => key);
}

const bucketMs: Record<SumBucket, number> = { minute: MINUTE_MS, hour: HOUR_MS, day: 24 * HOUR_MS, none: Infinity };

function mostKeys({ since_ms, until_ms }: FiguresQuery, bucket: SumBucket, rowsMax: number): number {
  const buckets = bucket === "none" ? 1 : Math.ceil((until_ms - since_ms) / bucketMs[bucket]) + 2;
  return Math.floor(rowsMax / buckets);
}

/** Calls of minutes, or hours, in which a call cost no more than the bound on average. */
async function withinCost(
  sums: Sums,
  query: FiguresQuery,
  { bound, rowsMax }: { bound: number; rowsMax: number },
): Promise<WithinRow[]> {
  const { by, where, since_ms, until_ms, limit } = query;
  const bucket = until_ms - since_ms <= FINE_MS ? ("minute" as const) : ("hour" as const);
  const most = Math.max(1, Math.min(limit, mostKeys(query, bucket, rowsMax)));
  const { rows } = await sums.sums({
    since_ms,
    until_ms,
    by: [...by],
    where: whereOf(where),
    bucket,
    limit: most,
    order: "records",
    spreads: false,
  });
  const found = new Map<string, WithinRow>();
  for (const row of rows.filter(({ is_rest }) => !is_rest)) addCost(found, row, { by, bound });
  return [...found.values()];
}

function addCost(
  found: Map<string, WithinRow>,
  { key, records, unpriced, refused, cost_usd_micros }: SumRow,
  { by, bound }: { by: readonly Dimension[]; bound: number },
): void {
  const priced = records - unpriced - refused;
  if (priced <= 0) return;
  const name = fingerprintOf(labelsOf(key, by));
  const row = found.get(name) ?? { key, count: 0, within: 0 };
  row.count += priced;
  if (cost_usd_micros / priced <= bound) row.within += priced;
  found.set(name, row);
}
