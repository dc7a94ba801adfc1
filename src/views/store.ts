// Views in PostgreSQL. Every statement names the organisation: nothing of another one is ever read.
import { type Kysely, sql } from "kysely";
import type { Storage } from "../storage/index.ts";
import type { PutView } from "./contract.ts";

export interface StoredView {
  id: string;
  owner: string;
  owner_name: string;
  page: string;
  name: string;
  search: string;
  shared: boolean;
  updated_at_ms: number;
}

export interface Owner {
  organisation: string;
  /** `user:NAME`, or `key:ID` of a key that no user stands behind. */
  owner: string;
}

export interface ViewStore {
  own(owner: Owner, page: string | null, limit: number): Promise<StoredView[]>;
  sharedByOthers(owner: Owner, page: string | null, limit: number): Promise<StoredView[]>;
  /** Undefined where it would be one too many. */
  put(owner: Owner & { name: string }, view: PutView & { id: string }, max: number): Promise<StoredView | undefined>;
  delete(owner: Owner, id: string): Promise<boolean>;
}

const columns = sql`id, owner, owner_name, page, name, search, shared,
  (extract(epoch from updated_at) * 1000)::float8 as updated_at_ms`;

export function createViewStore(storage: Pick<Storage, "tables">): ViewStore {
  const db = (): Kysely<unknown> => storage.tables<unknown>();
  const ofPage = (page: string | null) => (page === null ? sql`true` : sql`page = ${page}`);
  return {
    async own({ organisation, owner }, page, limit) {
      const { rows } = await sql<StoredView>`
        select ${columns} from views_views
        where organisation = ${organisation} and owner = ${owner} and ${ofPage(page)}
        order by page, name limit ${limit}`.execute(db());
      return rows;
    },
    async sharedByOthers({ organisation, owner }, page, limit) {
      const { rows } = await sql<StoredView>`
        select ${columns} from views_views
        where organisation = ${organisation} and owner <> ${owner} and shared and ${ofPage(page)}
        order by updated_at desc, id limit ${limit}`.execute(db());
      return rows;
    },
    async put({ organisation, owner, name: ownerName }, { id, page, name, search, shared }, max) {
      const { rows } = await sql<StoredView>`
        insert into views_views (id, organisation, owner, owner_name, page, name, search, shared)
        select ${id}, ${organisation}, ${owner}, ${ownerName}, ${page}, ${name}, ${search}, ${shared}
        where (select count(*) from views_views where organisation = ${organisation} and owner = ${owner}
          and (page, name) <> (${page}, ${name})) < ${max}
        on conflict (organisation, owner, page, name) do update
        set search = excluded.search, shared = excluded.shared, owner_name = excluded.owner_name,
          updated_at = date_trunc('milliseconds', clock_timestamp())
        returning ${columns}`.execute(db());
      return rows[0];
    },
    async delete({ organisation, owner }, id) {
      const { rows } = await sql`
        delete from views_views where organisation = ${organisation} and owner = ${owner} and id = ${id}
        returning id`.execute(db());
      return rows.length > 0;
    },
  };
}
