// Entries in PostgreSQL: added, numbered once, and read.
import { type Kysely, sql, type Transaction } from "kysely";
import type { Storage } from "../../storage/index.ts";

export interface NewRow {
  id: string;
  atMs: number;
  leaf: string;
  salt: Uint8Array | null;
  sealed: Uint8Array | null;
}

export interface StoredEntry extends NewRow {
  origin: number | null;
  seq: number | null;
}

export interface EntrySearch {
  action?: string | undefined;
  actor?: string | undefined;
  resourceType?: string | undefined;
  resource?: string | undefined;
  organisation?: string | undefined;
  outcome?: string | undefined;
  calls?: "with" | "without" | undefined;
  id?: string | undefined;
  sinceMs?: number | undefined;
  untilMs?: number | undefined;
  before?: { atMs: number; id: string } | undefined;
  limit: number;
}

export type EntryConditions = Omit<EntrySearch, "limit">;

export interface EntryStore {
  log(transaction?: Transaction<unknown>): Promise<string>;
  /** One that is there already, by id and time, stays as it is. */
  add(transaction: Transaction<unknown>, rows: readonly NewRow[]): Promise<void>;
  inTransaction<Result>(work: (transaction: Transaction<unknown>) => Promise<Result>): Promise<Result>;
  /** Newest first. */
  list(search: EntrySearch): Promise<StoredEntry[]>;
  find(id: string): Promise<StoredEntry | undefined>;
  /** How many of each action and outcome, the most frequent first. */
  tally(period: { sinceMs: number; untilMs: number }, limit: number): Promise<EntryTally[]>;
  /** In the order of the tree, from a place on. */
  inOrder(origin: number, page: { from: number; limit: number }, search?: EntryConditions): Promise<StoredEntry[]>;
  /** Makes the partition of this month, in UTC, and of the next. */
  preparePartitions(nowMs: number): Promise<void>;
}

export interface EntryTally {
  action: string;
  outcome: string;
  count: number;
}

interface Row {
  at_ms: number;
  id: string;
  origin: number | null;
  seq: string | null;
  leaf: string;
  salt: Buffer | null;
  sealed: Buffer | null;
}

const columns = sql`(extract(epoch from at) * 1000)::float8 as at_ms, id, origin, seq, leaf, salt, sealed`;

export function createEntryStore(storage: Storage): EntryStore {
  const db = (): Kysely<unknown> => storage.tables<unknown>();
  return {
    async log(transaction) {
      const { rows } = await sql<{ log: string }>`select log::text from audit_installation`.execute(
        transaction ?? db(),
      );
      return rows[0]?.log ?? "";
    },
    add: addRows,
    inTransaction: (work) => db().transaction().execute(work),
    async list(search) {
      const { rows } = await sql<Row>`select ${columns} from audit_entries
        where ${conditionOf(search)} order by at desc, id desc limit ${search.limit}`.execute(db());
      return rows.map(entryOf);
    },
    async find(id) {
      if (!IS_ID.test(id)) return undefined;
      const { rows } = await sql<Row>`select ${columns} from audit_entries where id = ${id}`.execute(db());
      return rows[0] && entryOf(rows[0]);
    },
    tally: (period, limit) => tally(db(), period, limit),
    async inOrder(origin, { from, limit }, search = {}) {
      const { rows } = await sql<Row>`select ${columns} from audit_entries
        where origin = ${origin} and seq >= ${from} and ${conditionOf(search)} order by seq limit ${limit}`.execute(
        db(),
      );
      return rows.map(entryOf);
    },
    async preparePartitions(nowMs) {
      const now = new Date(nowMs);
      for (const ahead of [0, 1])
        await prepareMonth(db(), new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + ahead)));
    },
  };
}

async function tally(
  db: Kysely<unknown>,
  { sinceMs, untilMs }: { sinceMs: number; untilMs: number },
  limit: number,
): Promise<EntryTally[]> {
  const { rows } = await sql<EntryTally>`select action, outcome, count(*)::float8 as count from audit_entries
    where at >= ${new Date(sinceMs)} and at < ${new Date(untilMs)}
    group by action, outcome order by count desc, action, outcome limit ${limit}`.execute(db);
  return rows;
}

const IS_ID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

async function addRows(transaction: Transaction<unknown>, rows: readonly NewRow[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`insert into audit_entries (at, id, leaf, salt, sealed)
    select to_timestamp(at_ms / 1000), id, leaf, salt, sealed
    from unnest(
      ${rows.map(({ atMs }) => atMs)}::float8[], ${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ leaf }) => leaf)}::text[],
      ${rows.map(({ salt }) => salt && Buffer.from(salt))}::bytea[],
      ${rows.map(({ sealed }) => sealed && Buffer.from(sealed))}::bytea[]
    ) as given(at_ms, id, leaf, salt, sealed)
    on conflict do nothing`.execute(transaction);
}

function conditionOf(search: EntryConditions) {
  const { action, actor, resourceType, resource, organisation, outcome, calls, id, sinceMs, untilMs, before } = search;
  return sql.join(
    [
      sql`true`,
      action !== undefined && sql`action = ${action}`,
      actor !== undefined && sql`actor = ${actor}`,
      resourceType !== undefined && sql`resource_type = ${resourceType}`,
      resource !== undefined && sql`resource = ${resource}`,
      organisation !== undefined && sql`organisation = ${organisation}`,
      outcome !== undefined && sql`outcome = ${outcome}`,
      calls === "without" && sql`action not in ('call', 'calls.executed') and action not like 'call.%'`,
      id !== undefined && (IS_ID.test(id) ? sql`id = ${id}` : sql`false`),
      sinceMs !== undefined && sql`at >= ${new Date(sinceMs)}`,
      untilMs !== undefined && sql`at < ${new Date(untilMs)}`,
      before !== undefined && sql`(at, id) < (${new Date(before.atMs)}, ${before.id})`,
    ].filter((part) => part !== false),
    sql` and `,
  );
}

const PARTITION_LOCK = 0x61_75_64_74;

/** Where a clock that was ahead has put entries of that month into the default partition, the rest joins them there. */
async function prepareMonth(db: Kysely<unknown>, month: Date): Promise<void> {
  const next = new Date(Date.UTC(month.getUTCFullYear(), month.getUTCMonth() + 1));
  const name = `audit_entries_${month.toISOString().slice(0, 7).replace("-", "_")}`;
  await db.transaction().execute(async (transaction) => {
    await sql`select pg_advisory_xact_lock(${PARTITION_LOCK})`.execute(transaction);
    const { rows } = await sql<{ free: boolean }>`
      select to_regclass(${name}) is null and not exists (
        select from audit_entries_default where at >= ${month} and at < ${next}
      ) as free`.execute(transaction);
    if (rows[0]?.free !== true) return;
    await sql
      .raw(`create table ${name} partition of audit_entries
        for values from ('${month.toISOString()}') to ('${next.toISOString()}')`)
      .execute(transaction);
    await sql
      .raw(`create trigger audit_entries_not_emptied before truncate on ${name}
        for each statement execute function audit_only_add()`)
      .execute(transaction);
  });
}

function entryOf({ at_ms, seq, ...row }: Row): StoredEntry {
  return { ...row, atMs: at_ms, seq: seq === null ? null : Number(seq) };
}
