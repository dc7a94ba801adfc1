// The tree in PostgreSQL: tiles, sizes, checkpoints, and the one moment in which an entry gets its place.
import { type Kysely, sql, type Transaction } from "kysely";
import type { Storage } from "../../storage/index.ts";
import type { ChangedTile, ReadTile, TilePlace } from "../tree/tiles.ts";

export interface StoredTree {
  origin: number;
  name: string;
  size: number;
}

export interface SignedCheckpoint {
  origin: number;
  size: number;
  signedAtMs: number;
  note: string;
}

export interface WaitingEntry {
  /** As PostgreSQL writes it: to the microsecond. */
  at: string;
  id: string;
  leaf: string;
}

export interface TreeStore {
  /** The one that grows; held until the transaction ends where one is given. */
  tree(transaction?: Transaction<unknown>): Promise<StoredTree | undefined>;
  trees(): Promise<StoredTree[]>;
  begin(transaction: Transaction<unknown>, tree: { origin: number; name: string; atMs: number }): Promise<void>;
  /** Committed entries of this log without a place, oldest first. */
  waiting(transaction: Transaction<unknown>, log: string, limit: number): Promise<WaitingEntry[]>;
  hasWaiting(log: string): Promise<boolean>;
  countWaiting(log: string): Promise<{ own: number; foreign: number }>;
  /** Gives them the places from `first` on. Throws where one has a place already. */
  place(
    transaction: Transaction<unknown>,
    origin: number,
    placed: { first: number; entries: readonly WaitingEntry[] },
  ): Promise<void>;
  putTiles(transaction: Transaction<unknown>, origin: number, tiles: readonly ChangedTile[]): Promise<void>;
  putCheckpoint(transaction: Transaction<unknown>, checkpoint: SignedCheckpoint): Promise<void>;
  /** With the signatures of witnesses, which come later. */
  setNote(checkpoint: Pick<SignedCheckpoint, "origin" | "size" | "note">): Promise<void>;
  /** The latest of an origin; in the transaction where one is given. */
  checkpoint(origin: number, transaction?: Transaction<unknown>): Promise<SignedCheckpoint | undefined>;
  /** Lets go those of hours gone by but for the last of each. */
  thin(beforeMs: number): Promise<void>;
  readTile(origin: number, transaction?: Transaction<unknown>): ReadTile;
  addVerifiers(transaction: Transaction<unknown>, origin: number, verifiers: readonly string[]): Promise<void>;
  /** All that have signed this origin, the newest first. */
  verifiers(origin: number, transaction?: Transaction<unknown>): Promise<string[]>;
}

const treeColumns = sql`origin, name, size::float8 as size`;
const checkpointColumns = sql`origin, size::float8 as size, note, (extract(epoch from signed_at) * 1000)::float8 as "signedAtMs"`;

export function createTreeStore(storage: Storage): TreeStore {
  const db = (transaction?: Transaction<unknown>): Kysely<unknown> => transaction ?? storage.tables<unknown>();
  return {
    async tree(transaction) {
      const { rows } = await sql<StoredTree>`select ${treeColumns} from audit_trees order by origin desc limit 1
        ${transaction ? sql`for update` : sql``}`.execute(db(transaction));
      return rows[0];
    },
    async trees() {
      return (await sql<StoredTree>`select ${treeColumns} from audit_trees order by origin`.execute(db())).rows;
    },
    async begin(transaction, { origin, name, atMs }) {
      await sql`insert into audit_trees (origin, name, begun_at) values (${origin}, ${name}, ${new Date(atMs)})
        on conflict do nothing`.execute(transaction);
    },
    async waiting(transaction, log, limit) {
      const { rows } = await sql<WaitingEntry>`select at::text as at, id, leaf from audit_entries
        where seq is null and log = ${log} order by at, id limit ${limit}`.execute(transaction);
      return rows;
    },
    async hasWaiting(log) {
      const { rows } = await sql`select from audit_entries where seq is null and log = ${log} limit 1`.execute(db());
      return rows.length > 0;
    },
    async countWaiting(log) {
      const { rows } = await sql<{ own: string; foreign: string }>`
        select count(*) filter (where log = ${log}) as own, count(*) filter (where log is distinct from ${log}) as foreign
        from audit_entries where seq is null`.execute(db());
      return { own: Number(rows[0]?.own ?? 0), foreign: Number(rows[0]?.foreign ?? 0) };
    },
    place: placeEntries,
    async putTiles(transaction, origin, tiles) {
      await sql`insert into audit_tiles (origin, level, number, hashes)
        select ${origin}, level, number, hashes from unnest(
          ${tiles.map(({ level }) => level)}::smallint[], ${tiles.map(({ number }) => number)}::bigint[],
          ${tiles.map(({ hashes }) => Buffer.from(hashes))}::bytea[]
        ) as made(level, number, hashes)
        on conflict (origin, level, number) do update set hashes = excluded.hashes`.execute(transaction);
    },
    async putCheckpoint(transaction, { origin, size, signedAtMs, note }) {
      await sql`insert into audit_checkpoints (origin, size, signed_at, note)
        values (${origin}, ${size}, ${new Date(signedAtMs)}, ${note})
        on conflict (origin, size) do update set note = excluded.note`.execute(transaction);
    },
    async setNote({ origin, size, note }) {
      await sql`update audit_checkpoints set note = ${note} where origin = ${origin} and size = ${size}`.execute(db());
    },
    async checkpoint(origin, transaction) {
      const { rows } = await sql<SignedCheckpoint>`select ${checkpointColumns} from audit_checkpoints
        where origin = ${origin} order by size desc limit 1`.execute(db(transaction));
      return rows[0];
    },
    async thin(beforeMs) {
      await sql`delete from audit_checkpoints as old where signed_at < ${new Date(beforeMs)} and exists (
        select from audit_checkpoints as later where later.origin = old.origin and later.size > old.size
          and date_trunc('hour', later.signed_at, 'UTC') = date_trunc('hour', old.signed_at, 'UTC'))`.execute(db());
    },
    readTile: (origin, transaction) => (place) => readTile(db(transaction), origin, place),
    async addVerifiers(transaction, origin, verifiers) {
      await sql`insert into audit_verifiers (origin, verifier) select ${origin}, verifier
        from unnest(${[...verifiers].reverse()}::text[]) as listed(verifier) on conflict do nothing`.execute(
        transaction,
      );
    },
    async verifiers(origin, transaction) {
      const { rows } = await sql<{ verifier: string }>`
        select verifier from audit_verifiers where origin = ${origin} order by number desc`.execute(db(transaction));
      return rows.map(({ verifier }) => verifier);
    },
  };
}

async function placeEntries(
  transaction: Transaction<unknown>,
  origin: number,
  { first, entries }: { first: number; entries: readonly WaitingEntry[] },
): Promise<void> {
  const { numAffectedRows } = await sql`
    update audit_entries as entry set origin = ${origin}, seq = ${first} + placed.number - 1
    from unnest(${entries.map(({ at }) => at)}::timestamptz[], ${entries.map(({ id }) => id)}::uuid[])
      with ordinality as placed(at, id, number)
    where entry.at = placed.at and entry.id = placed.id and entry.seq is null`.execute(transaction);
  if (numAffectedRows !== BigInt(entries.length)) throw new Error("audit entries were given places by somebody else");
  await sql`update audit_trees set size = ${first + entries.length} where origin = ${origin}`.execute(transaction);
}

async function readTile(db: Kysely<unknown>, origin: number, { level, number }: TilePlace): Promise<Uint8Array> {
  const { rows } = await sql<{ hashes: Buffer }>`select hashes from audit_tiles
    where origin = ${origin} and level = ${level} and number = ${number}`.execute(db);
  return rows[0]?.hashes ?? new Uint8Array();
}
