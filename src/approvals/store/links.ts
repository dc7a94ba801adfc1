// Links of messages, and messages that wait to be sent, in PostgreSQL. A link is used in the transaction of the vote that it
// gives; a message is claimed for as long as one try takes.
import { type Kysely, sql } from "kysely";
import type { Storage } from "../../storage/index.ts";
import type { Person } from "../request.ts";
import type { Open } from "./requests.ts";

export interface Link {
  id: string;
  requestId: string;
  person: Person;
}

export type NoticeAbout = "asked" | "escalated";

export interface Notice {
  id: string;
  requestId: string;
  about: NoticeAbout;
  recipient: string;
  tries: number;
}

type Db = Kysely<unknown>;

export function createLinkStore(storage: Storage) {
  const db = (): Db => storage.tables<unknown>();
  return {
    async insert({ id, requestId, person }: Link, expiresAtMs: number): Promise<void> {
      await sql`
        insert into approvals_links (id, request_id, person, expires_at)
        values (${id}, ${requestId}, ${JSON.stringify(person)}::json, to_timestamp(${expiresAtMs}::float8 / 1000))`.execute(
        db(),
      );
    },
    /** One that may still be used. */
    async find(id: string): Promise<Link | undefined> {
      const { rows } = await sql<Link>`
        select id, request_id as "requestId", person from approvals_links
        where id = ${id} and used_at is null and expires_at > clock_timestamp()`.execute(db());
      return rows[0];
    },
    /** True for one of all who try. */
    async use(open: Open, id: string): Promise<boolean> {
      const { rows } = await sql`
        update approvals_links set used_at = clock_timestamp()
        where id = ${id} and used_at is null and expires_at > clock_timestamp() returning id`.execute(open);
      return rows.length === 1;
    },
  };
}

export type LinkStore = ReturnType<typeof createLinkStore>;

const CLAIMED_AT_ONCE = 20;

export function createNoticeStore(storage: Storage) {
  const db = (): Db => storage.tables<unknown>();
  return {
    async add(open: Open, requestId: string, notices: readonly { about: NoticeAbout; recipient: string }[]) {
      for (const { about, recipient } of notices)
        await sql`
          insert into approvals_notices (request_id, about, recipient)
          values (${requestId}, ${about}, ${recipient})`.execute(open);
    },
    /** Theirs whoever gets them, until the time is over. */
    async claim(forMs: number, triesMax: number): Promise<Notice[]> {
      const { rows } = await sql<Notice>`
        update approvals_notices
        set next_at = clock_timestamp() + make_interval(secs => ${forMs / 1000}), tries = tries + 1
        where id in (
          select id from approvals_notices
          where sent_at is null and next_at <= clock_timestamp() and tries < ${triesMax}
          order by next_at limit ${CLAIMED_AT_ONCE} for update skip locked)
        returning id, request_id as "requestId", about, recipient, tries`.execute(db());
      return rows;
    },
    async sent(id: string): Promise<void> {
      await sql`update approvals_notices set sent_at = clock_timestamp(), error = null where id = ${id}`.execute(db());
    },
    async failed(id: string, error: string, againInMs: number): Promise<void> {
      await sql`
        update approvals_notices
        set error = ${error}, next_at = clock_timestamp() + make_interval(secs => ${againInMs / 1000})
        where id = ${id}`.execute(db());
    },
  };
}

export type NoticeStore = ReturnType<typeof createNoticeStore>;
