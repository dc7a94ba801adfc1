// What is noticed: alerts and objectives, drift, and how soon each signal can be acted on.
import type { Alerts } from "../../../alerts/index.ts";
import type { Drift } from "../../../drift/index.ts";
import type { BoundaryHistory, BoundaryQuery, BoundaryView } from "../../../observability/contract.ts";
import type { Doors } from "./doors.ts";

/** How soon each signal can be acted on, and was: of all processes that share the port. */
export interface BoundaryDoor {
  state(): Promise<BoundaryView>;
  history(query: BoundaryQuery): Promise<BoundaryHistory>;
}

export function noticeHandlers(
  doors: Doors,
  { alerts, drift, boundary }: { alerts: Alerts; drift: Drift; boundary: BoundaryDoor },
) {
  return {
    alerts: alertHandlers(doors, alerts),
    slos: sloHandlers(doors, alerts),
    drift: driftHandlers(doors, drift),
    boundary: {
      get: doors.boundary.get.handler(() => boundary.state()),
      history: doors.boundary.history.handler(({ input }) => boundary.history(input)),
    },
  };
}

function alertHandlers(doors: Doors, alerts: Alerts) {
  const { rules, silences, deliveries, channels } = alerts;
  const { alerts: routes } = doors;
  return {
    list: routes.list.handler(() => alerts.list()),
    get: routes.get.handler(({ input }) => alerts.get(input.id)),
    history: routes.history.handler(({ input }) => alerts.history(input)),
    rules: {
      list: routes.rules.list.handler(async () => ({ rules: await rules.list() })),
      get: routes.rules.get.handler(({ input }) => rules.get(input.name)),
      put: routes.rules.put.handler(({ input, context }) => rules.put(input.name, input.spec, context.principal)),
      delete: routes.rules.delete.handler(async ({ input }) => {
        await rules.remove(input.name);
        return { deleted: input.name };
      }),
    },
    silences: {
      list: routes.silences.list.handler(async () => ({ silences: await silences.list() })),
      create: routes.silences.create.handler(({ input, context }) => silences.create(input, context.principal)),
      delete: routes.silences.delete.handler(async ({ input }) => {
        await silences.end(input.id);
        return { ended: input.id };
      }),
    },
    deliveries: {
      list: routes.deliveries.list.handler(({ input }) => deliveries.list(input)),
      retry: routes.deliveries.retry.handler(async ({ input }) => {
        await deliveries.retry(input.id);
        return { waiting: input.id };
      }),
    },
    channels: {
      list: routes.channels.list.handler(() => ({ channels: channels.list() })),
      test: routes.channels.test.handler(({ input }) => channels.test(input.name)),
    },
  };
}

function sloHandlers(doors: Doors, { slos }: Alerts) {
  return {
    list: doors.slos.list.handler(async () => ({ slos: await slos.list() })),
    get: doors.slos.get.handler(({ input }) => slos.get(input.name)),
    put: doors.slos.put.handler(({ input, context }) => slos.put(input.name, input.spec, context.principal)),
    delete: doors.slos.delete.handler(async ({ input }) => {
      await slos.remove(input.name);
      return { deleted: input.name };
    }),
  };
}

function driftHandlers(doors: Doors, drift: Drift) {
  return {
    state: doors.drift.state.handler(() => drift.state()),
    findings: doors.drift.findings.handler(({ input }) => drift.list(input)),
    finding: doors.drift.finding.handler(({ input }) => drift.find(input.id)),
    baselines: {
      list: doors.drift.baselines.list.handler(async () => ({ baselines: await drift.baselines.list() })),
      put: doors.drift.baselines.put.handler(({ input }) => drift.baselines.put(input)),
      delete: doors.drift.baselines.delete.handler(async ({ input }) => {
        await drift.baselines.remove(input.id);
        return { deleted: input.id };
      }),
    },
  };
}
