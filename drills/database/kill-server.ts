// The second part: the PostgreSQL that Binnacle runs itself is killed outright under load, and has to be brought back by it.
import { childNamed } from "../../bench/machine/process-figures.ts";
import type { DrillContext, DrillResult } from "../drill.ts";
import { createInstallation, type RunningBinnacle } from "../installation/binnacle.ts";
import { countCallsIn } from "../installation/stored-calls.ts";
import { watchStatus } from "../installation/watch-status.ts";
import { createAccount } from "../load/account.ts";
import { underLoad } from "../load/under-load.ts";
import { createDice } from "../run/dice.ts";
import { judgeOutage } from "./judge-outage.ts";

const BETWEEN_MS = { least: 2000, most: 5000 };
const AFTER_MS = 5000;
const RETURN_TIMEOUT_MS = 120_000;
const POLL_MS = 20;

export async function killServer(
  context: DrillContext,
  { kills, rate }: { kills: number; rate: number },
): Promise<DrillResult> {
  const { say, seed } = context;
  const installation = createInstallation(context);
  const running = await installation.start();
  const dice = createDice(seed, "kills of the server");
  const account = createAccount();
  const watch = watchStatus(running);
  const awayMs: number[] = [];
  const outage = { fromMs: Infinity, toMs: Infinity };
  await underLoad(running, { callsPerSecond: rate, seed, name: "kill", account }, async () => {
    for (let kill = 1; kill <= kills; kill += 1) {
      await Bun.sleep(dice.between(BETWEEN_MS.least, BETWEEN_MS.most));
      outage.fromMs = Math.min(outage.fromMs, performance.now());
      awayMs.push(await killAndWait(running, context));
      say(`PostgreSQL was killed, ${kill} of ${kills}; it was away for ${Math.round(awayMs.at(-1) ?? 0)} ms`);
    }
    outage.toMs = performance.now();
    await Bun.sleep(AFTER_MS);
  });
  await watch.stop();
  const result = await judgeOutage({ name: "kill", running, account, watch, outage }, context);
  await running.stop();
  const count = await countCallsIn(installation.home, context);
  return result.conclude(count, { kill_kills: kills, kill_away_max_ms: Math.max(...awayMs) });
}

/** Resolves, with how long that took, when another server has taken its place and answers. */
async function killAndWait({ pid, client }: RunningBinnacle, { signal }: DrillContext): Promise<number> {
  const killed = childNamed(pid, "postgres");
  if (killed === undefined) throw new Error("Binnacle's own PostgreSQL is not found among its processes");
  const beganMs = performance.now();
  process.kill(killed, "SIGKILL");
  while (performance.now() - beganMs < RETURN_TIMEOUT_MS && !signal.aborted) {
    await Bun.sleep(POLL_MS);
    const now = childNamed(pid, "postgres");
    if (now === undefined || now === killed) continue;
    if ((await client.status()).database.available) return performance.now() - beganMs;
  }
  throw new Error(`PostgreSQL was not back ${RETURN_TIMEOUT_MS} ms after it was killed`);
}
