// Legal holds in PostgreSQL.
import type { Storage } from "../../storage/index.ts";
import type { LegalHold } from "../contract.ts";
import { tablesIn } from "./tables.ts";

export interface HoldStore {
  insert(hold: LegalHold): Promise<void>;
  list(limit: number): Promise<LegalHold[]>;
  /** Those that hold now. */
  standing(): Promise<LegalHold[]>;
  /** Undefined where there is none, or it was lifted before. */
  lift(id: string, atMs: number): Promise<LegalHold | undefined>;
}

const HOLDS_MAX = 10_000;

export function createHoldStore(storage: Storage): HoldStore {
  const db = () => tablesIn(storage);
  return {
    async insert({ id, subject, reason, by, made_at_ms }) {
      await db()
        .insertInto("vault_holds")
        .values({
          id,
          subject: JSON.stringify(subject),
          reason,
          by,
          made_at: new Date(made_at_ms),
          lifted_at: null,
        })
        .execute();
    },
    async list(limit) {
      const rows = await db().selectFrom("vault_holds").selectAll().orderBy("made_at", "desc").limit(limit).execute();
      return rows.map(holdOf);
    },
    async standing() {
      const rows = await db()
        .selectFrom("vault_holds")
        .selectAll()
        .where("lifted_at", "is", null)
        .limit(HOLDS_MAX)
        .execute();
      return rows.map(holdOf);
    },
    async lift(id, atMs) {
      const row = await db()
        .updateTable("vault_holds")
        .set({ lifted_at: new Date(atMs) })
        .where("id", "=", id)
        .where("lifted_at", "is", null)
        .returningAll()
        .executeTakeFirst();
      return row && holdOf(row);
    },
  };
}

interface Row {
  id: string;
  /** JSON, which `pg` has read already. */
  subject: unknown;
  reason: string;
  by: string;
  made_at: Date;
  lifted_at: Date | null;
}

function holdOf({ id, subject, reason, by, made_at, lifted_at }: Row): LegalHold {
  return {
    id,
    subject: subject as LegalHold["subject"],
    reason,
    by,
    made_at_ms: made_at.getTime(),
    lifted_at_ms: lifted_at?.getTime() ?? null,
  };
}
