// The audit trail of this installation: its keys lie with the installation's own.
import { readFileSync } from "node:fs";
import { type Audit, createAudit } from "./audit/index.ts";
import type { AppConfig } from "./app-config.ts";
import type { World } from "./kernel/index.ts";
import type { Home, Storage } from "./storage/index.ts";

interface AuditingDeps {
  storage: Storage;
  world: World;
  home: Home;
  keysFolder?: string;
  env: Record<string, string | undefined>;
  version: string;
}

export function createAuditing(config: Pick<AppConfig, "audit">, deps: AuditingDeps): Audit {
  const { storage, world, home, keysFolder = home.path, env, version } = deps;
  const secrets = { env, readFile: (path: string) => readFileSync(path, "utf8") };
  return createAudit(config.audit, { storage, world, version, secrets, home: { path: keysFolder } });
}
