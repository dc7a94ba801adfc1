// Those that spend from one budget: processes of their own on one PostgreSQL, or the workers of one installation, which share
// a port. Either kind can have one killed.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { BinnacleClient } from "../../client/index.ts";
import type { DrillContext } from "../drill.ts";
import { createInstallation, type Installation } from "../installation/binnacle.ts";
import { config } from "./plan-wave.ts";

export interface Processes {
  /** To send calls to, in turn. */
  servers(): { url: string }[];
  /** Of one that has the admin key. */
  client(): BinnacleClient;
  /** `kill -9` for one of them; resolves when as many serve as before. */
  killOne(which: number): Promise<void>;
  stop(): Promise<void>;
}

interface Place {
  databaseUrl: string;
  count: number;
}

const POLL_MS = 50;
const BACK_TIMEOUT_MS = 30_000;

function installIn(
  context: DrillContext,
  name: string,
  { databaseUrl, more = {} }: { databaseUrl: string; more?: object },
): Installation {
  const folder = join(context.folder, name);
  mkdirSync(folder);
  const env = { DATABASE_URL: databaseUrl, BINNACLE_SECRET: "the same for all" };
  return createInstallation({ ...context, folder }, { env, config: { ...config, ...more } });
}

/** The first makes the tables. */
export async function startSeparate(context: DrillContext, { databaseUrl, count }: Place): Promise<Processes> {
  const installations = Array.from({ length: count }, (_, index) =>
    installIn(context, `process-${index + 1}`, { databaseUrl }),
  );
  const [first, ...others] = installations;
  if (!first) throw new Error("there are no processes to start");
  const running = [await first.start(), ...(await Promise.all(others.map(({ start }) => start())))];
  return {
    servers: () => [...running],
    client() {
      const admin = running.find(({ key }) => key !== "");
      if (!admin) throw new Error("no process is running");
      return admin.client;
    },
    async killOne(which) {
      const victim = which % count;
      await running[victim]?.kill();
      const again = await installations[victim]?.start();
      if (again) running[victim] = again;
    },
    async stop() {
      for (const process of running) await process.stop();
    },
  };
}

export async function startWorkers(context: DrillContext, { databaseUrl, count }: Place): Promise<Processes> {
  const running = await installIn(context, "workers", { databaseUrl, more: { workers: count } }).start();
  const { client } = running;

  async function untilBack(number: number, victim: number): Promise<void> {
    for (const endMs = performance.now() + BACK_TIMEOUT_MS; performance.now() < endMs; await Bun.sleep(POLL_MS)) {
      // The question may have gone to the one that was killed, on a connection that was kept.
      const status = await client.status().catch(() => undefined);
      const worker = status?.workers.find((each) => each.number === number);
      if (worker?.state === "ready" && worker.pid !== victim) return;
    }
    throw new Error(`worker ${number} does not come back`);
  }

  return {
    servers: () => [running],
    client: () => client,
    async killOne(which) {
      // Any but the first, with which all would end.
      const number = 2 + (which % (count - 1));
      const pid = (await client.status()).workers.find((each) => each.number === number)?.pid;
      if (typeof pid !== "number") throw new Error(`worker ${number} is not running`);
      process.kill(pid, "SIGKILL");
      await untilBack(number, pid);
    },
    stop: running.stop,
  };
}
