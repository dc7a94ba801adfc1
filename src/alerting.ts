// What alerts are made of, from the rooms that know it: sums of the ledger, budgets, and how soon each signal can be acted on.
import { readFileSync } from "node:fs";
import {
  type Alerts,
  createAlerts,
  createLedgerFigures,
  readBudgetStates,
  readDriftFindings,
  type SignalState,
} from "./alerts/index.ts";
import type { AppConfig } from "./app-config.ts";
import type { AsOne } from "./as-one.ts";
import type { Drift } from "./drift/index.ts";
import type { Governance } from "./governance/index.ts";
import type { World } from "./kernel/index.ts";
import type { Ledger } from "./ledger/index.ts";
import type { Storage } from "./storage/index.ts";

interface AlertingDeps {
  world: World;
  env: Record<string, string | undefined>;
  storage: Storage;
  ledger: Ledger;
  governance: Governance;
  drift: Drift;
  boundary: AsOne["boundary"];
}

export function createAlerting(config: Pick<AppConfig, "alerts" | "ledger">, deps: AlertingDeps): Alerts {
  const { world, env, storage, ledger, governance, drift, boundary } = deps;
  const signals = async (): Promise<SignalState[]> =>
    (await boundary.state()).signals.flatMap(({ signal, lag_ms, bound_ms, state }) =>
      lag_ms === null ? [] : [{ signal, lag_ms, bound_ms, is_crossed: state === "crossed" }],
    );
  return createAlerts(config.alerts, {
    storage,
    world,
    sources: {
      figures: createLedgerFigures(ledger, { rowsMax: config.ledger.sums.rows_max }),
      signals,
      budgets: () => readBudgetStates(governance),
      findings: () => readDriftFindings(drift),
    },
    subscribeSpans: ledger.subscribeSpans,
    secrets: { env, readFile: (path) => readFileSync(path, "utf8") },
  });
}
