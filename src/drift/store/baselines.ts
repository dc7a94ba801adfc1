// What profiles are compared with: one baseline each.
import { type Kysely, sql } from "kysely";
import type { Storage } from "../../storage/index.ts";
import type { BaselineContent } from "../comparing/baseline.ts";
import { closeFindings } from "./close-findings.ts";

export interface StoredBaseline {
  id: string;
  profile: string;
  label: string;
  source: "automatic" | "chosen";
  sinceMs: number;
  untilMs: number;
  madeAtMs: number;
  content: BaselineContent;
}

export interface BaselineStore {
  all(): Promise<StoredBaseline[]>;
  /** In place of the profile's own, whose findings are closed; false where it has one and `onlyFirst` is said. */
  put(baseline: StoredBaseline, onlyFirst?: boolean): Promise<boolean>;
  /** With what was found by it; false where there is none. */
  remove(id: string, atMs: number): Promise<boolean>;
}

interface Row {
  id: string;
  profile: string;
  label: string;
  source: "automatic" | "chosen";
  since: Date;
  until: Date;
  made_at: Date;
  content: BaselineContent;
}

export function createBaselineStore(storage: Storage): BaselineStore {
  const db = (): Kysely<unknown> => storage.tables<unknown>();
  return {
    async all() {
      const { rows } = await sql<Row>`select * from drift_baselines order by profile`.execute(db());
      return rows.map(({ since, until, made_at, ...row }) => ({
        ...row,
        sinceMs: since.getTime(),
        untilMs: until.getTime(),
        madeAtMs: made_at.getTime(),
      }));
    },
    put: ({ id, profile, label, source, sinceMs, untilMs, madeAtMs, content }, onlyFirst = false) =>
      db()
        .transaction()
        .execute(async (open) => {
          const replacing = onlyFirst
            ? sql`nothing`
            : sql`update set id = excluded.id, label = excluded.label, source = excluded.source, since = excluded.since,
                until = excluded.until, made_at = excluded.made_at, content = excluded.content`;
          const { rows } = await sql`
            insert into drift_baselines (id, profile, label, source, since, until, made_at, content)
            values (${id}, ${profile}, ${label}, ${source}, ${new Date(sinceMs)}, ${new Date(untilMs)},
              ${new Date(madeAtMs)}, ${JSON.stringify(content)})
            on conflict (profile) do ${replacing} returning id`.execute(open);
          if (rows.length > 0) await closeFindings(open, profile, madeAtMs);
          return rows.length > 0;
        }),
    async remove(id, atMs) {
      if (!IS_ID.test(id)) return false;
      return db()
        .transaction()
        .execute(async (open) => {
          const { rows } = await sql<{ profile: string }>`
            delete from drift_baselines where id = ${id} returning profile`.execute(open);
          for (const { profile } of rows) await closeFindings(open, profile, atMs);
          return rows.length > 0;
        });
    },
  };
}

export const IS_ID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
