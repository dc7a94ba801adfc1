// The key above all others: one that is kept here, or one that never leaves a key management service.
import type { VaultConfig } from "../config.ts";
import type { MasterDeps, Masters } from "./contract.ts";
import { createLocalMasters } from "./local-master.ts";
import { createTransitMaster } from "./transit-master.ts";

/** Throws `kernel.secret_missing` and `vault.bad_master_key`. */
export function createMasters(config: VaultConfig, deps: MasterDeps): Masters {
  const local = createLocalMasters(config, deps);
  return config.kms ? { present: createTransitMaster(config.kms, deps), former: [...local.former] } : local;
}
