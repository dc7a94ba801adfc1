// Several processes on one PostgreSQL, with a route whose target another config changes.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { DrillContext } from "../drill.ts";
import { createInstallation, type RunningBinnacle } from "../installation/binnacle.ts";
import { createOwnPostgres } from "../installation/own-postgres.ts";

/** Each keeps all keys of the drill in memory, so that a change has as much to put right as can be. */
const IDENTITIES = 100_000;

export function configOf(target: string): object {
  return {
    governance: { identities_max: IDENTITIES },
    gateway: { routes: { house: { targets: [target] } } },
  };
}

export async function startProcesses(
  context: DrillContext,
  count: number,
): Promise<{ running: RunningBinnacle[]; folders: string[] }> {
  const postgres = createOwnPostgres(context);
  await postgres.start();
  const env = { DATABASE_URL: await postgres.url(), BINNACLE_SECRET: "the same for all" };
  const folders = Array.from({ length: count }, (_, index) => join(context.folder, `process-${index + 1}`));
  const running: RunningBinnacle[] = [];
  for (const folder of folders) {
    mkdirSync(folder);
    const installation = createInstallation({ ...context, folder }, { env, config: configOf("sim/sim-instant") });
    running.push(await installation.start());
  }
  return { running, folders };
}
