// Versions of policies in PostgreSQL. All changes take one row's lock, one after the other, and raise its revision: who knows
// that knows all.
import { type Kysely, sql, type Transaction } from "kysely";
import type { Storage } from "../../storage/index.ts";
import type { PolicyText } from "../engine/policy-text.ts";
import type { VersionState } from "./contract.ts";

export interface StoredVersion {
  number: number;
  state: VersionState;
  texts: PolicyText[];
  content: string;
  note: string;
  proposedAtMs: number;
  proposedBy: string;
  proposedByName: string;
  proposedByUser: string | null;
  approvedAtMs: number | null;
  approvedBy: string | null;
  approvedByName: string | null;
}

export interface StoredEvent {
  event: string;
  atMs: number;
  keyId: string;
  keyName: string;
}

export interface Who {
  keyId: string;
  keyName: string;
  user: string | null;
}

export interface ActiveState {
  revision: number;
  /** Null where the shipped policies are alone. */
  active: number | null;
}

export interface VersionStore {
  state(): Promise<ActiveState>;
  list(limit: number): Promise<StoredVersion[]>;
  find(number: number): Promise<StoredVersion | undefined>;
  events(number: number): Promise<StoredEvent[]>;
  /** In one transaction, with nobody else changing anything. What it throws undoes it. */
  change<T>(work: (writing: VersionWriting) => Promise<T>): Promise<T>;
}

export interface VersionWriting {
  readonly transaction: Transaction<unknown>;
  readonly active: number | null;
  find(number: number): Promise<StoredVersion | undefined>;
  insert(version: NewVersion, by: Who): Promise<StoredVersion>;
  setState(number: number, state: VersionState): Promise<void>;
  approve(number: number, by: Who): Promise<void>;
  setActive(number: number | null): Promise<void>;
  /** The version that was active before the one that is. */
  previous(): Promise<number | undefined>;
  note(number: number, event: string, by: Who): Promise<void>;
  /** The oldest that are neither active nor waiting go, beyond so many. */
  sweep(versionsMax: number): Promise<void>;
}

export type NewVersion = Pick<StoredVersion, "state" | "texts" | "content" | "note">;

type Db = Kysely<unknown>;

export function createVersionStore(storage: Pick<Storage, "tables">): VersionStore {
  const db = (): Db => storage.tables<unknown>();
  return {
    state: () => readState(db()),
    list: async (limit) =>
      (
        await sql<StoredVersion>`select ${columns} from policy_versions order by number desc limit ${limit}`.execute(
          db(),
        )
      ).rows,
    find: (number) => find(db(), number),
    async events(number) {
      const { rows } = await sql<StoredEvent>`
        select event, ${epochMs(sql`at`)} as "atMs", key_id as "keyId", key_name as "keyName"
        from policy_events where number = ${number} order by id`.execute(db());
      return rows;
    },
    change: (work) =>
      db()
        .transaction()
        .execute(async (transaction) => {
          await sql`update policy_state set revision = revision + 1`.execute(transaction);
          const { active } = await readState(transaction);
          return work(createWriting(transaction, active));
        }),
  };
}

function createWriting(transaction: Transaction<unknown>, active: number | null): VersionWriting {
  return {
    transaction,
    active,
    find: (number) => find(transaction, number),
    insert: (version, by) => insert(transaction, version, by),
    async setState(number, state) {
      await sql`update policy_versions set state = ${state} where number = ${number}`.execute(transaction);
    },
    async approve(number, { keyId, keyName }) {
      await sql`update policy_versions set approved_at = clock_timestamp(), approved_by = ${keyId},
        approved_by_name = ${keyName} where number = ${number}`.execute(transaction);
    },
    async setActive(number) {
      await sql`update policy_state set active = ${number}`.execute(transaction);
    },
    async previous() {
      // Whoever was rolled back from is not what anybody wants back.
      const { rows } = await sql<{ number: number }>`
        select number from (
          select distinct on (number) number, event, id from policy_events
          where event in ('activated', 'rolled_back') order by number, id desc
        ) as latest where event = 'activated' and number is distinct from ${active} order by id desc limit 1`.execute(
        transaction,
      );
      return rows[0]?.number;
    },
    async note(number, event, { keyId, keyName }) {
      await sql`insert into policy_events (number, event, key_id, key_name)
        values (${number}, ${event}, ${keyId}, ${keyName})`.execute(transaction);
    },
    async sweep(versionsMax) {
      await sql`delete from policy_versions where state in ('draft', 'retired') and number in (
        select number from policy_versions order by number desc offset ${versionsMax})`.execute(transaction);
      await sql`delete from policy_events where number > 0 and number not in (select number from policy_versions)`.execute(
        transaction,
      );
    },
  };
}

const epochMs = (moment: ReturnType<typeof sql>) => sql`(extract(epoch from ${moment}) * 1000)::bigint`;

const columns = sql`number, state, texts, content, note, ${epochMs(sql`proposed_at`)} as "proposedAtMs",
  proposed_by as "proposedBy", proposed_by_name as "proposedByName", proposed_by_user as "proposedByUser",
  ${epochMs(sql`approved_at`)} as "approvedAtMs", approved_by as "approvedBy", approved_by_name as "approvedByName"`;

async function readState(db: Db): Promise<ActiveState> {
  const { rows } = await sql<ActiveState>`select revision, active from policy_state`.execute(db);
  return rows[0] ?? { revision: 0, active: null };
}

async function find(db: Db, number: number): Promise<StoredVersion | undefined> {
  const { rows } = await sql<StoredVersion>`select ${columns} from policy_versions where number = ${number}`.execute(
    db,
  );
  return rows[0];
}

async function insert(db: Db, { state, texts, content, note }: NewVersion, by: Who): Promise<StoredVersion> {
  const { rows } = await sql<StoredVersion>`
    insert into policy_versions (number, state, texts, content, note, proposed_by, proposed_by_name, proposed_by_user)
    select coalesce(max(number), 0) + 1, ${state}, ${JSON.stringify(texts)}::json, ${content}, ${note},
      ${by.keyId}, ${by.keyName}, ${by.user}
    from policy_versions
    returning ${columns}`.execute(db);
  const [written] = rows;
  if (!written) throw new Error("a version was not written");
  return written;
}
