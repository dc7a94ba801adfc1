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
  const { reader } = doors;
  return {
    alerts: alertHandlers(doors, alerts),
    slos: sloHandlers(doors, alerts),
    drift: driftHandlers(doors, drift),
    boundary: {
      get: reader.boundary.get.handler(() => boundary.state()),
      history: reader.boundary.history.handler(({ input }) => boundary.history(input)),
    },
  };
}

function alertHandlers({ reader, admin }: Doors, alerts: Alerts) {
  const { rules, silences, deliveries, channels } = alerts;
  const { reader: read, admin: change } = { reader: reader.alerts, admin: admin.alerts };
  return {
    list: read.list.handler(() => alerts.list()),
    get: read.get.handler(({ input }) => alerts.get(input.id)),
    history: read.history.handler(({ input }) => alerts.history(input)),
    rules: {
      list: read.rules.list.handler(async () => ({ rules: await rules.list() })),
      get: read.rules.get.handler(({ input }) => rules.get(input.name)),
      put: change.rules.put.handler(({ input, context }) => rules.put(input.name, input.spec, context.principal)),
      delete: change.rules.delete.handler(async ({ input }) => {
        await rules.remove(input.name);
        return { deleted: input.name };
      }),
    },
    silences: {
      list: read.silences.list.handler(async () => ({ silences: await silences.list() })),
      create: change.silences.create.handler(({ input, context }) => silences.create(input, context.principal)),
      delete: change.silences.delete.handler(async ({ input }) => {
        await silences.end(input.id);
        return { ended: input.id };
      }),
    },
    deliveries: {
      list: read.deliveries.list.handler(({ input }) => deliveries.list(input)),
      retry: change.deliveries.retry.handler(async ({ input }) => {
        await deliveries.retry(input.id);
        return { waiting: input.id };
      }),
    },
    channels: {
      list: read.channels.list.handler(() => ({ channels: channels.list() })),
      test: change.channels.test.handler(({ input }) => channels.test(input.name)),
    },
  };
}

function sloHandlers({ reader, admin }: Doors, { slos }: Alerts) {
  return {
    list: reader.slos.list.handler(async () => ({ slos: await slos.list() })),
    get: reader.slos.get.handler(({ input }) => slos.get(input.name)),
    put: admin.slos.put.handler(({ input, context }) => slos.put(input.name, input.spec, context.principal)),
    delete: admin.slos.delete.handler(async ({ input }) => {
      await slos.remove(input.name);
      return { deleted: input.name };
    }),
  };
}

function driftHandlers({ reader, admin }: Doors, drift: Drift) {
  return {
    state: reader.drift.state.handler(() => drift.state()),
    findings: reader.drift.findings.handler(({ input }) => drift.list(input)),
    finding: reader.drift.finding.handler(({ input }) => drift.find(input.id)),
    baselines: {
      list: reader.drift.baselines.list.handler(async () => ({ baselines: await drift.baselines.list() })),
      put: admin.drift.baselines.put.handler(({ input }) => drift.baselines.put(input)),
      delete: admin.drift.baselines.delete.handler(async ({ input }) => {
        await drift.baselines.remove(input.id);
        return { deleted: input.id };
      }),
    },
  };
}
