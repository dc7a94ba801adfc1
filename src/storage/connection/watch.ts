// Knows whether the server can be reached, by holding one connection of its own: the kernel says at once when a dead
// server's connection closes, a light probe finds one that hangs, and the same probe notices its return.
import { elapsedMs, formatDuration, type World } from "../../kernel/index.ts";
import { DatabaseError, type Client } from "pg";
import { dropClient, openClient, reasonOf, type Connection } from "./connection.ts";

export interface Watch {
  /** Makes the first connection and begins to watch. Returns the server's version. Throws what the driver throws. */
  start(connection: Connection): Promise<string>;
  isAvailable(): boolean;
  /** Probes now: something else has seen a connection fail, or the server come back. */
  check(): void;
  close(): void;
}

interface WatchConfig {
  intervalMs: number;
  timeoutMs: number;
}

interface WatchDeps {
  world: World;
  /** Neither a probe nor a fresh connection got any reply: whoever still waits for one waits in vain. */
  onUnreachable(): void;
}

export function createWatch(config: WatchConfig, { world, onUnreachable }: WatchDeps): Watch {
  let target: Connection | undefined;
  let client: Client | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const availability = createAvailability(world);
  let probing = false;
  let closed = false;
  let failures = 0;

  function lose(lost: Client, why: string): void {
    if (client !== lost) return;
    client = undefined;
    dropClient(lost);
    availability.lost(why);
    probeAfter(0);
  }

  async function connect(connection: Connection): Promise<Client> {
    const opened = await openClient(connection, config.timeoutMs);
    client = opened;
    if (closed) dropClient(opened);
    opened.once("end", () => lose(opened, "the server closed the connection"));
    return opened;
  }

  async function probe(): Promise<void> {
    if (!target || probing || closed) return;
    probing = true;
    try {
      await (client ?? (await connect(target))).query("select 1");
      failures = 0;
      availability.found();
    } catch (error) {
      failures += 1;
      availability.lost(reasonOf(error));
      if (client) lose(client, reasonOf(error));
      if (failures === 2 && !(error instanceof DatabaseError)) onUnreachable();
    }
    probing = false;
    // The first failure may be our own doing, such as a blocked event loop: a fresh connection soon tells.
    probeAfter(failures === 1 ? 0 : config.intervalMs);
  }

  function probeAfter(ms: number): void {
    clearTimeout(timer);
    if (!closed) timer = setTimeout(() => void probe(), ms);
    else if (client) dropClient(client);
  }

  return {
    async start(connection) {
      const { rows } = await (await connect(connection)).query<{ server_version: string }>("show server_version");
      target = connection;
      availability.begin();
      probeAfter(config.intervalMs);
      return rows[0]?.server_version ?? "";
    },
    isAvailable: availability.isThere,
    check: () => void probe(),
    close() {
      closed = true;
      availability.end();
      clearTimeout(timer);
      if (client && !probing) dropClient(client);
    },
  };
}

/** Whether the server is there, and a line in the log each time that changes. After `end` it is gone for good, in silence. */
function createAvailability(world: World) {
  let isThere = false;
  let hasEnded = false;
  let lostAtMs = 0;
  return {
    isThere: () => isThere,
    begin() {
      isThere = true;
    },
    lost(why: string) {
      if (!isThere || hasEnded) return;
      isThere = false;
      lostAtMs = world.monotonicMs();
      world.log.warn({ why }, "the database cannot be reached");
    },
    found() {
      if (isThere || hasEnded) return;
      isThere = true;
      world.log.info({ after: formatDuration(elapsedMs(world, lostAtMs)) }, "the database is back");
    },
    end() {
      hasEnded = true;
      isThere = false;
    },
  };
}
