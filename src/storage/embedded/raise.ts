// Gets a server running on the data folder, whatever is found there: adopts an orphan that answers, replaces one that
// does not, launches where there is none. It tries once; embedded-server.ts decides what happens after a failure.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { sleep, type World } from "../../kernel/index.ts";
import type { EmbeddedConfig } from "../config.ts";
import { codeOf, dropClient, isServerBusy, openClient, type Connection } from "../connection/connection.ts";
import { storageErrors } from "../errors.ts";
import { type Place, SOCKET_FILE } from "./place.ts";
import { findPostmaster, launchPostmaster, stopPostmaster, type Postmaster } from "./postmaster.ts";
import { lastComplaint, serverLogSize, withServerLog } from "./server-log.ts";
import { FINGERPRINT, serverArguments } from "./settings.ts";

export interface EmbeddedConnection {
  host: string;
  port: number;
  user: string;
  password: string;
  database: string;
  /** Said outright, or the driver would look for PGSSLMODE in the environment. */
  ssl: false;
}

interface RaiseOptions {
  place: Place;
  connection: EmbeddedConnection;
  config: EmbeddedConfig;
  /** That may be open at once. */
  connections: number;
  world: World;
  /** Aborted when Binnacle stops: then whatever runs is stopped, too. */
  signal: AbortSignal;
}

/** `ours`: it answers and was started just as we would start it. `foreign`: it answers, or refuses us, otherwise. */
type Answer = "ours" | "foreign" | "gone" | "silent";

const POLL_MS = 20;
const ANSWER_TIMEOUT_MS = 2000;
/** How long an orphan may be silent before it is replaced. One that says it is still recovering may take longer. */
const ORPHAN_PATIENCE_MS = 5000;

/** Returns a postmaster that answers. Throws `storage.embedded_failed`. */
export async function raiseServer(options: RaiseOptions): Promise<Postmaster> {
  const { place, config, connections, world } = options;
  options.signal.throwIfAborted();
  const { args, fingerprint } = serverArguments(place, options.connection.port, { ...config, connections });
  const found = findPostmaster(place);
  if (found) {
    const answer = await waitForAnswer(found, { ...options, fingerprint, patienceMs: ORPHAN_PATIENCE_MS });
    if (answer === "ours") {
      world.log.info({ postmaster: found.pid }, "adopted the PostgreSQL that an earlier run left behind");
      return found;
    }
    world.log.warn({ postmaster: found.pid, answer }, "replacing the PostgreSQL that an earlier run left behind");
    await stopPostmaster(found, config.stop_timeout);
    findPostmaster(place);
  }
  return await launch(args, { ...options, fingerprint, patienceMs: config.start_timeout });
}

interface WaitOptions extends RaiseOptions {
  fingerprint: string;
  patienceMs: number;
}

async function launch(args: string[], options: WaitOptions): Promise<Postmaster> {
  const { place, config, world } = options;
  const logFrom = serverLogSize(place.logFile);
  const postmaster = withServerLog(place.logFile, (fd) => launchPostmaster(args, place.owner, fd));
  const answer = await waitForAnswer(postmaster, options);
  if (answer === "ours") {
    world.log.info({ postmaster: postmaster.pid }, "PostgreSQL is running");
    return postmaster;
  }
  await stopPostmaster(postmaster, config.stop_timeout);
  const silence = options.signal.aborted ? "it was told to stop" : "it gave no answer in time";
  const why = answer === "gone" ? lastComplaint(place.logFile, logFrom) : silence;
  throw storageErrors.embedded_failed({ data: place.dataDir, why, log: place.logFile });
}

async function waitForAnswer(postmaster: Postmaster, options: WaitOptions): Promise<Answer> {
  const { world, config, signal } = options;
  const startedMs = world.monotonicMs();
  let patienceMs = options.patienceMs;
  while (world.monotonicMs() - startedMs < patienceMs && !signal.aborted) {
    if (!postmaster.isRunning()) return "gone";
    const answer = isListening(options.place) && (await ask(options));
    if (answer === "busy") patienceMs = config.start_timeout;
    else if (answer) return answer;
    await sleep(POLL_MS, signal);
  }
  return "silent";
}

/** As far as can be seen: to be turned away costs more than to look, as the first error that is thrown has a large source map read. */
function isListening({ socketDir }: Place): boolean {
  return socketDir === null || existsSync(join(socketDir, SOCKET_FILE));
}

/** Undefined where there was no answer. */
async function ask({ connection, fingerprint }: WaitOptions): Promise<"ours" | "foreign" | "busy" | undefined> {
  try {
    return (await askFingerprint(connection)) === fingerprint ? "ours" : "foreign";
  } catch (error) {
    if (codeOf(error).startsWith("28")) return "foreign";
    return isServerBusy(error) ? "busy" : undefined;
  }
}

async function askFingerprint(connection: Connection): Promise<string | undefined> {
  const client = await openClient(connection, ANSWER_TIMEOUT_MS);
  try {
    const { rows } = await client.query<{ value: string }>("select current_setting($1, true) as value", [FINGERPRINT]);
    return rows[0]?.value;
  } finally {
    dropClient(client);
  }
}
