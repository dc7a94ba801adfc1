// Several processes seen as one installation: the state and the metrics of all, whichever of them is asked.
import type { TargetHealth } from "./gateway/contract.ts";
import type { OwnTargetHealth } from "./gateway/index.ts";
import type { Status } from "./interfaces/contract.ts";
import type { BoundaryHistory, BoundaryQuery, BoundaryView } from "./observability/contract.ts";
import {
  type Boundary,
  joinBoundaries,
  joinHistories,
  joinMetrics,
  type MetricsFormat,
  worstOf,
} from "./observability/index.ts";
import { addUpCounts } from "./telemetry/index.ts";
import type { Peers } from "./workers/index.ts";
import type { Worker } from "./workers/contract.ts";

export interface AsOne {
  status(): Promise<Status>;
  /** Prometheus text. */
  metrics(format: MetricsFormat): Promise<string>;
  /** Those that are left alone first, then by their names. */
  targets(): Promise<TargetHealth[]>;
  boundary: {
    state(): Promise<BoundaryView>;
    history(query: BoundaryQuery): Promise<BoundaryHistory>;
  };
}

/** What one process says of itself. */
export type OwnStatus = Omit<Status, "workers">;

interface Told {
  number: number;
  role: Worker["role"];
  status: OwnStatus;
  /** What it knows of all; null but for the first. */
  states: Worker[] | null;
}

interface Own {
  status(): OwnStatus;
  metrics(format: MetricsFormat): Promise<string>;
  targets(): OwnTargetHealth[];
  boundary: Pick<Boundary, "state" | "history">;
}

export function createAsOne(peers: Peers, own: Own): AsOne {
  const tell = (): Omit<Told, "number"> => ({
    role: peers.role,
    status: own.status(),
    states: peers.states(),
  });
  peers.answer("status", tell);
  peers.answer("boundary", own.boundary.state);
  // An aide calls nobody.
  peers.answer("targets", () => (peers.role === "aide" ? [] : own.targets()));
  // Only this same program asks.
  peers.answer("metrics", (format) => own.metrics(format as MetricsFormat));
  peers.answer("boundary history", (query) => own.boundary.history(query as BoundaryQuery));
  return {
    async status() {
      // Only this same program answers.
      const others = (await peers.ask("status")).map(({ number, value }) => ({ ...(value as Told), number }));
      return statusOfAll([{ number: peers.number, ...tell() }, ...others]);
    },
    async metrics(format) {
      const others = await peers.ask("metrics", format);
      return joinMetrics([await own.metrics(format), ...others.map(({ value }) => String(value))]);
    },
    async targets() {
      const others = await peers.ask("targets");
      const told = others.map(({ number, value }) => ({ number, targets: value as OwnTargetHealth[] }));
      return targetsOfAll([{ number: peers.number, targets: own.targets() }, ...told]);
    },
    boundary: {
      async state() {
        const others = await peers.ask("boundary");
        return joinBoundaries([own.boundary.state(), ...others.map(({ value }) => value as BoundaryView)]);
      },
      async history(query) {
        const others = await peers.ask("boundary history", query);
        const histories = [own.boundary.history(query), ...others.map(({ value }) => value as BoundaryHistory)];
        return joinHistories(histories, query.limit);
      },
    },
  };
}

export function targetsOfAll(told: readonly { number: number; targets: readonly OwnTargetHealth[] }[]): TargetHealth[] {
  const all = told.flatMap(({ number, targets }) => targets.map((each) => ({ ...each, process: number })));
  const rank = ({ breaker }: TargetHealth): number => ["open", "half_open", "closed"].indexOf(breaker);
  const byName = (one: TargetHealth, other: TargetHealth): number => (one.target < other.target ? -1 : 1);
  return all.toSorted(
    (one, other) =>
      rank(one) - rank(other) || (one.target === other.target ? one.process - other.process : byName(one, other)),
  );
}

/** The first process speaks for what there is once, as the database; figures are added up. */
export function statusOfAll(told: readonly Told[]): Status {
  const inOrder = told.toSorted((one, other) => one.number - other.number);
  const all = inOrder.map(({ status }) => status);
  const [first] = all;
  if (!first) throw new Error("no process says how it is");
  const sum = (read: (status: OwnStatus) => number): number => all.reduce((total, status) => total + read(status), 0);
  return {
    ...first,
    calls: {
      in_flight: sum(({ calls }) => calls.in_flight),
      max: sum(({ calls }) => calls.max),
      waiting: sum(({ calls }) => calls.waiting),
    },
    ledger: {
      journal_bytes: sum(({ ledger }) => ledger.journal_bytes),
      journal_max_bytes: sum(({ ledger }) => ledger.journal_max_bytes),
      pending_records: sum(({ ledger }) => ledger.pending_records),
      lag_ms: Math.max(...all.map(({ ledger }) => ledger.lag_ms)),
      projected_records: sum(({ ledger }) => ledger.projected_records),
      last_error: all.map(({ ledger }) => ledger.last_error).find((error) => error !== null) ?? null,
    },
    telemetry: addUpCounts(all.map(({ telemetry }) => telemetry)),
    boundary: joinStates(all.map(({ boundary }) => boundary)),
    memory_rss_bytes: sum(({ memory_rss_bytes }) => memory_rss_bytes),
    workers: workersOf(inOrder),
  };
}

function joinStates(all: readonly Status["boundary"][]): Status["boundary"] {
  const crossed = new Map<string, Status["boundary"]["crossed"][number]>();
  for (const each of all.flatMap((one) => one.crossed)) {
    const known = crossed.get(each.signal);
    if (!known || (each.lag_ms ?? 0) > (known.lag_ms ?? 0)) crossed.set(each.signal, each);
  }
  const states = all.map(({ state }) => ({ state }));
  return { state: worstOf(states), crossed: [...crossed.values()] };
}

/** As the first one knows them; where it does not answer, those who do. */
function workersOf(told: readonly Told[]): Status["workers"] {
  const known =
    told.find(({ states }) => states !== null)?.states ??
    told.map(({ number, role, status }) => ({ number, role, pid: status.pid, state: "ready" as const, restarts: 0 }));
  return known.map((worker) => {
    const status = told.find(({ number }) => number === worker.number)?.status;
    return {
      ...worker,
      calls_in_flight: status?.calls.in_flight ?? null,
      pending_records: status?.ledger.pending_records ?? null,
      memory_rss_bytes: status?.memory_rss_bytes ?? null,
    };
  });
}
