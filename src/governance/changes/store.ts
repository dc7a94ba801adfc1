// The revision: a number that every change of keys, users, teams and projects raises, in the transaction of the change.
import { type Kysely, sql, type Transaction } from "kysely";
import type { Storage } from "../../storage/index.ts";

/** A change under way: nobody else changes anything meanwhile, and what is written carries this revision. */
export interface Writing {
  transaction: Transaction<unknown>;
  revision: number;
}

export interface RevisionStore {
  read(): Promise<number>;
  /** Does the work in one transaction, under the next revision. What it throws undoes it. */
  write<T>(work: (writing: Writing) => Promise<T>): Promise<T>;
}

export function createRevisionStore(storage: Storage): RevisionStore {
  const db = (): Kysely<unknown> => storage.tables<unknown>();
  const revisionIn = ({ rows }: { rows: { revision: string }[] }): number => Number(rows[0]?.revision);
  return {
    read: async () =>
      revisionIn(await sql<{ revision: string }>`select revision from governance_revision`.execute(db())),
    write: (work) =>
      db()
        .transaction()
        .execute(async (transaction) => {
          const raised = await sql<{ revision: string }>`
            update governance_revision set revision = revision + 1 returning revision`.execute(transaction);
          return work({ transaction, revision: revisionIn(raised) });
        }),
  };
}

/** The tables of a store, within a change or outside. */
export function tablesOf<Tables>(storage: Storage, writing: Writing | undefined): Kysely<Tables> {
  // As in storage: a room says which tables are its own.
  return writing ? (writing.transaction as Kysely<unknown> as Kysely<Tables>) : storage.tables<Tables>();
}
