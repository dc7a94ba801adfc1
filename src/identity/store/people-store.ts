// What is known of people beside the directory's user of the same name: roles, password, accounts at providers.
import { type Kysely, sql } from "kysely";
import type { RoleName } from "../../policy/contract.ts";
import type { Storage } from "../../storage/index.ts";
import { type Tables, tablesIn } from "./tables.ts";

export interface StoredPerson {
  name: string;
  roles: RoleName[];
  password: string | null;
  /** When the person was first heard of. */
  since_ms: number;
}

export interface PersonRow {
  name: string;
  roles: RoleName[];
  has_password: boolean;
  passkeys: number;
  accounts: { provider: string; subject: string }[];
  last_sign_in_at_ms: number | null;
}

export interface PeoplePage {
  limit: number;
  after: string;
  only?: string;
}

export interface PeopleStore {
  find(name: string): Promise<StoredPerson | undefined>;
  /** In the order of their names, those after one. */
  list(page: PeoplePage): Promise<PersonRow[]>;
  /** Whether anybody can sign in with a role. */
  hasAnyone(): Promise<boolean>;
  /** Whether there is any of either. */
  proofs(): Promise<{ password: boolean; passkey: boolean }>;
  /** That there is such a person, from now on or from before. */
  hear(name: string): Promise<void>;
  setRoles(name: string, roles: readonly RoleName[]): Promise<void>;
  setPassword(name: string, password: string, atMs: number): Promise<void>;
  noteSignIn(name: string, atMs: number): Promise<void>;
  personOf(provider: string, subject: string): Promise<string | undefined>;
  /** False where the person has another account of this provider. */
  link(account: { provider: string; subject: string; person: string }): Promise<boolean>;
  unlink(person: string, provider: string): Promise<boolean>;
  /** All that is known of somebody, sessions included. */
  forget(name: string): Promise<void>;
}

export function createPeopleStore(storage: Pick<Storage, "tables">): PeopleStore {
  const db: () => Kysely<Tables> = tablesIn(storage);
  return {
    async find(name) {
      const query = db().selectFrom("identity_people").select(["name", "roles", "password", "created_at"]);
      const row = await query.where("name", "=", name).executeTakeFirst();
      return row && { name: row.name, roles: row.roles, password: row.password, since_ms: row.created_at.getTime() };
    },
    list: (page) => listPeople(db(), page),
    hasAnyone: async () =>
      (await db().selectFrom("identity_people").select("name").limit(1).executeTakeFirst()) !== undefined,
    async proofs() {
      const { rows } = await sql<{ password: boolean; passkey: boolean }>`select
        exists (select 1 from identity_people where password is not null) as password,
        exists (select 1 from identity_passkeys) as passkey`.execute(db());
      return rows[0] ?? { password: false, passkey: false };
    },
    async hear(name) {
      await db()
        .insertInto("identity_people")
        .values({ name })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
    setRoles: (name, roles) => putPerson(db(), name, { roles: [...roles] }),
    setPassword: (name, password, atMs) => putPerson(db(), name, { password, password_changed_at: new Date(atMs) }),
    noteSignIn: (name, atMs) => putPerson(db(), name, { last_sign_in_at: new Date(atMs) }),
    async personOf(provider, subject) {
      const query = db().selectFrom("identity_accounts").select("person");
      return (await query.where("provider", "=", provider).where("subject", "=", subject).executeTakeFirst())?.person;
    },
    async link(account) {
      const inserted = await db()
        .insertInto("identity_accounts")
        .values(account)
        .onConflict((conflict) => conflict.doNothing())
        .returning("person")
        .executeTakeFirst();
      return inserted !== undefined;
    },
    async unlink(person, provider) {
      const query = db().deleteFrom("identity_accounts").where("person", "=", person);
      return (await query.where("provider", "=", provider).executeTakeFirst()).numDeletedRows > 0n;
    },
    forget: (name) =>
      db()
        .transaction()
        .execute(async (transaction) => {
          const sessions = transaction.deleteFrom("identity_sessions").where("kind", "=", "person");
          await sessions.where("who", "=", name).execute();
          await transaction.deleteFrom("identity_passkeys").where("person", "=", name).execute();
          await transaction.deleteFrom("identity_accounts").where("person", "=", name).execute();
          await transaction.deleteFrom("identity_once").where("owner", "=", name).execute();
          await transaction.deleteFrom("identity_people").where("name", "=", name).execute();
        }),
  };
}

type Change = { roles: RoleName[] } | { password: string; password_changed_at: Date } | { last_sign_in_at: Date };

async function putPerson(db: Kysely<Tables>, name: string, change: Change): Promise<void> {
  await db
    .insertInto("identity_people")
    .values({ name, ...change })
    .onConflict((conflict) => conflict.column("name").doUpdateSet(change))
    .execute();
}

async function listPeople(db: Kysely<Tables>, { limit, after, only }: PeoplePage): Promise<PersonRow[]> {
  const { rows } = await sql<PersonRow>`
    select name, roles, password is not null as has_password,
      (select count(*)::int from identity_passkeys where person = identity_people.name) as passkeys,
      coalesce((select json_agg(json_build_object('provider', provider, 'subject', subject) order by provider)
        from identity_accounts where person = identity_people.name), '[]') as accounts,
      (extract(epoch from last_sign_in_at) * 1000)::bigint::float8 as last_sign_in_at_ms
    from identity_people where name > ${after} and (${only ?? null}::text is null or name = ${only ?? null}) order by name limit ${limit}`.execute(
    db,
  );
  return rows;
}
