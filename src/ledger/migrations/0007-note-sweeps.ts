// What retention let go, day by day: so that nobody has to guess where last year's records are.
import { sql, type Migration } from "kysely";

export const noteSweeps: Migration = {
  async up(db) {
    await sql`create table ledger_sweeps (
      at timestamptz not null,
      part text not null,
      day text,
      why text not null,
      bytes bigint not null,
      rows bigint not null
    )`.execute(db);
    await sql`create index ledger_sweeps_by_time on ledger_sweeps (at)`.execute(db);
  },
};
