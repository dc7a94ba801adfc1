// Files, and the pieces that they are kept in.
import { sql } from "kysely";
import type { ContentSealer, DataOwner } from "../../kernel/index.ts";
import { HIDDEN_PURPOSE, type StoredFile } from "../batch.ts";
import { openPiece, sealPiece } from "./sealing.ts";
import { type Database, fileFromRow } from "./tables.ts";

export interface FileSearch {
  owner: string;
  purpose: string | undefined;
  /** The id behind which the page begins. */
  after: string | undefined;
  order: "asc" | "desc";
  limit: number;
}

export interface NewFile {
  id: string;
  owner: string;
  filename: string;
  purpose: string;
  /** Whose keys it is sealed with; null where it is not. */
  sealedFor: DataOwner | null;
  /** From now on. */
  lifetimeMs: number;
}

export interface FileStore {
  /** An empty one; pieces follow. */
  insert(file: NewFile): Promise<void>;
  /** The next piece, at most 1 MiB. */
  append(file: Pick<NewFile, "id" | "sealedFor">, place: number, bytes: Uint8Array): Promise<void>;
  find(owner: string, id: string): Promise<StoredFile | undefined>;
  list(search: FileSearch): Promise<StoredFile[]>;
  /** How many files an owner has uploaded or been given, and how long they are together. */
  countOf(owner: string): Promise<{ files: number; bytes: number }>;
  /** Undefined behind the last one. Throws `batches.erased`. */
  readPiece(id: string, place: number): Promise<Uint8Array | undefined>;
  /** Says whether there was one. */
  remove(owner: string, id: string): Promise<boolean>;
  removeExpired(): Promise<void>;
}

export function createFileStore(db: () => Database, sealer: ContentSealer): FileStore {
  return {
    async insert({ lifetimeMs, sealedFor: _, ...file }) {
      const expires_at = sql<Date>`now() + ${lifetimeMs} * interval '1 ms'`;
      await db()
        .insertInto("batches_files")
        .values({ ...file, expires_at })
        .execute();
    },
    async append({ id, sealedFor }, place, bytes) {
      const piece = sealPiece(sealer, bytes, { fileId: id, place, owner: sealedFor });
      await sql`
        with piece as (
          insert into batches_file_chunks (file_id, place, bytes, is_sealed)
          values (${id}, ${place}, ${Buffer.from(piece.bytes)}, ${piece.isSealed})
        )
        update batches_files set bytes = bytes + ${bytes.length} where id = ${id}`.execute(db());
    },
    async find(owner, id) {
      const row = await db()
        .selectFrom("batches_files")
        .selectAll()
        .where("id", "=", id)
        .where("owner", "=", owner)
        .executeTakeFirst();
      return row && fileFromRow(row);
    },
    async list({ owner, purpose, after, order, limit }) {
      let query = db()
        .selectFrom("batches_files")
        .selectAll()
        .where("owner", "=", owner)
        .where("purpose", "<>", HIDDEN_PURPOSE)
        .orderBy("id", order)
        .limit(limit);
      if (purpose !== undefined) query = query.where("purpose", "=", purpose);
      if (after !== undefined) query = query.where("id", order === "asc" ? ">" : "<", after);
      return (await query.execute()).map(fileFromRow);
    },
    async countOf(owner) {
      const { rows } = await sql<{ files: number; bytes: number }>`
        select count(*) as files, coalesce(sum(bytes), 0)::bigint as bytes from batches_files
        where owner = ${owner}`.execute(db());
      return rows[0] ?? { files: 0, bytes: 0 };
    },
    async readPiece(id, place) {
      const row = await db()
        .selectFrom("batches_file_chunks")
        .select(["bytes", "is_sealed"])
        .where("file_id", "=", id)
        .where("place", "=", place)
        .executeTakeFirst();
      return row && openPiece(sealer, { bytes: row.bytes, isSealed: row.is_sealed }, { fileId: id, place });
    },
    async remove(owner, id) {
      const { numDeletedRows } = await db()
        .deleteFrom("batches_files")
        .where("id", "=", id)
        .where("owner", "=", owner)
        .executeTakeFirst();
      return numDeletedRows > 0n;
    },
    async removeExpired() {
      await sql`delete from batches_files where expires_at <= now()`.execute(db());
    },
  };
}
