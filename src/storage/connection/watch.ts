// Knows whether the server can be reached, by holding one connection of its own: the kernel says at once when a dead
// server's connection closes, a light probe finds one that hangs, and the same probe notices its return.
import { formatDuration, type World } from "../kernel/index.ts";
import type { Client } from "pg";
import { dropClient, openClient, reasonOf, type Connection } from "./connection.ts";

export interface Watch {
  /** Makes the first connection and begins to watch. Throws what the driver throws. Returns the server's version number. */
  start(connection: Connection): Promise<string>;
  isAvailable(): boolean;
  /** Probes now: something else has seen a connection fail. */
  check(): void;
  close(): void;
}

interface WatchConfig {
  intervalMs: number;
  timeoutMs: number;
}

interface WatchDeps {
  world: World;
  /** The server was lost. Called once a flip. */
  onLost(): void;
}

export function createWatch(config: WatchConfig, { world, onLost }: WatchDeps): Watch {
  let target: Connection = {};
  let client: Client | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let available = false;
  let probing = false;
  let closed = false;
  let lostAtMs = 0;

  function setAvailable(next: boolean, why: string): void {
    if (next === available || closed) return;
    available = next;
    if (next) {
      world.log.info({ after: formatDuration(world.monotonicMs() - lostAtMs) }, "the database answers again");
      return;
    }
    lostAtMs = world.monotonicMs();
    world.log.warn({ why }, "the database does not answer");
    onLost();
  }

  function lose(lost: Client, why: string): void {
    if (client !== lost) return;
    client = undefined;
    dropClient(lost);
    setAvailable(false, why);
  }

  async function connect(): Promise<Client> {
    const opened = await openClient(target, config.timeoutMs);
    client = opened;
    opened.once("error", (error) => lose(opened, reasonOf(error)));
    opened.once("end", () => lose(opened, "the server closed the connection"));
    return opened;
  }

  async function probe(): Promise<void> {
    if (probing || closed) return;
    probing = true;
    clearTimeout(timer);
    try {
      await (client ?? (await connect())).query("select 1");
      setAvailable(true, "");
    } catch (error) {
      if (client) lose(client, reasonOf(error));
      setAvailable(false, reasonOf(error));
    }
    probing = false;
    if (closed && client) dropClient(client);
    else timer = setTimeout(() => void probe(), config.intervalMs);
  }

  return {
    async start(connection) {
      target = connection;
      const { rows } = await (await connect()).query<{ server_version: string }>("show server_version");
      available = true;
      timer = setTimeout(() => void probe(), config.intervalMs);
      return rows[0]?.server_version ?? "";
    },
    isAvailable: () => available,
    check: () => void probe(),
    close() {
      closed = true;
      available = false;
      clearTimeout(timer);
      if (client && !probing) dropClient(client);
    },
  };
}
