// What grows with the names that callers bring, and their addresses.
import { sql, type Transaction } from "kysely";

/** Caps that nobody has anything of: callers bring their own names, and addresses. */
export async function sweepCaps(transaction: Transaction<unknown>, most: number): Promise<void> {
  const isUnused = sql`not exists (select from leases_leases lease where lease.id = cap.id)`;
  const { rows } = await sql<{ id: string }>`
    select id from leases_caps cap where ${isUnused} limit ${most} for update skip locked`.execute(transaction);
  const ids = rows.map(({ id }) => id);
  // Whoever had it locked before may have taken something since.
  await sql`delete from leases_caps cap where id = any(${ids}) and ${isUnused}`.execute(transaction);
}
