// Silences, and what is read of alerts that are open or over.
import { sql } from "kysely";
import type { Alert, Change } from "../states/alert.ts";
import type { Silence } from "../states/silences.ts";
import { alertOf, at, type Db, msOf, silenceOf, type SilenceRow } from "./tables.ts";

export interface HistoryRow extends Pick<Change, "from" | "to" | "alert"> {
  id: string;
  atMs: number;
}

export interface HistorySearch {
  limit: number;
  beforeId?: string | undefined;
  rule?: string | undefined;
  alertId?: string | undefined;
}

export interface SilenceStore {
  /** Those that are not over. */
  silences(nowMs: number): Promise<Silence[]>;
  /** False where it would be one more than `max`. */
  insert(silence: Silence, max: number): Promise<boolean>;
  /** False where none holds, or will. */
  end(id: string, nowMs: number): Promise<boolean>;
  open(): Promise<Alert[]>;
  find(id: string): Promise<Alert | undefined>;
  history(search: HistorySearch): Promise<HistoryRow[]>;
}

export function createSilenceStore(db: () => Db): SilenceStore {
  return { ...createSilencing(db), ...createReading(db) };
}

function createSilencing(db: () => Db): Pick<SilenceStore, "silences" | "insert" | "end"> {
  return {
    async silences(nowMs) {
      const { rows } = await sql<SilenceRow>`
        select id, ${msOf("starts_at")} as "startsAtMs", ${msOf("until_at")} as "untilMs", data
        from alerts_silences where until_at > ${at(nowMs)} order by until_at, id`.execute(db());
      return rows.map(silenceOf);
    },
    async insert({ id, startsAtMs, untilMs, ...data }, max) {
      const { rows } = await sql`
        insert into alerts_silences (id, starts_at, until_at, data)
        select ${id}, ${at(startsAtMs)}, ${at(untilMs)}, ${JSON.stringify(data)}::json
        where (select count(*) from alerts_silences where until_at > ${at(data.createdAtMs)}) < ${max}
        returning id`.execute(db());
      return rows.length > 0;
    },
    async end(id, nowMs) {
      const { rows } = await sql`
        update alerts_silences set until_at = ${at(nowMs)}
        where id::text = ${id} and until_at > ${at(nowMs)} returning id`.execute(db());
      return rows.length > 0;
    },
  };
}

function createReading(db: () => Db): Pick<SilenceStore, "open" | "find" | "history"> {
  return {
    async open() {
      const { rows } = await sql<{ data: unknown }>`
        select data from alerts_alerts where resolved_at is null order by id`.execute(db());
      return rows.map(alertOf);
    },
    async find(id) {
      const { rows } = await sql<{ data: unknown }>`select data from alerts_alerts where id::text = ${id}`.execute(
        db(),
      );
      return rows.map(alertOf)[0];
    },
    async history({ limit, beforeId, rule, alertId }) {
      const { rows } = await sql<Omit<HistoryRow, "alert"> & { data: unknown }>`
        select id, ${msOf("at")} as "atMs", from_state as "from", to_state as "to", data from alerts_history
        where (${beforeId ?? null}::uuid is null or id < ${beforeId ?? null}::uuid)
          and (${rule ?? null}::text is null or rule = ${rule ?? null})
          and (${alertId ?? null}::text is null or alert_id::text = ${alertId ?? null})
        order by id desc limit ${limit}`.execute(db());
      return rows.map(({ data, ...row }) => ({ ...row, alert: alertOf({ data }) }));
    },
  };
}
