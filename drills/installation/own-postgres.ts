// A PostgreSQL that the drill runs itself, in place of a server that somebody else runs for Binnacle. It can be stopped and
// started again, and is found at the same address as before.
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createWorld } from "../../src/kernel/index.ts";
import { createStorage, openHome, type Storage, storageConfigSchema } from "../../src/storage/index.ts";
import type { DrillContext } from "../drill.ts";

export interface OwnPostgres {
  start(): Promise<void>;
  stop(): Promise<void>;
  /** For DATABASE_URL; of the running server. */
  url(): Promise<string>;
  /** Of the running server, for questions of the drill's own. */
  storage(): Storage;
}

export function createOwnPostgres({
  folder,
  signal,
  defer,
}: Pick<DrillContext, "folder" | "signal" | "defer">): OwnPostgres {
  const path = join(folder, "server");
  mkdirSync(path, { mode: 0o700, recursive: true });
  const home = openHome(path);
  let running: Storage | undefined;

  async function stop(): Promise<void> {
    const stopping = running;
    running = undefined;
    await stopping?.close();
  }
  defer(async () => {
    await stop();
    home.close();
  });

  function storage(): Storage {
    if (!running) throw new Error("the drill's own PostgreSQL is not running");
    return running;
  }

  return {
    async start() {
      signal.throwIfAborted();
      running = createStorage(storageConfigSchema.parse({}), { world: createWorld(), home });
      await running.start();
    },
    stop,
    storage,
    url: () => urlOf(storage(), readFileSync(join(home.path, "postgres.password"), "utf8").trim()),
  };
}

/** The server itself says where it listens: in a folder for its socket, or, where there are none, on the loopback. */
async function urlOf({ pool }: Storage, password: string): Promise<string> {
  const { rows } = await pool.query<{ user: string; database: string; port: string; folder: string }>(
    `select current_user as user, current_database() as database, current_setting('port') as port,
      trim(both '"' from current_setting('unix_socket_directories')) as folder`,
  );
  const [place] = rows;
  if (!place) throw new Error("the drill's own PostgreSQL does not say where it is");
  const { user, database, port, folder } = place;
  return `postgresql:///${database}?${new URLSearchParams({ host: folder || "127.0.0.1", port, user, password })}`;
}
