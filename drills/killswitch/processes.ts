// Those that a switch must reach: the workers of one installation, which share a port, or processes of their own on one
// PostgreSQL, as on machines of their own.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { DrillContext } from "../drill.ts";
import { createInstallation, type RunningBinnacle } from "../installation/binnacle.ts";
import { createOwnPostgres } from "../installation/own-postgres.ts";

/** Slow enough that a stream outlasts a try. */
const LONG = "sim/sim-small?token_ms=20&tokens=3000";
const SHORT = "sim/sim-small?first_token_ms=0&tokens=1";
const CONFIG = { gateway: { routes: { "drill-long": { targets: [LONG] }, "drill-short": { targets: [SHORT] } } } };

export interface Processes {
  /** The first has the admin key. */
  running: RunningBinnacle[];
  stop(): Promise<void>;
}

export async function startProcesses(
  context: DrillContext,
  { count, isSeparate }: { count: number; isSeparate: boolean },
): Promise<Processes> {
  const postgres = createOwnPostgres(context);
  await postgres.start();
  const env = { DATABASE_URL: await postgres.url(), BINNACLE_SECRET: "the same for all" };
  const install = (name: string, config: object): Promise<RunningBinnacle> => {
    const folder = join(context.folder, name);
    mkdirSync(folder);
    return createInstallation({ ...context, folder }, { env, config }).start();
  };
  const running = isSeparate ? [] : [await install("workers", { ...CONFIG, workers: count })];
  for (let number = 1; isSeparate && number <= count; number += 1)
    running.push(await install(`process-${number}`, CONFIG));
  return {
    running,
    async stop() {
      for (const process of running) await process.stop();
    },
  };
}
