// Alerts, what became of them, and the messages about them, as people read them.
import type { DeliveryView, Evaluation, HistoryEntry, OpenAlert } from "../contract.ts";
import { alertsErrors } from "../errors.ts";
import { severities } from "../rules/config.ts";
import type { Alert } from "../states/alert.ts";
import { type Silence, silencedBy } from "../states/silences.ts";
import type { Delivery, DeliveryState } from "../store/outbox-store.ts";
import type { AlertsStore } from "../store/store.ts";
import { alertViewOf } from "../views.ts";
import type { WithDatabase } from "../../storage/index.ts";

export interface HistoryQuery {
  limit: number;
  cursor?: string | undefined;
  rule?: string | undefined;
  alert_id?: string | undefined;
}

export interface DeliveriesQuery {
  limit: number;
  cursor?: string | undefined;
  state?: DeliveryState | undefined;
}

/** All may throw `alerts.unavailable`. */
export interface AlertReader {
  list(): Promise<{ alerts: OpenAlert[]; evaluation: Evaluation }>;
  /** Throws `alerts.not_found`. */
  get(id: string): Promise<OpenAlert>;
  history(query: HistoryQuery): Promise<{ entries: HistoryEntry[]; next_cursor: string | null }>;
  deliveries: {
    list(query: DeliveriesQuery): Promise<{ deliveries: DeliveryView[]; next_cursor: string | null }>;
    /** Throws `alerts.not_found`. */
    retry(id: string): Promise<void>;
  };
}

export interface AlertReaderDeps {
  store: AlertsStore;
  withDatabase: WithDatabase;
  nowMs(): number;
}

export function createAlertReader({ store, withDatabase, nowMs }: AlertReaderDeps): AlertReader {
  const viewOf = (alert: Alert, silences: readonly Silence[]): OpenAlert => ({
    ...alertViewOf(alert),
    silenced_by: silencedBy(alert, silences, nowMs()),
  });
  return {
    list: () =>
      withDatabase(async () => {
        const silences = await store.silences.silences(nowMs());
        const alerts = (await store.silences.open()).map((alert) => viewOf(alert, silences));
        return { alerts: alerts.sort(worstFirst), evaluation: await readEvaluation(store) };
      }),
    get: (id) =>
      withDatabase(async () => {
        const found = await store.silences.find(id);
        if (!found) throw alertsErrors.not_found({ what: "alert", name: id });
        return viewOf(found, await store.silences.silences(nowMs()));
      }),
    history: ({ limit, cursor, rule, alert_id: alertId }) =>
      withDatabase(async () => {
        if (cursor !== undefined && !UUID.test(cursor)) throw badCursor(cursor);
        const rows = await store.silences.history({ limit: limit + 1, beforeId: cursor, rule, alertId });
        const entries = rows
          .slice(0, limit)
          .map(({ id, atMs, from, to, alert }) => ({ id, at_ms: atMs, from, to, alert: alertViewOf(alert) }));
        return { entries, next_cursor: rows.length > limit ? (entries.at(-1)?.id ?? null) : null };
      }),
    deliveries: {
      list: ({ limit, cursor, state }) =>
        withDatabase(async () => {
          if (cursor !== undefined && !/^\d{1,15}$/.test(cursor)) throw badCursor(cursor);
          const beforeSeq = cursor === undefined ? undefined : Number(cursor);
          const rows = await store.outbox.list({ limit: limit + 1, beforeSeq, state });
          const shown = rows.slice(0, limit);
          const last = shown.at(-1);
          return {
            deliveries: shown.map(deliveryViewOf),
            next_cursor: rows.length > limit && last ? String(last.seq) : null,
          };
        }),
      retry: (id) =>
        withDatabase(async () => {
          if (!(await store.outbox.retry(id, nowMs())))
            throw alertsErrors.not_found({ what: "message that was given up", name: id });
        }),
    },
  };
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function badCursor(cursor: string): Error {
  return alertsErrors.not_found({ what: "page", name: cursor });
}

async function readEvaluation({ evaluation, outbox }: AlertsStore): Promise<Evaluation> {
  const report = await evaluation.report();
  return {
    evaluated_at_ms: report?.atMs ?? null,
    took_ms: report?.tookMs ?? null,
    deliveries_waiting: await outbox.count("waiting"),
    deliveries_dead: await outbox.count("dead"),
  };
}

/** Firing before pending, then by severity, then the oldest. */
function worstFirst(one: OpenAlert, other: OpenAlert): number {
  const rank = ({ state, severity }: OpenAlert): number =>
    (state === "firing" ? 0 : severities.length) + severities.indexOf(severity);
  return rank(one) - rank(other) || one.since_ms - other.since_ms;
}

function deliveryViewOf(delivery: Delivery): DeliveryView {
  const { id, channel, state, attempts, firing, resolved } = delivery;
  return {
    id,
    channel,
    state,
    created_at_ms: delivery.createdAtMs,
    attempts,
    next_at_ms: state === "waiting" ? delivery.nextAtMs : null,
    ended_at_ms: delivery.endedAtMs,
    last_status: delivery.lastStatus,
    last_error: delivery.lastError,
    firing,
    resolved,
  };
}
