// Checks of the machine and of what the program was given: runtime, configuration, room on the disk.
import { existsSync, statfsSync } from "node:fs";
import { dirname } from "node:path";
import type { Cli } from "../cli.ts";
import { describeSource } from "../commands/config/config.ts";
import { explainError } from "../explain-error.ts";
import { formatBytes } from "../terminal/bytes.ts";
import { type Finding, fine, problem, warning } from "./finding.ts";

const RUNTIMES = ">=1.4.0 <2.0.0";
const DISK_LOW_BYTES = 2 * 1024 ** 3;
const DISK_FULL_BYTES = 200 * 1024 ** 2;

export function checkRuntime(bunVersion: string): Finding {
  if (Bun.semver.satisfies(bunVersion, RUNTIMES)) return fine("runtime", `Bun ${bunVersion}`);
  const fix = "Start Binnacle with npm start or bin/binnacle, which bring the Bun that it is made for.";
  return warning("runtime", `Bun ${bunVersion} is not the Bun that Binnacle is tested on (${RUNTIMES}).`, fix);
}

export async function checkConfiguration({ host }: Cli, file: string | undefined): Promise<Finding> {
  try {
    return fine("configuration", describeSource((await host.loadConfig(file)).path));
  } catch (error) {
    const { message, fix } = explainError(error);
    return problem("configuration", message, fix);
  }
}

/** Free space where the data folder is, or will be. */
export function checkDisk(home: string): Finding {
  let folder = home;
  while (!existsSync(folder) && dirname(folder) !== folder) folder = dirname(folder);
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  const message = `${formatBytes(free)} free at ${folder}`;
  const fix = "Make room, or move the data folder to a larger disk with BINNACLE_HOME.";
  if (free < DISK_FULL_BYTES) return problem("disk space", message, fix);
  return free < DISK_LOW_BYTES ? warning("disk space", message, fix) : fine("disk space", message);
}
