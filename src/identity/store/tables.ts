// The tables of identity, as Kysely knows them.
import type { ColumnType, Generated, Kysely } from "kysely";
import type { RoleName } from "../../policy/contract.ts";
import type { Storage } from "../../storage/index.ts";

export interface PeopleTable {
  name: string;
  roles: Generated<RoleName[]>;
  password: string | null;
  password_changed_at: Date | null;
  last_sign_in_at: Date | null;
  created_at: Generated<Date>;
}

export interface AccountsTable {
  provider: string;
  subject: string;
  person: string;
  linked_at: Generated<Date>;
}

export interface PasskeysTable {
  id: string;
  person: string;
  name: string;
  public_key: Buffer;
  counter: ColumnType<string, number, number>;
  transports: string[];
  created_at: Date;
  last_used_at: Date | null;
}

export interface SessionsTable {
  hash: string;
  id: string;
  kind: "key" | "person";
  who: string;
  roles: RoleName[];
  way: string;
  provider: string | null;
  provider_subject: string | null;
  provider_session: string | null;
  agent: string;
  address: string;
  created_at: Date;
  seen_at: Date;
  expires_at: Date;
}

export interface OnceTable {
  purpose: string;
  id: string;
  owner: string | null;
  data: ColumnType<unknown, string, string>;
  expires_at: Date;
}

export interface TriesTable {
  what: string;
  count: number;
  until_at: Date;
}

export interface Tables {
  identity_people: PeopleTable;
  identity_accounts: AccountsTable;
  identity_passkeys: PasskeysTable;
  identity_sessions: SessionsTable;
  identity_once: OnceTable;
  identity_tries: TriesTable;
}

export const tablesIn = (storage: Pick<Storage, "tables">): (() => Kysely<Tables>) => storage.tables<Tables>;
