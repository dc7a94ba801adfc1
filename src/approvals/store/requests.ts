// Approvals and their votes in PostgreSQL. What settles one holds the lock of its row: so one of all who decide does.
import { type Kysely, sql, type Transaction } from "kysely";
import type { Storage } from "../../storage/index.ts";
import type { Approval, Vote } from "../contract.ts";

export type Row = Omit<Approval, "votes"> & { asker: string; is_over: boolean };

export interface NewRequest {
  id: string;
  what: string;
  why: string;
  action: string;
  resource: Approval["resource"];
  organisation: string;
  asked_by: Approval["asked_by"];
  asker: string;
  approvers: Approval["approvers"];
  escalate_to: Approval["escalate_to"];
  on_silence: Approval["on_silence"];
  payload_hash: string;
  deadline_ms: number;
}

export interface NewVote extends Omit<Vote, "at_ms"> {
  requestId: string;
  voter: string;
  seat: string;
}

export interface ListQuery {
  organisation: string | null;
  state?: Approval["state"] | undefined;
  before?: string | undefined;
  limit: number;
}

/** What asks for a version to serve; nobody can ask for it by API, with approvers of their own choice. */
export const SERVE = "binnacle:serve_version";

type Db = Kysely<unknown>;
export type Open = Transaction<unknown>;

const ms = (column: string) => sql`(extract(epoch from ${sql.ref(column)}) * 1000)::float8`;

const columns = sql`id, state, what, why, action, organisation, asked_by, asker, approvers, escalate_to, on_silence,
  payload_hash, settled_by, json_build_object('type', resource_type, 'id', resource_id) as resource,
  ${ms("escalated_at")} as escalated_at_ms, ${ms("created_at")} as created_at_ms, ${ms("deadline")} as deadline_ms,
  ${ms("settled_at")} as settled_at_ms, ${ms("used_at")} as used_at_ms, deadline <= clock_timestamp() as is_over`;

export function createRequestStore(storage: Storage) {
  const db = (): Db => storage.tables<unknown>();
  return {
    inTransaction: <T>(work: (open: Open) => Promise<T>): Promise<T> => db().transaction().execute(work),
    insert,
    lock,
    settle,
    use,
    vote: insertVote,
    votes: (ids: readonly string[], open?: Open) => readVotes(open ?? db(), ids),
    async find(id: string, open?: Open): Promise<Row | undefined> {
      const { rows } = await sql<Row>`select ${columns} from approvals_requests where id = ${id}`.execute(open ?? db());
      return rows[0];
    },
    list: (query: ListQuery) => list(db(), query),
    between: (query: BetweenQuery) => between(db(), query),
    async countPending(open?: Open): Promise<number> {
      const { rows } = await sql<{ count: string }>`
        select count(*) as count from approvals_requests where state = 'pending'`.execute(open ?? db());
      return Number(rows[0]?.count);
    },
    settledOf: (ids: readonly string[]) => settledOf(db(), ids),
    latestFor: (what: LatestFor, open?: Open) => latestFor(open ?? db(), what),
    over,
    escalate,
    forget,
  };
}

export type RequestStore = ReturnType<typeof createRequestStore>;

/** Undefined where the same is pending already. */
async function insert(open: Open, wish: NewRequest): Promise<Row | undefined> {
  const { resource, asked_by, approvers, escalate_to } = wish;
  const after = escalate_to ? sql`clock_timestamp() + make_interval(secs => ${escalate_to.after_ms / 1000})` : null;
  const { rows } = await sql<Row>`
    insert into approvals_requests (id, state, what, why, action, resource_type, resource_id, organisation, asked_by, asker,
      approvers, escalate_to, escalate_at, on_silence, payload_hash, deadline)
    values (${wish.id}, 'pending', ${wish.what}, ${wish.why}, ${wish.action}, ${resource.type}, ${resource.id},
      ${wish.organisation}, ${JSON.stringify(asked_by)}::json, ${wish.asker}, ${JSON.stringify(approvers)}::json,
      ${escalate_to && JSON.stringify(escalate_to)}::json, ${after}, ${wish.on_silence}, ${wish.payload_hash},
      to_timestamp(${wish.deadline_ms}::float8 / 1000))
    on conflict (organisation, asker, action, resource_type, resource_id, payload_hash) where state = 'pending' do nothing
    returning ${columns}`.execute(open);
  return rows[0];
}

/** Nobody else settles it meanwhile. */
async function lock(open: Open, id: string): Promise<Row | undefined> {
  const { rows } = await sql<Row>`select ${columns} from approvals_requests where id = ${id} for update`.execute(open);
  return rows[0];
}

/** Of a row that is locked. */
async function settle(
  open: Open,
  id: string,
  to: { state: "approved" | "refused"; by: "votes" | "silence" },
): Promise<Row> {
  const { rows } = await sql<Row>`
    update approvals_requests set state = ${to.state}, settled_by = ${to.by},
      settled_at = date_trunc('milliseconds', clock_timestamp())
    where id = ${id} and state = 'pending' returning ${columns}`.execute(open);
  const [row] = rows;
  if (!row) throw new Error("an approval was settled twice");
  return row;
}

interface UseOf {
  payloadHash: string;
  withinMs: number;
  asker: string;
  organisation: string;
}

/** One of all who try: undefined for the others. */
async function use(
  open: Open,
  id: string,
  { payloadHash, withinMs, asker, organisation }: UseOf,
): Promise<Row | undefined> {
  const { rows } = await sql<Row>`
    update approvals_requests set state = 'used', used_at = date_trunc('milliseconds', clock_timestamp())
    where id = ${id} and state = 'approved' and payload_hash = ${payloadHash}
      and asker = ${asker} and organisation = ${organisation}
      and settled_at > clock_timestamp() - make_interval(secs => ${withinMs / 1000})
    returning ${columns}`.execute(open);
  return rows[0];
}

/** False where this voice, or the one in whose place it is, was given before. */
async function insertVote(open: Open, vote: NewVote): Promise<boolean> {
  const { rows } = await sql`
    insert into approvals_votes (request_id, voter, seat, by_whom, on_behalf_of, decision, note, via)
    values (${vote.requestId}, ${vote.voter}, ${vote.seat}, ${JSON.stringify(vote.by)}::json, ${vote.on_behalf_of},
      ${vote.decision}, ${vote.note}, ${vote.via})
    on conflict do nothing returning voter`.execute(open);
  return rows.length === 1;
}

async function readVotes(db: Db, ids: readonly string[]): Promise<Map<string, Vote[]>> {
  const { rows } = await sql<Vote & { request_id: string }>`
    select request_id, by_whom as by, on_behalf_of, decision, note, via, ${ms("at")} as at_ms
    from approvals_votes where request_id = any(${[...ids]}::text[]) order by at, voter`.execute(db);
  const votes = new Map<string, Vote[]>();
  for (const { request_id: id, ...vote } of rows) votes.set(id, [...(votes.get(id) ?? []), vote]);
  return votes;
}

async function list(db: Db, { organisation, state, before, limit }: ListQuery): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select ${columns} from approvals_requests
    where (${organisation}::text is null or organisation = ${organisation})
      and (${state ?? null}::text is null or state = ${state ?? null})
      and (${before ?? null}::text is null or id < ${before ?? null})
    order by id desc limit ${limit}`.execute(db);
  return rows;
}

export interface BetweenQuery {
  since_ms: number;
  until_ms: number;
  limit: number;
}

async function between(db: Db, { since_ms, until_ms, limit }: BetweenQuery): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select ${columns} from approvals_requests
    where created_at >= ${new Date(since_ms)} and created_at < ${new Date(until_ms)}
    order by id desc limit ${limit}`.execute(db);
  return rows;
}

async function settledOf(db: Db, ids: readonly string[]): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select ${columns} from approvals_requests where id = any(${[...ids]}::text[]) and state <> 'pending'`.execute(db);
  return rows;
}

export interface LatestFor {
  organisation: string;
  asker: string;
  action: string;
  resource: Approval["resource"];
  payloadHash: string;
}

async function latestFor(
  db: Db,
  { organisation, asker, action, resource, payloadHash }: LatestFor,
): Promise<Row | undefined> {
  const { rows } = await sql<Row>`
    select ${columns} from approvals_requests
    where resource_type = ${resource.type} and resource_id = ${resource.id} and action = ${action}
      and payload_hash = ${payloadHash} and organisation = ${organisation} and asker = ${asker}
    order by id desc limit 1`.execute(db);
  return rows[0];
}

const SEEN_TO_AT_ONCE = 100;

/** Those whose deadline has passed; nobody else sees to them meanwhile. */
async function over(open: Open): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select ${columns} from approvals_requests where state = 'pending' and deadline <= clock_timestamp()
    order by deadline limit ${SEEN_TO_AT_ONCE} for update skip locked`.execute(open);
  return rows;
}

const FORGOTTEN_AT_ONCE = 1000;

/** Some that were settled longer ago, with all that belongs to them; how many. None while another process does so. */
async function forget(open: Open, afterMs: number): Promise<number> {
  const { rows: locked } = await sql<{ is_mine: boolean }>`
    select pg_try_advisory_xact_lock(hashtext('binnacle approvals retention')) as is_mine`.execute(open);
  if (!locked[0]?.is_mine) return 0;
  const { rows } = await sql<{ id: string }>`
    select id from approvals_requests
    where state <> 'pending' and coalesce(used_at, settled_at) < clock_timestamp() - make_interval(secs => ${afterMs / 1000})
      and not (action = ${SERVE} and state in ('approved', 'used'))
      and not exists (select from approvals_held where approval_id = approvals_requests.id)
    limit ${FORGOTTEN_AT_ONCE}`.execute(open);
  const ids = rows.map(({ id }) => id);
  await sql`delete from approvals_votes where request_id = any(${ids}::text[])`.execute(open);
  await sql`delete from approvals_links where request_id = any(${ids}::text[])`.execute(open);
  await sql`delete from approvals_notices where request_id = any(${ids}::text[])`.execute(open);
  await sql`delete from approvals_requests where id = any(${ids}::text[])`.execute(open);
  return ids.length;
}

/** Those that nobody has decided in time, each once. */
async function escalate(open: Open): Promise<Row[]> {
  const { rows } = await sql<Row>`
    update approvals_requests set escalated_at = date_trunc('milliseconds', clock_timestamp())
    where id in (
      select id from approvals_requests
      where state = 'pending' and escalated_at is null and escalate_at <= clock_timestamp()
      limit ${SEEN_TO_AT_ONCE} for update skip locked)
    returning ${columns}`.execute(open);
  return rows;
}
