// What watches the rooms from beside: metrics, log lines, and how soon each signal can be acted on. No call waits for it.
import type { Gateway } from "./gateway/index.ts";
import type { Governance } from "./governance/index.ts";
import type { Status } from "./interfaces/contract.ts";
import type { World } from "./kernel/index.ts";
import type { Leases } from "./leases/index.ts";
import type { Ledger, RecordScope } from "./ledger/index.ts";
import type { ExportState } from "./observability/contract.ts";
import {
  type Boundary,
  type CostBooks,
  createBoundary,
  createCostBooks,
  createExports,
  createFigures,
  createMetrics,
  type Figures,
  logCalls,
  type MetricsFormat,
  type ObservabilityConfig,
} from "./observability/index.ts";
import type { Policies } from "./policy/index.ts";
import type { Storage } from "./storage/index.ts";
import type { Telemetry } from "./telemetry/index.ts";
import type { Peers } from "./workers/index.ts";

export interface Observed {
  /** Throws `kernel.secret_missing`. */
  start(): void;
  /** Sends what waits to be exported, for a moment. */
  close(): Promise<void>;
  /** Prometheus text. */
  metrics(format?: MetricsFormat): Promise<string>;
  boundary: Boundary;
  exports(): ExportState[];
  /** Calls were compared with their baselines; the oldest of them is so old. */
  compared(lagMs: number): void;
  /** Of what is within a scope. */
  figuresWithin(within: RecordScope | undefined): Figures;
  costsWithin(within: RecordScope | undefined): CostBooks;
  /** The boundary in a word, and where it is crossed. */
  crossed(): Status["boundary"];
}

interface ObservedDeps {
  world: World;
  peers: Peers;
  storage: Storage;
  ledger: Ledger;
  leases: Leases;
  governance: Governance;
  policies: Pick<Policies, "staleMs">;
  gateway: Gateway;
  telemetry: Pick<Telemetry, "counts">;
  /** Where calls are compared with their baselines: up to when that was done. */
  comparedUntil: (() => Promise<number | null>) | undefined;
  /** Takes one JSON line a call; left out where nobody wants them. */
  writeLogLine?: ((json: string) => void) | undefined;
  env: Record<string, string | undefined>;
  version: string;
}

export function createObserved(config: ObservabilityConfig, deps: ObservedDeps): Observed {
  const { world, peers, storage, ledger, leases, governance, policies, gateway, telemetry, writeLogLine } = deps;
  const boundary = createBoundary(config.boundary, {
    world,
    ledger,
    worker: peers.number,
    comparedUntil: deps.comparedUntil,
    waiting: {
      budget: leases.untoldMs,
      authority: () => older(governance.staleMs(), policies.staleMs()),
      route_decision: gateway.routesStaleMs,
    },
  });
  const exports = createExports(config.export, { ...deps, worker: peers.number });
  const metrics = createMetrics({
    ledger,
    inFlight: () => gateway.load().in_flight,
    isDatabaseAvailable: storage.isAvailable,
    vendorLimits: gateway.vendorLimits,
    boundary: boundary.state,
    exports: exports.state,
    intake: telemetry.counts,
    worker: peers.count > 1 || peers.role === "aide" ? peers.number : undefined,
  });
  const stopLogging = writeLogLine && logCalls(ledger, writeLogLine);
  return {
    start() {
      exports.start();
      boundary.start();
    },
    async close() {
      await exports.close();
      boundary.close();
      metrics.close();
      stopLogging?.();
    },
    metrics: metrics.render,
    boundary,
    exports: exports.state,
    compared: (lagMs) => boundary.note("drift", lagMs),
    figuresWithin: (within) => createFigures({ ledger: ledger.sumsWithin(within), world }),
    costsWithin: (within) => createCostBooks({ ledger: ledger.sumsWithin(within), world }),
    crossed() {
      const { state, signals } = boundary.state();
      return { state, crossed: signals.filter((signal) => signal.state === "crossed") };
    },
  };
}

/** Of two that may not be known. */
function older(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.max(one, other);
}
