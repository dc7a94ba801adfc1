// Alerts, objectives and silences of the fake server, with something to see in each.
import type {
  AlertView,
  CreateSilence,
  DeliveryView,
  OpenAlert,
  RuleView,
  SilenceView,
  SloView,
} from "../../../alerts/contract.ts";
import { type createDoor, refusal } from "./fake-door.ts";

export interface FakeAlerts {
  alerts: OpenAlert[];
  slos: SloView[];
  silences: SilenceView[];
  deliveries: DeliveryView[];
  delivered: boolean;
  /** What was asked of it. */
  silenced: CreateSilence[];
  ended: string[];
}

const AT_MS = new Date(2026, 10, 21, 14).getTime();

export function sampleAlert(overrides: Partial<AlertView> = {}): OpenAlert {
  return {
    id: "019a0000-0000-7000-8000-00000000a1e7",
    rule: "error_spike",
    kind: "error_spike",
    labels: { route: "fast" },
    severity: "critical",
    state: "firing",
    reason: null,
    value: 0.42,
    threshold: 0.05,
    unit: "share",
    facts: { bad: 42, events: 100 },
    since_ms: AT_MS,
    fired_at_ms: AT_MS,
    resolved_at_ms: null,
    seen_at_ms: AT_MS,
    silenced_by: [],
    ...overrides,
  };
}

export function sampleSlo(): SloView {
  const burn = (long_ms: number, factor: number, long_burn: number) => ({
    burn: factor === 1 ? ("ticket" as const) : ("page" as const),
    long_ms,
    short_ms: long_ms / 12,
    factor,
    long_burn,
    short_burn: long_burn,
    long_events: 1000,
    burning: long_burn > factor,
  });
  return {
    name: "chat-availability",
    source: "config",
    objective: "availability",
    target: 99.9,
    window_ms: 30 * 86_400_000,
    spec: {},
    changed_at_ms: null,
    changed_by: null,
    measured_at_ms: AT_MS,
    unknown: null,
    error: null,
    series: [
      {
        labels: { route: "fast" },
        good: 99_950,
        bad: 50,
        budget_left: 0.5,
        exhausted_at_ms: AT_MS + 86_400_000,
        burns: [burn(3_600_000, 14.4, 20), burn(21_600_000, 6, 3), burn(259_200_000, 1, 0.5)],
      },
    ],
  };
}

export function sampleAlerts(): FakeAlerts {
  const matchers = [{ name: "route", values: ["fast", "sl*"] }];
  return {
    alerts: [sampleAlert()],
    slos: [sampleSlo()],
    silences: [
      {
        id: "019a0000-0000-7000-8000-000000005b0e",
        matchers,
        starts_at_ms: AT_MS,
        until_ms: AT_MS + 3_600_000,
        comment: "known",
        created_at_ms: AT_MS,
        created_by: { key_id: "k", key_name: "ada" },
      },
    ],
    deliveries: [
      {
        id: "019a0000-0000-7000-8000-00000000de1f",
        channel: "ops",
        state: "dead",
        created_at_ms: AT_MS,
        attempts: 3,
        next_at_ms: null,
        ended_at_ms: AT_MS,
        last_status: 404,
        last_error: "no_service",
        firing: 1,
        resolved: 0,
      },
    ],
    delivered: true,
    silenced: [],
    ended: [],
  };
}

function sampleRule(): RuleView {
  return {
    name: "error_spike",
    kind: "error_spike",
    source: "default",
    enabled: true,
    spec: {},
    changed_at_ms: null,
    changed_by: null,
    read_at_ms: AT_MS,
    series: 3,
    error: null,
  };
}

type Door = ReturnType<typeof createDoor>;

/** The routes of both. */
export function fakeAlertRoutes({ alerts, slos }: Pick<Door, "alerts" | "slos">, content: FakeAlerts) {
  return { alerts: fakeAlerts(alerts, content), slos: fakeSlos(slos, content) };
}

function fakeAlerts(os: Door["alerts"], content: FakeAlerts) {
  const evaluation = { evaluated_at_ms: AT_MS, took_ms: 12, deliveries_waiting: 2, deliveries_dead: 1 };
  const gone = (id: string) =>
    refusal(404, { message: `There is no ${JSON.stringify(id)}.`, fix: "Lists show the ids." });
  return {
    list: os.list.handler(() => ({ alerts: content.alerts, evaluation })),
    get: os.get.handler(({ input }) => {
      const found = content.alerts.find(({ id }) => id === input.id);
      if (!found) throw gone(input.id);
      return found;
    }),
    history: os.history.handler(() => ({
      entries: content.alerts.map((alert) => ({
        id: "h1",
        at_ms: AT_MS,
        from: "well" as const,
        to: "firing" as const,
        alert,
      })),
      next_cursor: null,
    })),
    rules: {
      list: os.rules.list.handler(() => ({ rules: [sampleRule()] })),
      get: os.rules.get.handler(() => sampleRule()),
      put: os.rules.put.handler(() => sampleRule()),
      delete: os.rules.delete.handler(({ input }) => ({ deleted: input.name })),
    },
    silences: {
      list: os.silences.list.handler(() => ({ silences: content.silences })),
      create: os.silences.create.handler(({ input }) => {
        content.silenced.push(input);
        const made = { created_at_ms: AT_MS, starts_at_ms: AT_MS, created_by: { key_id: "k", key_name: "ci" } };
        return { ...input, ...made, id: "019a0000-0000-7000-8000-00000000511e" };
      }),
      delete: os.silences.delete.handler(({ input }) => {
        content.ended.push(input.id);
        return { ended: input.id };
      }),
    },
    deliveries: {
      list: os.deliveries.list.handler(({ input }) => ({
        deliveries: content.deliveries.filter(({ state }) => input.state === undefined || input.state === state),
        next_cursor: null,
      })),
      retry: os.deliveries.retry.handler(({ input }) => ({ waiting: input.id })),
    },
    channels: {
      list: os.channels.list.handler(() => ({ channels: [{ name: "ops", kind: "slack", by_default: true }] })),
      test: os.channels.test.handler(() => ({
        delivered: content.delivered,
        status: content.delivered ? null : 404,
        detail: content.delivered ? "ok" : "no_service",
      })),
    },
  };
}

function fakeSlos(os: Door["slos"], content: FakeAlerts) {
  return {
    list: os.list.handler(() => ({ slos: content.slos })),
    get: os.get.handler(({ input }) => {
      const found = content.slos.find(({ name }) => name === input.name);
      if (!found) throw refusal(404, { message: `There is no objective ${input.name}.`, fix: "Lists show the names." });
      return found;
    }),
    put: os.put.handler(() => sampleSlo()),
    delete: os.delete.handler(({ input }) => ({ deleted: input.name })),
  };
}
