// Batches of calls in PostgreSQL: what their entries stand for.
import { type Kysely, sql, type Transaction } from "kysely";
import type { Storage } from "../../storage/index.ts";

export interface NewCallBatch {
  /** That of its entry. */
  id: string;
  atMs: number;
  /** When the earliest and the latest of its calls started. */
  fromMs: number;
  untilMs: number;
  ok: number;
  failed: number;
  /** Packed. */
  calls: Uint8Array;
}

export interface CallStore {
  add(transaction: Transaction<unknown>, batch: NewCallBatch): Promise<void>;
  /** Packed, by the ids of their entries; without those that were let go. */
  read(ids: readonly string[]): Promise<Map<string, Uint8Array>>;
  /** Those that may have a call that started then; null where its lines were let go. */
  around(startedAtMs: number): Promise<{ id: string; calls: Uint8Array | null }[]>;
  /** How many calls ended well, and how many did not. */
  count(period: { sinceMs: number; untilMs: number }): Promise<{ ok: number; failed: number }>;
  /** Whether there are lines from before then. */
  hasLinesBefore(beforeMs: number): Promise<boolean>;
  /** Lines from before then may go once this entry has its place; false where that was so already. */
  mayGo(transaction: Transaction<unknown>, going: { beforeMs: number; entry: string }): Promise<boolean>;
  /** Whether the entry that says what may go has its place in the tree. */
  isGoingSaid(): Promise<boolean>;
  /** Of so many batches, the oldest first; how many there were. */
  letGo(batches: number): Promise<number>;
}

/** A call that ran for long makes its batch's span long: so many are looked into. */
const AROUND_MAX = 500;

export function createCallStore(storage: Storage): CallStore {
  const db = (): Kysely<unknown> => storage.tables<unknown>();
  return {
    async add(transaction, { id, atMs, fromMs, untilMs, ok, failed, calls }) {
      await sql`insert into audit_calls (id, at, span, ok, failed, calls)
        values (${id}, ${new Date(atMs)}, int8range(${fromMs}, ${untilMs}, '[]'), ${ok}, ${failed}, ${Buffer.from(calls)})`.execute(
        transaction,
      );
    },
    async read(ids) {
      if (ids.length === 0) return new Map();
      const { rows } = await sql<{ id: string; calls: Buffer }>`
        select id::text as id, calls from audit_calls
        where id = any(${[...ids]}::uuid[]) and calls is not null`.execute(db());
      return new Map(rows.map(({ id, calls }) => [id, calls]));
    },
    async around(startedAtMs) {
      const { rows } = await sql<{ id: string; calls: Buffer | null }>`
        select id::text as id, calls from audit_calls where span @> ${startedAtMs}::int8
        order by upper(span) - lower(span) limit ${AROUND_MAX}`.execute(db());
      return rows;
    },
    async count({ sinceMs, untilMs }) {
      const { rows } = await sql<{ ok: number; failed: number }>`
        select coalesce(sum(ok), 0)::float8 as ok, coalesce(sum(failed), 0)::float8 as failed from audit_calls
        where at >= ${new Date(sinceMs)} and at < ${new Date(untilMs)}`.execute(db());
      return rows[0] ?? { ok: 0, failed: 0 };
    },
    ...createGoing(db),
  };
}

function createGoing(db: () => Kysely<unknown>): Pick<CallStore, "hasLinesBefore" | "mayGo" | "isGoingSaid" | "letGo"> {
  return {
    async hasLinesBefore(beforeMs) {
      const { rows } = await sql`select from audit_calls
        where calls is not null and at < ${new Date(beforeMs)} limit 1`.execute(db());
      return rows.length > 0;
    },
    async mayGo(transaction, { beforeMs, entry }) {
      const { rows } = await sql`insert into audit_calls_let_go as going (before, entry)
        values (${new Date(beforeMs)}, ${entry})
        on conflict (one) do update set before = excluded.before, entry = excluded.entry
        where going.before < excluded.before returning before`.execute(transaction);
      return rows.length > 0;
    },
    async isGoingSaid() {
      const { rows } =
        await sql`select from audit_calls_let_go as going join audit_entries as said on said.id = going.entry
        where said.seq is not null`.execute(db());
      return rows.length > 0;
    },
    async letGo(batches) {
      const { numAffectedRows } = await sql`update audit_calls set calls = null where id in (
        select id from audit_calls
        where calls is not null and at < (select before from audit_calls_let_go) order by at limit ${batches}
      )`.execute(db());
      return Number(numAffectedRows ?? 0n);
    },
  };
}
