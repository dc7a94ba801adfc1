// How far each receiver has been told.
import { type Kysely, sql } from "kysely";
import type { Storage } from "../../storage/index.ts";

export interface SendCursor {
  origin: number;
  /** The next entry. */
  seq: number;
}

export interface CursorStore {
  read(receiver: string): Promise<SendCursor | undefined>;
  write(receiver: string, cursor: SendCursor): Promise<void>;
}

export function createCursorStore(storage: Storage): CursorStore {
  const db = (): Kysely<unknown> => storage.tables<unknown>();
  return {
    async read(receiver) {
      const { rows } = await sql<SendCursor>`
        select origin, seq::float8 as seq from audit_cursors where receiver = ${receiver}`.execute(db());
      return rows[0];
    },
    async write(receiver, { origin, seq }) {
      await sql`insert into audit_cursors (receiver, origin, seq) values (${receiver}, ${origin}, ${seq})
        on conflict (receiver) do update set origin = excluded.origin, seq = excluded.seq`.execute(db());
    },
  };
}
