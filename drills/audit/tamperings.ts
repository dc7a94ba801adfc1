// What someone can do to the audit trail who has PostgreSQL to themselves, triggers switched off; each undone after it was judged.
import type { FindingKind } from "../../src/audit/index.ts";
import type { Storage } from "../../src/storage/index.ts";

export interface Tampering {
  that: string;
  /** What it must be found as. */
  kind: FindingKind;
  statements: readonly string[];
}

const REHASH = `update audit_tiles set hashes = overlay(hashes placing (
  select sha256('\\x00'::bytea || convert_to(leaf, 'utf8')) from audit_entries where seq = 11
) from 11 * 32 + 1) where level = 0 and number = 0`;
const ALTER = "update audit_entries set leaf = replace(leaf, 'sim-small', 'sim-large') where seq = 11";

export const tamperings: readonly Tampering[] = [
  { that: "a row that was altered", kind: "entry_altered", statements: [ALTER] },
  { that: "a row that was altered with its tile", kind: "forked", statements: [ALTER, REHASH] },
  {
    that: "a row that was deleted in the middle",
    kind: "entry_missing",
    statements: ["delete from audit_entries where seq = 12"],
  },
  {
    that: "a tail that was deleted",
    kind: "entry_missing",
    statements: ["delete from audit_entries where seq > (select max(seq) - 20 from audit_entries)"],
  },
  {
    that: "rows that changed places",
    kind: "entry_moved",
    statements: [
      "update audit_entries set seq = -1 where seq = 13",
      "update audit_entries set seq = 13 where seq = 17",
      "update audit_entries set seq = 17 where seq = -1",
    ],
  },
  {
    that: "a row that was put in between",
    kind: "place_taken_twice",
    statements: [
      "insert into audit_entries (at, id, origin, seq, leaf) select at - interval '1 hour', gen_random_uuid(), origin, 5, leaf from audit_entries where seq = 6",
    ],
  },
  {
    that: "a row of another installation",
    kind: "foreign_entry",
    statements: [
      "insert into audit_entries (at, id, leaf) select at, gen_random_uuid(), replace(leaf, log, gen_random_uuid()::text) from audit_entries where seq = 6",
    ],
  },
  {
    that: "sealed parts that were changed for one another",
    kind: "sealed_altered",
    statements: [
      "update audit_entries as one set sealed = other.sealed, salt = other.salt from audit_entries as other where one.seq + other.seq = 12 and one.seq in (1, 11)",
    ],
  },
  {
    that: "calls of a batch that were deleted",
    kind: "calls_missing",
    statements: ["delete from audit_calls where id = (select max(id::text)::uuid from audit_calls)"],
  },
  {
    that: "calls of a batch that are those of another",
    kind: "calls_altered",
    statements: [
      "update audit_calls set calls = (select calls from audit_calls order by id limit 1) where id = (select max(id::text)::uuid from audit_calls)",
    ],
  },
  {
    that: "a checkpoint that somebody else wrote",
    kind: "checkpoint_forged",
    // Another letter than stood there.
    statements: [
      `update audit_checkpoints set note = case
        when note ~ '— \\S+ B' then regexp_replace(note, '— (\\S+) B', '— \\1 C')
        else regexp_replace(note, '— (\\S+) \\S', '— \\1 B')
      end`,
    ],
  },
];

const TABLES = ["entries", "calls", "trees", "tiles", "checkpoints"];
const ENTRY_COLUMNS = "at, id, origin, seq, leaf, salt, sealed";

async function untriggered(storage: Storage, statements: readonly string[]): Promise<void> {
  const client = await storage.pool.connect();
  try {
    await client.query("set session_replication_role = replica");
    for (const statement of statements) await client.query(statement);
    await client.query("set session_replication_role = origin");
  } finally {
    client.release();
  }
}

const keep = (storage: Storage): Promise<void> =>
  untriggered(
    storage,
    TABLES.map((name) => `create table kept_${name} as select * from audit_${name}`),
  );

const putBack = (storage: Storage): Promise<void> =>
  untriggered(
    storage,
    TABLES.flatMap((name) => {
      const columns = name === "entries" ? ENTRY_COLUMNS : "*";
      const into = name === "entries" ? `audit_entries (${ENTRY_COLUMNS})` : `audit_${name}`;
      return [
        `delete from audit_${name}`,
        `insert into ${into} select ${columns} from kept_${name}`,
        `drop table kept_${name}`,
      ];
    }),
  );

export async function withTampering<Found>(
  storage: Storage,
  { statements }: Tampering,
  judge: () => Promise<Found>,
): Promise<Found> {
  await keep(storage);
  await untriggered(storage, statements);
  const found = await judge();
  await putBack(storage);
  return found;
}

/** The database as it was before `meanwhile`. */
export async function rollBack(storage: Storage, meanwhile: () => Promise<void>): Promise<void> {
  await keep(storage);
  await meanwhile();
  await putBack(storage);
}
