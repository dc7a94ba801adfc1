// The face of identity: people, their proofs and their sessions; what it needs of the rooms below.
import type { Governance } from "../governance/index.ts";
import type { World } from "../kernel/index.ts";
import type { Storage } from "../storage/index.ts";
import type { IdentityConfig } from "./config.ts";

export interface Identity {
  start(): Promise<void>;
  close(): Promise<void>;
}

export interface IdentityDeps {
  storage: Storage;
  world: World;
  governance: Governance;
  /** Where secrets and certificates are looked up. */
  secrets: { env: Record<string, string | undefined>; readFile(path: string): string };
  /** The longest that a session lasts. */
  sessionLifetimeMs: number;
}

export function createIdentity(_config: IdentityConfig, _deps: IdentityDeps): Identity {
  return { start: () => Promise.resolve(), close: () => Promise.resolve() };
}
