// What was settled, by when: it goes after a while. And what belongs to one approval, which then goes with it.
import { type Kysely, type Migration, sql } from "kysely";

export const indexSettled: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`create index approvals_requests_settled on approvals_requests (coalesce(used_at, settled_at))
      where state <> 'pending'`.execute(db);
    await sql`create index approvals_links_by_request on approvals_links (request_id)`.execute(db);
    await sql`create index approvals_notices_by_request on approvals_notices (request_id)`.execute(db);
    await sql`create index approvals_held_by_request on approvals_held (approval_id)`.execute(db);
  },
};
