// The first part: a PostgreSQL that Binnacle was given by DATABASE_URL is stopped under load, stays away, and comes back at
// the same address.
import type { DrillContext, DrillResult } from "../drill.ts";
import { createInstallation, type RunningBinnacle } from "../installation/binnacle.ts";
import { createOwnPostgres, type OwnPostgres } from "../installation/own-postgres.ts";
import { countCalls } from "../installation/stored-calls.ts";
import { watchStatus } from "../installation/watch-status.ts";
import { createAccount } from "../load/account.ts";
import { underLoad } from "../load/under-load.ts";
import { judgeOutage, type Outage } from "./judge-outage.ts";

const BEFORE_MS = 5000;
const AFTER_MS = 5000;
const PROGRESS_MS = 10_000;
/** The record has caught up when nothing in it is older than this. */
const CAUGHT_UP_LAG_MS = 1000;
const CATCH_UP_TIMEOUT_MS = 120_000;
const POLL_MS = 50;

export async function stopServer(
  context: DrillContext,
  { downMs, rate }: { downMs: number; rate: number },
): Promise<DrillResult> {
  const { say, seed } = context;
  const server = createOwnPostgres(context);
  await server.start();
  const address = await server.url();
  const running = await createInstallation(context, { env: { DATABASE_URL: address } }).start();
  const account = createAccount();
  const watch = watchStatus(running);
  let outage: Outage | undefined;
  let catchUpMs = 0;
  await underLoad(running, { callsPerSecond: rate, seed, name: "stop", account }, async () => {
    await Bun.sleep(BEFORE_MS);
    outage = await takeAway(server, { downMs, context });
    if ((await server.url()) !== address) throw new Error("the server did not come back at the address that it had");
    catchUpMs = await untilCaughtUp(running, context);
    say(`PostgreSQL is back; the record caught up after ${Math.round(catchUpMs)} ms`);
    await Bun.sleep(AFTER_MS);
  });
  await watch.stop();
  if (!outage) throw new Error("the load ended before the outage");
  const result = await judgeOutage({ name: "stop", running, account, watch, outage }, context);
  const count = await countCalls(server.storage());
  await running.stop();
  await server.stop();
  return result.conclude(count, { stop_caught_up_after_ms: catchUpMs });
}

async function takeAway(
  server: OwnPostgres,
  { downMs, context: { say, signal } }: { downMs: number; context: DrillContext },
): Promise<Outage> {
  const fromMs = performance.now();
  await server.stop();
  say(`PostgreSQL is stopped, for ${downMs / 1000} s`);
  for (let awayMs = 0; awayMs < downMs && !signal.aborted; awayMs += PROGRESS_MS) {
    if (awayMs > 0) say(`away for ${awayMs / 1000} s`);
    await Bun.sleep(Math.min(PROGRESS_MS, downMs - awayMs));
  }
  await server.start();
  return { fromMs, toMs: performance.now() };
}

async function untilCaughtUp({ client }: RunningBinnacle, { signal }: DrillContext): Promise<number> {
  const beganMs = performance.now();
  while (performance.now() - beganMs < CATCH_UP_TIMEOUT_MS && !signal.aborted) {
    const { database, ledger } = await client.status();
    if (database.available && ledger.lag_ms < CAUGHT_UP_LAG_MS) return performance.now() - beganMs;
    await Bun.sleep(POLL_MS);
  }
  throw new Error(`the record had not caught up ${CATCH_UP_TIMEOUT_MS} ms after PostgreSQL came back`);
}
