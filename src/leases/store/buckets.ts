// Buckets in the books: what drained of them, and what is forgotten.
import { type Kysely, sql, type Transaction } from "kysely";
import type { Statement } from "../bank.ts";
import { drain } from "../drain.ts";
import { column, idsOf } from "./columns.ts";

/** Of one that was not heard of for so long, all that it had was perhaps spent. */
const LAPSED = sql.lit("15 seconds");
/** And after this long, it is forgotten. */
const GONE = sql.lit("1 day");

/** Before anything new is told, which begins to drain only then. */
export async function drainBuckets(transaction: Transaction<unknown>, statements: readonly Statement[]): Promise<void> {
  const buckets = new Map(statements.filter(({ refillPerMs }) => refillPerMs > 0).map((each) => [each.id, each]));
  if (buckets.size === 0) return;
  const ids = [...buckets.keys()];
  // What somebody had who is not heard of any more was perhaps spent.
  const { rows } = await sql<{ id: string; drained: number; at_ms: number; now_ms: number; spent: number }>`
    select cap.id, cap.drained, cap.drained_at_ms as at_ms,
      (extract(epoch from clock_timestamp()) * 1000)::double precision as now_ms,
      coalesce(sum(case when lease.renewed_at < now() - ${LAPSED}::interval
        then greatest(lease.granted - lease.returned, lease.spent) else lease.spent end), 0)::bigint as spent
    from leases_caps cap left join leases_leases lease on lease.id = cap.id
    where cap.id = any(${ids}) group by cap.id`.execute(transaction);
  const after = rows.map(({ id, drained, at_ms: atMs, now_ms: nowMs, spent }) => {
    const perMs = buckets.get(id)?.refillPerMs ?? 0;
    return { id, ...drain({ drained, atMs }, { spent, perMs, nowMs }) };
  });
  const drainedColumn = (name: "drained" | "atMs", type: string) =>
    column(
      after.map((each) => each[name]),
      type,
    );
  await sql`
    update leases_caps cap set drained = after.drained, drained_at_ms = after.at_ms
    from unnest(${idsOf(after)}, ${drainedColumn("drained", "bigint")}, ${drainedColumn("atMs", "double precision")})
      as after (id, drained, at_ms)
    where cap.id = after.id`.execute(transaction);
}

/** Buckets have no end: what a holder had that is gone for long is forgotten, and that it drained. */
export async function sweepBuckets(db: Kysely<unknown>, most: number): Promise<void> {
  await sql`
    with gone as (
      delete from leases_leases where ctid in (
        select lease.ctid from leases_leases lease join leases_caps cap on cap.id = lease.id
        where cap.drained_at_ms > 0 and lease.renewed_at < now() - ${GONE}::interval limit ${most}
      ) returning id, spent
    )
    update leases_caps cap set drained = greatest(0, cap.drained - gone.spent)
    from (select id, sum(spent) as spent from gone group by id) gone where cap.id = gone.id`.execute(db);
}
