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
import type { Identity } from "./identity/index.ts";
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
  identity: Pick<Identity, "breakGlass">;
}

export function createAlerting(config: Pick<AppConfig, "alerts" | "ledger">, deps: AlertingDeps): Alerts {
  const { world, env, storage, ledger, governance, drift, boundary } = deps;
  const signals = async (): Promise<SignalState[]> => [
    ...(await boundary.state()).signals.flatMap(({ signal, lag_ms, bound_ms, state }) =>
      lag_ms === null ? [] : [{ signal, lag_ms, bound_ms, is_crossed: state === "crossed" }],
    ),
    ...(await breakGlassSignal(deps)),
  ];
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

/** That the first admin key was used is crossed for an hour: its lag is how long ago that began. */
async function breakGlassSignal({ identity, world }: AlertingDeps): Promise<SignalState[]> {
  const used = await identity.breakGlass.usesOfLate();
  return used ? [{ signal: "break_glass", lag_ms: world.nowMs() - used.sinceMs, bound_ms: 0, is_crossed: true }] : [];
}
