// The embedded server's life: data folder made, server raised, watched over, brought back when it dies, stopped in order.
import { createServer } from "node:net";
import { sleep, type Log, type World } from "../../kernel/index.ts";
import type { EmbeddedConfig } from "../config.ts";
import { describeConnection, reasonOf } from "../connection/connection.ts";
import type { Server } from "../server.ts";
import { findBinaries } from "./binaries.ts";
import { ensureCluster } from "./cluster.ts";
import { preparePlace, serverOwner, SOCKET_PORT, type Place } from "./place.ts";
import { stopPostmaster, type Postmaster } from "./postmaster.ts";
import { raiseServer, type EmbeddedConnection } from "./raise.ts";
import { boundServerLog } from "./server-log.ts";
import { SERVER_DATABASE, SERVER_USER } from "./settings.ts";

interface EmbeddedDeps {
  world: World;
  home: string;
  /** That may be open at once. */
  connections: number;
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

export function createEmbeddedServer(config: EmbeddedConfig, deps: EmbeddedDeps): Server {
  const { world, home, connections, onChange } = deps;
  const closing = new AbortController();
  let prepared: Prepared | undefined;
  let postmaster: Postmaster | undefined;
  /** Never rejects: it is there to be waited for. */
  let raising: Promise<void> | undefined;
  let failures = 0;
  let logTimer: ReturnType<typeof setInterval> | undefined;

  async function raise(ready: Prepared, attemptsMax: number): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        postmaster = await raiseServer({ ...ready, config, connections, world, signal: closing.signal });
        watchOver(postmaster, ready);
        return onChange();
      } catch (error) {
        if (closing.signal.aborted || attempt >= attemptsMax) throw error;
        world.log.error({ why: reasonOf(error), attempt }, "PostgreSQL does not start");
      }
      await pause();
    }
  }

  function watchOver(running: Postmaster, ready: Prepared): void {
    const sinceMs = world.monotonicMs();
    void running.exited.then(() => {
      if (closing.signal.aborted) return;
      world.log.warn({ postmaster: running.pid }, "PostgreSQL has died; it is being brought back");
      onChange();
      if (world.monotonicMs() - sinceMs > STEADY_MS) failures = 0;
      // Only close() ever makes it fail.
      raising = pause().then(() => raise(ready, Number.POSITIVE_INFINITY).catch(() => undefined));
    });
  }

  async function pause(): Promise<void> {
    const delayMs = Math.min(config.restart_delay_max, RESTART_DELAY_MS * 2 ** failures);
    failures += 1;
    await sleep(delayMs * (0.5 + world.random() / 2), closing.signal);
  }

  async function begin(): Promise<EmbeddedConnection> {
    const ready = await prepare(config, { home, log: world.log });
    prepared = ready;
    logTimer = setInterval(() => boundServerLog(ready.place.logFile, config.log_max), LOG_CHECK_MS);
    logTimer.unref();
    await raise(ready, START_ATTEMPTS_MAX);
    return ready.connection;
  }

  return {
    kind: "embedded",
    address: () => (prepared ? describeConnection(prepared.connection) : home),
    start() {
      const beginning = begin();
      raising = beginning.then(
        () => undefined,
        () => undefined,
      );
      return beginning;
    },
    async close() {
      closing.abort();
      await raising;
      clearInterval(logTimer);
      if (postmaster) await stopPostmaster(postmaster, config.stop_timeout);
    },
  };
}

interface Prepared {
  place: Place;
  connection: EmbeddedConnection;
}

async function prepare(config: EmbeddedConfig, { home, log }: { home: string; log: Log }): Promise<Prepared> {
  const binaries = await findBinaries();
  const place = preparePlace({ home, binaries, owner: serverOwner(), fallback: FALLBACK_FOLDER, log });
  boundServerLog(place.logFile, config.log_max);
  const password = await ensureCluster(place, config.durable);
  // A port, once chosen, is kept over restarts: the pool knows it.
  const [host, port] = place.socketDir ? [place.socketDir, SOCKET_PORT] : ["127.0.0.1", await freePort()];
  return { place, connection: { host, port, user: SERVER_USER, password, database: SERVER_DATABASE, ssl: false } };
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
