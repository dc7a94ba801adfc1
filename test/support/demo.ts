// The demo week for tests: a real server in a throw-away home with the small size of `npm run seed -- demo`, keys of roles, and
// vendors that are invented. One database of the test server; it takes some ten seconds to make.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { appMigrations } from "../../src/app.ts";
import { type BinnacleClient } from "../../client/index.ts";
import { seedDemo } from "../../tools/seed/seed-demo.ts";
import { startMigratedDatabase } from "./database.ts";

export interface Demo {
  url: string;
  home: string;
  keys: {
    owner: string;
    admin: string;
    auditor: string;
    operator: string;
    reviewer: string;
    member: string;
    child: string;
  };
  /** Who can sign in by a password. */
  people: { user: string; password: string; roles: readonly string[] }[];
  /** As whoever has this key. */
  clientOf(key: string): BinnacleClient;
  stop(): Promise<void>;
}

export interface DemoOptions {
  seed?: number;
  /** A folder with console files. */
  consoleFolder?: string;
  env?: Record<string, string>;
}

export async function startDemo({ seed = 7, consoleFolder, env }: DemoOptions = {}): Promise<Demo> {
  const database = await startMigratedDatabase("app", appMigrations);
  const home = mkdtempSync(join(tmpdir(), "binnacle-demo-"));
  const { house, keys, ownerKey, people } = await seedDemo({
    home,
    seed,
    size: "small",
    env: { DATABASE_URL: database.url, ...env },
    consoleFolder: consoleFolder ?? join(home, "no-console"),
    tell: () => undefined,
  });
  return {
    url: house.url,
    home,
    people,
    keys: {
      owner: ownerKey,
      admin: keys["harbour admin"],
      auditor: keys["harbour auditor"],
      operator: keys["harbour operator"],
      reviewer: keys["harbour reviewer"],
      member: keys["harbour member"],
      child: keys["harbour child"],
    },
    clientOf: house.clientOf,
    async stop() {
      await house.close();
      await database.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}
