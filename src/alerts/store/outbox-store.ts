// Messages on their way: claimed for a while by one process, and tried until they are taken or given up. Those of one group go
// out in their order, so that nothing is told to be over before it was told to be.
import { sql } from "kysely";
import type { Message } from "../channels/message.ts";
import { at, type Db, msOf } from "./tables.ts";

export type DeliveryState = "waiting" | "sent" | "dead";

export interface Claimed {
  id: string;
  channel: string;
  message: Message;
  createdAtMs: number;
  /** Tries before this one. */
  attempts: number;
}

export interface Delivery {
  id: string;
  seq: number;
  channel: string;
  state: DeliveryState;
  createdAtMs: number;
  attempts: number;
  nextAtMs: number;
  endedAtMs: number | null;
  lastStatus: number | null;
  lastError: string | null;
  firing: number;
  resolved: number;
}

export interface Tried {
  id: string;
  claim: string;
  nowMs: number;
  status: number | null;
  why: string;
}

export interface OutboxStore {
  /** So many that are due, which nobody else gets before the lease is over. */
  claim(claim: { claim: string; nowMs: number; leaseMs: number; limit: number }): Promise<Claimed[]>;
  /** These do nothing where the claim has lapsed and another process has it. */
  sent(tried: Tried): Promise<void>;
  later(tried: Tried & { nextAtMs: number }): Promise<void>;
  giveUp(tried: Tried): Promise<void>;
  list(search: {
    limit: number;
    beforeSeq?: number | undefined;
    state?: DeliveryState | undefined;
  }): Promise<Delivery[]>;
  count(state: DeliveryState): Promise<number>;
  /** A dead one again. False where there is none. */
  retry(id: string, nowMs: number): Promise<boolean>;
  sweep(before: { endedMs: number; historyMs: number }): Promise<void>;
}

export function createOutboxStore(db: () => Db): OutboxStore {
  const end = async ({ id, claim, nowMs, status, why }: Tried, state: "sent" | "dead"): Promise<void> => {
    await sql`
      update alerts_outbox set state = ${state}, ended_at = ${at(nowMs)}, attempts = attempts + 1, claim = null,
        last_status = ${status}, last_error = ${state === "sent" ? null : why}
      where id = ${id} and claim = ${claim} and state = 'waiting'`.execute(db());
  };
  return {
    claim: (wanted) => claimDue(db(), wanted),
    sent: (tried) => end(tried, "sent"),
    giveUp: (tried) => end(tried, "dead"),
    async later({ id, claim, nextAtMs, status, why }) {
      await sql`
        update alerts_outbox set next_at = ${at(nextAtMs)}, attempts = attempts + 1, claim = null,
          last_status = ${status}, last_error = ${why}
        where id = ${id} and claim = ${claim} and state = 'waiting'`.execute(db());
    },
    async list({ limit, beforeSeq, state }) {
      const { rows } = await sql<Delivery>`
        select id, seq, channel, state, ${msOf("created_at")} as "createdAtMs", attempts, ${msOf("next_at")} as "nextAtMs",
          ${msOf("ended_at")} as "endedAtMs", last_status as "lastStatus", last_error as "lastError",
          (message ->> 'firingCount')::int as firing, (message ->> 'resolvedCount')::int as resolved
        from alerts_outbox
        where (${state ?? null}::text is null or state = ${state ?? null}) and seq < ${beforeSeq ?? Number.MAX_SAFE_INTEGER}
        order by seq desc limit ${limit}`.execute(db());
      return rows;
    },
    async count(state) {
      const { rows } = await sql<{ count: number }>`
        select count(*) as count from alerts_outbox where state = ${state}`.execute(db());
      return rows[0]?.count ?? 0;
    },
    async retry(id, nowMs) {
      const { rows } = await sql`
        update alerts_outbox
        set state = 'waiting', created_at = ${at(nowMs)}, next_at = ${at(nowMs)}, ended_at = null, attempts = 0
        where id::text = ${id} and state = 'dead' returning id`.execute(db());
      return rows.length > 0;
    },
    sweep: (before) => sweep(db(), before),
  };
}

async function claimDue(
  db: Db,
  { claim, nowMs, leaseMs, limit }: Parameters<OutboxStore["claim"]>[0],
): Promise<Claimed[]> {
  const { rows } = await sql<Claimed>`
    update alerts_outbox set claim = ${claim}, next_at = ${at(nowMs + leaseMs)}
    where seq in (
      select seq from alerts_outbox as due
      where state = 'waiting' and next_at <= ${at(nowMs)} and not exists (
        select 1 from alerts_outbox as earlier
        where earlier.group_key = due.group_key and earlier.state = 'waiting' and earlier.seq < due.seq
      )
      order by next_at limit ${limit} for update skip locked
    )
    returning id, channel, message, ${msOf("created_at")} as "createdAtMs", attempts`.execute(db);
  return rows;
}

/** What is older than it is to be kept: messages, history, alerts and silences that are over. */
async function sweep(db: Db, { endedMs, historyMs }: { endedMs: number; historyMs: number }): Promise<void> {
  await sql`delete from alerts_outbox where ended_at < ${at(endedMs)}`.execute(db);
  await sql`delete from alerts_history where at < ${at(historyMs)}`.execute(db);
  await sql`delete from alerts_alerts where resolved_at < ${at(historyMs)}`.execute(db);
  await sql`delete from alerts_silences where until_at < ${at(historyMs)}`.execute(db);
}
