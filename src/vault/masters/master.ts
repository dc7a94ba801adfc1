// The key above all others: one that is kept here, or one that never leaves a key management service.
import type { SecretSources, World } from "../../kernel/index.ts";
import type { VaultConfig } from "../config.ts";
import { createLocalMasters } from "./local-master.ts";
import { createTransitMaster } from "./transit-master.ts";

export interface Master {
  /** For people: `env:…`, `file:…`, `kms:…`. */
  name: string;
  wrap(secret: Uint8Array): Promise<string>;
  /** Undefined where it was not wrapped by this one. */
  unwrap(wrapped: string): Promise<Uint8Array | undefined>;
}

export interface MasterDeps {
  secrets: SecretSources;
  world: Pick<World, "fetch" | "random">;
  /** Where `vault.key` lies, unless a master key is given. */
  folder: string;
}

export interface Masters {
  /** Wraps from now on. */
  present: Master;
  /** May have wrapped what there is. */
  former: readonly Master[];
}

/** Throws `kernel.secret_missing` and `vault.bad_master_key`. */
export function createMasters(config: VaultConfig, deps: MasterDeps): Masters {
  const local = createLocalMasters(config, deps);
  return config.kms ? { present: createTransitMaster(config.kms, deps), former: [...local.former] } : local;
}
