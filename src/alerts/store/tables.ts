// The connection as this room's store has it, and how rows become what the room speaks of. JSON that is read here was written
// here.
import { type Kysely, sql } from "kysely";
import type { Alert } from "../states/alert.ts";
import type { Silence } from "../states/silences.ts";

/** A connection of the pool at need, or a transaction. */
export type Db = Kysely<unknown>;

/** Epoch milliseconds as a time of PostgreSQL's. */
export function at(ms: number) {
  return sql`${new Date(ms)}::timestamptz`;
}

/** A column of times as epoch milliseconds. */
export function msOf(column: string) {
  return sql`(extract(epoch from ${sql.ref(column)}) * 1000)::bigint`;
}

export function alertOf({ data }: { data: unknown }): Alert {
  return data as Alert;
}

export interface SilenceRow {
  id: string;
  startsAtMs: number;
  untilMs: number;
  data: unknown;
}

export function silenceOf({ id, startsAtMs, untilMs, data }: SilenceRow): Silence {
  return { ...(data as Omit<Silence, "id" | "startsAtMs" | "untilMs">), id, startsAtMs, untilMs };
}
