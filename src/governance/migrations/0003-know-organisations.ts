// Organisations: whose a user, team, project or key is; and what a user or a key may do, by roles. What was there before is the
// installation's own.
import { type Kysely, type Migration, sql } from "kysely";

const statements = [
  sql`alter table governance_entries
    add organisation text not null default 'default',
    add roles text[] not null default '{}'`,
  // The same name may stand in several organisations.
  sql`alter table governance_entries drop constraint governance_entries_pkey, add primary key (organisation, kind, name)`,
  sql`drop index governance_entries_by_revision`,
  sql`create index governance_entries_by_revision on governance_entries (revision, organisation, kind, name)`,
  sql`alter table governance_keys
    add organisation text not null default 'default',
    add roles text[],
    add kind text not null default 'key'`,
  sql`create index governance_keys_by_organisation on governance_keys (organisation, created_at desc, id desc)`,
];

export const knowOrganisations: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of statements) await statement.execute(db);
  },
};
