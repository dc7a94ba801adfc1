// Two processes' worth of the program on one database, as a test sees them.
import { startTestApp, type TestApp, type TestAppOptions } from "./app.ts";
import { startTestDatabase, type TestDatabase } from "./database.ts";

export interface TwoApps {
  /** The first one's key is the only admin key, and opens both. */
  apps: [TestApp, TestApp];
  database: TestDatabase;
  close(): Promise<void>;
}

/** What tells keys apart in the database must be the same for all that use it. */
export const SHARED_ENV = { BINNACLE_SECRET: "the same for both" };

export async function startTwoApps(config: NonNullable<TestAppOptions["config"]>): Promise<TwoApps> {
  const database = await startTestDatabase();
  const options = { config, database, env: SHARED_ENV };
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
