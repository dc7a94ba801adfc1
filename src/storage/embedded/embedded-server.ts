// The embedded server's life: data folder made, server raised, watched over, brought back when it dies, stopped in order.
import { createServer } from "node:net";
import { sleep, type World } from "../../kernel/index.ts";
import type { EmbeddedConfig } from "../config.ts";
import { describeConnection, reasonOf } from "../connection/connection.ts";
import type { Server } from "../server.ts";
import { findBinaries } from "./binaries.ts";
import { ensureCluster } from "./cluster.ts";
import { preparePlace, serverOwner, type Place } from "./place.ts";
import { stopPostmaster, type Postmaster } from "./postmaster.ts";
import { raiseServer, type EmbeddedConnection } from "./raise.ts";
import { boundServerLog } from "./server-log.ts";
import { SERVER_DATABASE, SERVER_USER, SOCKET_PORT } from "./settings.ts";

interface EmbeddedDeps {
  world: World;
  home: string;
  /** The server has just died, or is back: worth a look. */
  onChange(): void;
}

/** Where files go that `nobody` could not reach in the home folder, when Binnacle runs as root. */
const FALLBACK_FOLDER = "/var/lib/binnacle";
const START_ATTEMPTS_MAX = 3;
const RESTART_DELAY_MS = 100;
/** A server that ran this long before it died is brought back without a pause. */
const STEADY_MS = 60_000;
const LOG_CHECK_MS = 60_000;

export function createEmbeddedServer(config: EmbeddedConfig, { world, home, onChange }: EmbeddedDeps): Server {
  const closing = new AbortController();
  let place: Place | undefined;
  let connection: EmbeddedConnection | undefined;
  let postmaster: Postmaster | undefined;
  let raising: Promise<void> | undefined;
  let failures = 0;
  let logTimer: ReturnType<typeof setInterval> | undefined;

  async function prepare(): Promise<void> {
    const binaries = await findBinaries();
    const made = preparePlace({ home, binaries, owner: serverOwner(), fallback: FALLBACK_FOLDER, log: world.log });
    place = made;
    boundServerLog(made.logFile, config.log_max);
    logTimer = setInterval(() => boundServerLog(made.logFile, config.log_max), LOG_CHECK_MS);
    logTimer.unref();
    const password = await ensureCluster(made, config.durable);
    const [host, port] = made.socketDir ? [made.socketDir, SOCKET_PORT] : ["127.0.0.1", await freePort()];
    connection = { host, port, user: SERVER_USER, password, database: SERVER_DATABASE };
  }

  async function raise(attemptsMax: number): Promise<void> {
    if (!place || !connection) return;
    for (let attempt = 1; ; attempt += 1) {
      try {
        postmaster = await raiseServer({ place, connection, config, world, signal: closing.signal });
        watchOver(postmaster);
        onChange();
        return;
      } catch (error) {
        if (closing.signal.aborted || attempt >= attemptsMax) throw error;
        world.log.error({ why: reasonOf(error), attempt }, "PostgreSQL does not start");
      }
      await pause();
    }
  }

  function watchOver(running: Postmaster): void {
    const sinceMs = world.monotonicMs();
    void running.exited.then(() => {
      if (closing.signal.aborted) return;
      world.log.warn({ postmaster: running.pid }, "PostgreSQL has died; it is being brought back");
      onChange();
      if (world.monotonicMs() - sinceMs > STEADY_MS) failures = 0;
      raising = pause().then(() => raise(Number.POSITIVE_INFINITY));
      // It only ever fails because of close().
      raising.catch(() => undefined);
    });
  }

  async function pause(): Promise<void> {
    const delayMs = Math.min(config.restart_delay_max, RESTART_DELAY_MS * 2 ** failures);
    failures += 1;
    await sleep(delayMs * (0.5 + world.random() / 2), closing.signal);
  }

  return {
    kind: "embedded",
    address: () => (connection ? describeConnection(connection) : home),
    async start() {
      raising = prepare().then(() => raise(START_ATTEMPTS_MAX));
      await raising;
      return { ...connection };
    },
    async close() {
      closing.abort();
      clearInterval(logTimer);
      await raising?.catch(() => undefined);
      if (postmaster) await stopPostmaster(postmaster, config.stop_timeout);
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
