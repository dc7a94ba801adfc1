// What one look at all rules begins with and what it leaves behind: the second in one transaction, and only by whom the lease
// belongs to.
import { sql } from "kysely";
import type { Message } from "../channels/message.ts";
import { fingerprintOf } from "../dimensions.ts";
import type { SloMeasured } from "../slos/measure-slo.ts";
import type { Alert, Change } from "../states/alert.ts";
import type { Group } from "../states/group-alerts.ts";
import type { Silence } from "../states/silences.ts";
import { createDefinitionStore, type Definition } from "./definition-store.ts";
import { alertOf, at, type Db, msOf, silenceOf, type SilenceRow } from "./tables.ts";

/** What came of the last look, rule by rule. */
export interface Report {
  atMs: number;
  tookMs: number;
  rules: Record<string, { series: number; error: string | null }>;
  slos: Record<string, { measured: SloMeasured | null; error: string | null }>;
}

export interface Loaded {
  rules: Definition[];
  slos: Definition[];
  open: Alert[];
  /** Resolved, of which some channel has not heard. */
  unheard: Alert[];
  silences: Silence[];
  groups: Group[];
  /** Messages that wait. */
  waiting: number;
}

export interface Left {
  holder: string;
  nowMs: number;
  leaseMs: number;
  open: readonly Alert[];
  changes: readonly (Change & { historyId: string })[];
  /** Null where they are as they were. */
  groups: readonly Group[] | null;
  messages: readonly { channel: string; message: Message }[];
  report: Report;
}

export interface EvaluationStore {
  /** Takes the lease, or holds on to it. False while another has it. */
  hold(holder: string, nowMs: number, leaseMs: number): Promise<boolean>;
  /** Lets go of it, so that another need not wait. */
  release(holder: string): Promise<void>;
  load(nowMs: number): Promise<Loaded>;
  /** False, and nothing is left behind, where the lease went to another meanwhile. */
  leave(left: Left): Promise<boolean>;
  report(): Promise<Report | undefined>;
}

export function createEvaluationStore(db: () => Db): EvaluationStore {
  return {
    async hold(holder, nowMs, leaseMs) {
      const { rows } = await sql`
        update alerts_evaluation set holder = ${holder}, until_at = ${at(nowMs + leaseMs)}
        where holder is null or holder = ${holder} or until_at <= ${at(nowMs)} returning one`.execute(db());
      return rows.length > 0;
    },
    async release(holder) {
      await sql`update alerts_evaluation set holder = null where holder = ${holder}`.execute(db());
    },
    load: (nowMs) => load(db(), nowMs),
    leave: (left) =>
      db()
        .transaction()
        .execute((open) => leave(open, left)),
    async report() {
      const { rows } = await sql<{ report: Report | null }>`select report from alerts_evaluation`.execute(db());
      return rows[0]?.report ?? undefined;
    },
  };
}

async function load(db: Db, nowMs: number): Promise<Loaded> {
  const definitions = createDefinitionStore(() => db);
  const open = await sql<{ data: unknown }>`
    select data from alerts_alerts where resolved_at is null order by id`.execute(db);
  const unheard = await sql<{ data: unknown }>`
    select data from alerts_alerts where resolved_at is not null and id in (
      select told.id::uuid from alerts_groups, json_array_elements_text(data -> 'told') as told (id)
    ) order by id`.execute(db);
  const silences = await sql<SilenceRow>`
    select id, ${msOf("starts_at")} as "startsAtMs", ${msOf("until_at")} as "untilMs", data
    from alerts_silences where until_at > ${at(nowMs)} and starts_at <= ${at(nowMs)}`.execute(db);
  const groups = await sql<{ data: unknown }>`select data from alerts_groups order by key`.execute(db);
  const waiting = await sql<{ count: number }>`
    select count(*) as count from alerts_outbox where state = 'waiting'`.execute(db);
  return {
    rules: await definitions.list("rule"),
    slos: await definitions.list("slo"),
    open: open.rows.map(alertOf),
    unheard: unheard.rows.map(alertOf),
    silences: silences.rows.map(silenceOf),
    groups: groups.rows.map(({ data }) => data as Group),
    waiting: waiting.rows[0]?.count ?? 0,
  };
}

async function leave(db: Db, left: Left): Promise<boolean> {
  const { holder, nowMs, leaseMs, open, changes, groups, messages, report } = left;
  const { rows } = await sql`
    update alerts_evaluation set until_at = ${at(nowMs + leaseMs)}, report = ${JSON.stringify(report)}::json
    where holder = ${holder} returning one`.execute(db);
  if (rows.length === 0) return false;
  // Those that were pending and are well leave nothing behind: nobody was told of them.
  const gone = changes.filter(({ to }) => to === "well").map(({ alert }) => alert.id);
  if (gone.length > 0) await sql`delete from alerts_alerts where id = any(${gone}::uuid[])`.execute(db);
  await putAlerts(db, [...open, ...changes.filter(({ to }) => to === "resolved").map(({ alert }) => alert)]);
  await addHistory(db, changes, nowMs);
  if (groups) await putGroups(db, groups);
  await addMessages(db, messages, nowMs);
  return true;
}

async function putAlerts(db: Db, alerts: readonly Alert[]): Promise<void> {
  if (alerts.length === 0) return;
  const rows = alerts.map((alert) => ({
    id: alert.id,
    rule: alert.rule,
    fingerprint: fingerprintOf(alert.labels),
    state: alert.state,
    resolved_at: alert.resolvedAtMs === null ? null : new Date(alert.resolvedAtMs).toISOString(),
    data: alert,
  }));
  await sql`
    insert into alerts_alerts (id, rule, fingerprint, state, resolved_at, data)
    select * from json_to_recordset(${JSON.stringify(rows)}::json)
      as given (id uuid, rule text, fingerprint text, state text, resolved_at timestamptz, data json)
    on conflict (id) do update set state = excluded.state, resolved_at = excluded.resolved_at, data = excluded.data`.execute(
    db,
  );
}

async function addHistory(db: Db, changes: Left["changes"], nowMs: number): Promise<void> {
  // What was about to fire and did not is no history.
  const told = changes.filter(({ from, to }) => !(from === "pending" && to === "well"));
  if (told.length === 0) return;
  const rows = told.map(({ historyId, alert, from, to }) => ({
    id: historyId,
    alert_id: alert.id,
    rule: alert.rule,
    from_state: from,
    to_state: to,
    data: alert,
  }));
  await sql`
    insert into alerts_history (id, at, alert_id, rule, from_state, to_state, data)
    select id, ${at(nowMs)}, alert_id, rule, from_state, to_state, data
    from json_to_recordset(${JSON.stringify(rows)}::json)
      as given (id uuid, alert_id uuid, rule text, from_state text, to_state text, data json)`.execute(db);
}

async function putGroups(db: Db, groups: readonly Group[]): Promise<void> {
  await sql`delete from alerts_groups`.execute(db);
  if (groups.length === 0) return;
  const rows = groups.map((data) => ({ key: data.key, data }));
  await sql`
    insert into alerts_groups (key, data)
    select key, data from json_to_recordset(${JSON.stringify(rows)}::json) as given (key text, data json)`.execute(db);
}

async function addMessages(db: Db, messages: Left["messages"], nowMs: number): Promise<void> {
  for (const { channel, message } of messages)
    await sql`
      insert into alerts_outbox (id, channel, group_key, message, created_at, next_at)
      values (${message.id}, ${channel}, ${message.group}, ${JSON.stringify(message)}::json, ${at(nowMs)}, ${at(nowMs)})`.execute(
      db,
    );
}
