// With its folder, all of this room that speaks SQL: one transaction an exchange, on rows that only grow.
import { type Kysely, sql, type Transaction } from "kysely";
import type { Storage } from "../storage/index.ts";
import { type Balance, type Bank, countTogether, grantFor, type Statement } from "./bank.ts";
import { drainBuckets, sweepBuckets } from "./store/buckets.ts";
import { column, idsOf, startsOf } from "./store/columns.ts";
import { sweepCaps } from "./store/sweep-caps.ts";

const CHANNEL = "binnacle_leases";
/** A holder that did not renew for this long is not waited for. What it has stays its own. */
const ALIVE = sql.lit("5 seconds");
/** And after this long, what ends with a process has ended. */
const LAPSED = sql.lit("15 seconds");
const RELISTEN_MS = 1000;
const SWEPT_AT_ONCE = 10_000;

interface Sums {
  recall: number;
  out: number;
  spent_by_all: number;
  granted: number;
  spent: number;
  returned: number;
  freed: number;
  others_freed: number;
  others_seen: number | null;
  others: number;
  drained: number;
}

export function createBank(storage: Storage): Bank {
  const db = (): Kysely<unknown> => storage.tables<unknown>();
  return {
    exchange: (holder, statements) =>
      db()
        .transaction()
        .execute(async (transaction) => {
          await lock(transaction, statements);
          await drainBuckets(transaction, statements);
          await tell(transaction, holder, statements);
          const sums = await sum(transaction, holder, statements);
          return await grant(transaction, { holder, statements, sums });
        }),
    async granted(holder, accounts) {
      const { rows } = await sql<{ place: number; granted: number }>`
        select wanted.place::int as place, lease.granted
        from unnest(${idsOf(accounts)}, ${startsOf(accounts)}) with ordinality as wanted (id, starts_at_ms, place)
        join leases_leases lease using (id, starts_at_ms) where lease.holder = ${holder}`.execute(db());
      const found = new Map(rows.map(({ place, granted }) => [place, granted]));
      return accounts.map((_, index) => found.get(index + 1) ?? 0);
    },
    async renew(holder, ids) {
      await sql`update leases_leases set renewed_at = now() where holder = ${holder} and id = any(${[...ids]})`.execute(
        db(),
      );
      const { rows } = await sql<{ id: string; recall: number }>`
        select id, recall from leases_caps where id = any(${[...ids]})`.execute(db());
      return new Map(rows.map(({ id, recall }) => [id, recall]));
    },
    async usage({ afterId, limit, startingWith, ids }) {
      const isWanted = startingWith
        ? sql`exists (select from unnest(${[...startingWith]}::text[]) as wanted(prefix) where starts_with(id, prefix))`
        : ids
          ? sql`id = any(${[...ids]}::text[])`
          : sql`true`;
      const { rows } = await sql<{ id: string; starts_at_ms: number; spent: number; out: number }>`
        select id, starts_at_ms, sum(spent)::bigint as spent, sum(greatest(granted - returned, spent))::bigint as out
        from leases_leases where id > ${afterId} and ${isWanted}
        group by id, starts_at_ms order by id, starts_at_ms desc limit ${limit}`.execute(db());
      return rows.map(({ starts_at_ms: startsAtMs, ...row }) => ({ ...row, startsAtMs }));
    },
    async sweep(nowMs) {
      await sql`
        delete from leases_leases where ctid in (
          select ctid from leases_leases where kept_until_ms < ${nowMs} limit ${SWEPT_AT_ONCE}
        )`.execute(db());
      await sweepBuckets(db(), SWEPT_AT_ONCE);
      await db()
        .transaction()
        .execute((transaction) => sweepCaps(transaction, SWEPT_AT_ONCE));
    },
    listen: (onRecall) => listen(storage, onRecall),
  };
}

// In the order of the ids, so that two exchanges never wait for each other.
async function lock(transaction: Transaction<unknown>, statements: readonly Statement[]): Promise<void> {
  const ids = [...new Set(statements.map(({ id }) => id))].sort();
  // One that is being swept is there for the first statement and gone for the second.
  for (let locked = 0; locked < ids.length;) {
    await sql`insert into leases_caps (id) select unnest(${column(ids, "text")}) on conflict do nothing`.execute(
      transaction,
    );
    const { rows } = await sql`select id from leases_caps where id = any(${ids}) order by id for update`.execute(
      transaction,
    );
    locked = rows.length;
  }
}

async function tell(
  transaction: Transaction<unknown>,
  holder: string,
  statements: readonly Statement[],
): Promise<void> {
  const numbers = (name: "keptUntilMs" | "spent" | "returned" | "freed" | "recallSeen") =>
    column(
      statements.map((each) => each[name]),
      "bigint",
    );
  await sql`
    insert into leases_leases as lease (id, starts_at_ms, holder, kept_until_ms, spent, returned, freed, recall_seen)
    select told.id, told.starts_at_ms, ${holder}, told.kept_until_ms, told.spent, told.returned, told.freed, told.recall_seen
    from unnest(
      ${idsOf(statements)}, ${startsOf(statements)}, ${numbers("keptUntilMs")}, ${numbers("spent")}, ${numbers("returned")}, ${numbers("freed")}, ${numbers("recallSeen")}
    ) as told (id, starts_at_ms, kept_until_ms, spent, returned, freed, recall_seen)
    on conflict (id, starts_at_ms, holder) do update set
      spent = greatest(lease.spent, excluded.spent),
      returned = greatest(lease.returned, excluded.returned),
      freed = greatest(lease.freed, excluded.freed),
      recall_seen = greatest(lease.recall_seen, excluded.recall_seen),
      renewed_at = now()`.execute(transaction);
}

// Of slices that count together the later ones count, too: at the edge one process is in the next slice before another.
// What is out is what was granted and not returned; or what was spent, should a call have come to more than was held for it.
async function sum(
  transaction: Transaction<unknown>,
  holder: string,
  statements: readonly Statement[],
): Promise<Sums[]> {
  const { rows } = await sql<Sums>`
    select cap.recall, cap.drained,
      sum(greatest(lease.granted - lease.returned, lease.spent)) filter (where not lease.has_lapsed)::bigint as out,
      sum(lease.spent)::bigint as spent_by_all,
      max(lease.granted) filter (where lease.is_own) as granted,
      max(lease.spent) filter (where lease.is_own) as spent,
      max(lease.returned) filter (where lease.is_own) as returned,
      max(lease.freed) filter (where lease.is_own) as freed,
      coalesce(sum(lease.freed) filter (where lease.holder <> ${holder}), 0)::bigint as others_freed,
      min(lease.recall_seen) filter (where lease.is_other) as others_seen,
      count(distinct lease.holder) filter (where lease.is_other)::int as others
    from unnest(
      ${idsOf(statements)}, ${startsOf(statements)},
      ${column(
        statements.map(({ countsAfterMs }) => countsAfterMs),
        "bigint",
      )},
      ${column(
        statements.map(({ lapses }) => lapses),
        "boolean",
      )}
    ) with ordinality as wanted (id, starts_at_ms, counts_after_ms, lapses, place)
    join leases_caps cap on cap.id = wanted.id
    cross join lateral (
      select granted, spent, returned, freed, recall_seen, holder,
        holder = ${holder} and starts_at_ms = wanted.starts_at_ms as is_own,
        wanted.lapses and renewed_at < now() - ${LAPSED}::interval as has_lapsed,
        holder <> ${holder} and renewed_at > now() - ${ALIVE}::interval and granted - returned > spent as is_other
      from leases_leases
      where id = wanted.id and starts_at_ms > wanted.counts_after_ms
        and starts_at_ms < 2 * wanted.starts_at_ms - wanted.counts_after_ms
    ) lease
    group by wanted.place, cap.recall, cap.drained
    order by wanted.place`.execute(transaction);
  return rows;
}

interface Decided {
  statement: Statement;
  found: Sums;
  amount: number;
  left: number;
  bump: 0 | 1;
}

interface Granting {
  holder: string;
  statements: readonly Statement[];
  sums: readonly Sums[];
}

/** Each in its turn: what a visit was just given in one slice, the next slice of the same window counts, and the sums do not know. */
function decide(statements: readonly Statement[], sums: readonly Sums[]): Decided[] {
  const given = new Map<string, Decided[]>();
  return statements.map((statement, index) => {
    const found = sums[index];
    if (!found) throw new Error(`no sums for ${statement.id}`);
    const before = given.get(statement.id) ?? [];
    const justGiven = before
      .filter((each) => countTogether(each.statement, statement))
      .reduce((sum, { amount }) => sum + amount, 0);
    const left = statement.cap - found.out + found.drained - justGiven;
    const amount = grantFor(statement, left, found.others);
    const bump = statement.recalls && amount < statement.need && found.others > 0 ? 1 : 0;
    const decided: Decided = { statement, found, amount, left: left - amount, bump };
    given.set(statement.id, [...before, decided]);
    return decided;
  });
}

async function grant(transaction: Transaction<unknown>, { holder, statements, sums }: Granting): Promise<Balance[]> {
  const decided = decide(statements, sums);
  const granted = decided.filter(({ amount }) => amount > 0);
  if (granted.length > 0)
    await sql`
      update leases_leases lease set granted = lease.granted + more.amount
      from unnest(
        ${column(
          granted.map(({ statement }) => statement.id),
          "text",
        )},
        ${column(
          granted.map(({ statement }) => statement.startsAtMs),
          "bigint",
        )},
        ${column(
          granted.map(({ amount }) => amount),
          "bigint",
        )}
      ) as more (id, starts_at_ms, amount)
      where lease.id = more.id and lease.starts_at_ms = more.starts_at_ms and lease.holder = ${holder}`.execute(
      transaction,
    );
  await recall(
    transaction,
    decided.flatMap(({ statement, bump }) => (bump > 0 ? statement.id : [])),
  );
  return decided.map(({ found, amount, left, bump }) => ({
    granted: found.granted + amount,
    spent: found.spent,
    returned: found.returned,
    freed: found.freed,
    othersFreed: found.others_freed,
    recall: found.recall + bump,
    othersSeen: found.others_seen,
    spentByAll: Math.max(0, found.spent_by_all - found.drained),
    left,
  }));
}

async function recall(transaction: Transaction<unknown>, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await sql`
    with recalled as (update leases_caps set recall = recall + 1 where id = any(${[...ids]}) returning id, recall)
    select pg_notify(${CHANNEL}, recall || ' ' || id) from recalled`.execute(transaction);
}

/** On a connection of its own; a lost one is replaced. Whoever misses a notice hears of it when it renews. */
function listen({ pool }: Storage, onRecall: (id: string, recall: number) => void): { close(): void } {
  let isClosed = false;
  let release: (() => void) | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function connect(): Promise<void> {
    const client = await pool.connect();
    const drop = (): void => {
      release = undefined;
      client.removeAllListeners("notification");
      client.release(true);
    };
    if (isClosed) return drop();
    release = drop;
    client.on("notification", ({ payload = "" }) => {
      const [recalled = "", ...id] = payload.split(" ");
      onRecall(id.join(" "), Number(recalled));
    });
    client.once("end", again);
    await client.query(`listen ${CHANNEL}`);
  }

  function again(): void {
    release = undefined;
    if (!isClosed) timer = setTimeout(() => void connect().catch(again), RELISTEN_MS);
  }

  void connect().catch(again);
  return {
    close() {
      isClosed = true;
      clearTimeout(timer);
      release?.();
    },
  };
}
