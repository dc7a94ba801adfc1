// Two processes' worth of the program on one database, as a test sees them.
import { startAppDatabase } from "./app-database.ts";
import { startTestApp, type TestApp, type TestAppOptions } from "./app.ts";
import type { TestDatabase } from "./database.ts";

export interface TwoApps {
  /** The first one's key is the only admin key, and opens both. */
  apps: [TestApp, TestApp];
  database: TestDatabase;
  close(): Promise<void>;
}

/** What tells keys apart in the database must be the same for all that use it. */
export const SHARED_ENV = { BINNACLE_SECRET: "the same for both" };

export async function startTwoApps(
  config: NonNullable<TestAppOptions["config"]>,
  env: Record<string, string> = {},
): Promise<TwoApps> {
  const database = await startAppDatabase();
  const options = { config, database, env: { ...SHARED_ENV, ...env } };
  const first = await startTestApp(options);
  const apps: TwoApps["apps"] = [first, await startTestApp(options)];
  return {
    apps,
    database,
    async close() {
      for (const app of apps) await app.close();
      await database.close();
    },
  };
}
