// `crash`: Binnacle is killed outright again and again under load, each time at a random moment, and started anew on the
// same folder. Every call that was answered must be on record exactly once.
import { z } from "zod";
import { defineDrill, type DrillContext, type DrillResult } from "../drill.ts";
import { createInstallation, type RunningBinnacle } from "../installation/binnacle.ts";
import { countCallsIn, readAllCalls, untilProjected } from "../installation/stored-calls.ts";
import { type Account, checkOfRefusals, createAccount } from "../load/account.ts";
import { createCaller } from "../load/caller.ts";
import { checksOfRecord, figuresOfRecord, judgeRecord } from "../load/judge-record.ts";
import { planProbe } from "../load/planned-call.ts";
import { underLoad } from "../load/under-load.ts";
import { planRounds } from "./plan-rounds.ts";

export const crashDrill = defineDrill({
  name: "crash",
  takes: "1 min",
  summary: "kill -9 of Binnacle under load, again and again: no answered call is lost or doubled",
  options: z.object({
    rounds: z.coerce.number().int().min(1).max(1000).default(20).describe("how often it is killed"),
    rate: z.coerce.number().min(1).max(2000).default(200).describe("calls a second"),
  }),
  async run(context, { rounds, rate }) {
    const { say, seed } = context;
    const installation = createInstallation(context);
    const account = createAccount();
    const returnsMs: number[] = [];
    let cutBefore = 0;
    for (const [place, killAfterMs] of planRounds(seed, rounds).entries()) {
      const round = place + 1;
      const { running, readyAfterMs } = await startAndProbe(installation.start, { account, tag: `probe-${round}` });
      if (round > 1) returnsMs.push(readyAfterMs);
      const before = { answered: account.answered.size, cut: account.cut.size };
      cutBefore += await loadAndKill(running, { name: `round-${round}`, killAfterMs, rate, seed, account });
      const [answered, cut] = [account.answered.size - before.answered, account.cut.size - before.cut];
      say(`round ${round} of ${rounds}: killed after ${killAfterMs} ms; ${answered} answered, ${cut} cut`);
    }
    const { running, readyAfterMs } = await startAndProbe(installation.start, { account, tag: "probe-last" });
    returnsMs.push(readyAfterMs);
    return judge({ account, cutBefore, running, returnsMs, home: installation.home }, context);
  },
});

/** The time runs from the start of the process to the first answer. */
async function startAndProbe(
  start: () => Promise<RunningBinnacle>,
  { account, tag }: { account: Account; tag: string },
): Promise<{ running: RunningBinnacle; readyAfterMs: number }> {
  const beganMs = performance.now();
  const running = await start();
  const caller = createCaller(running);
  const ending = await caller.call(planProbe(tag));
  caller.close();
  account.add(ending);
  if (ending.how !== "answered") throw new Error(`the first call after a start was ${ending.how}: ${ending.why}`);
  return { running, readyAfterMs: performance.now() - beganMs };
}

interface Round {
  name: string;
  killAfterMs: number;
  rate: number;
  seed: number;
  account: Account;
}

/** Returns how many calls broke off before it was killed: none should. */
async function loadAndKill(running: RunningBinnacle, round: Round): Promise<number> {
  const { name, killAfterMs, rate, seed, account } = round;
  let cutBefore = 0;
  await underLoad(running, { callsPerSecond: rate, seed, name, account }, async (endLoad) => {
    const before = account.cut.size;
    await Bun.sleep(killAfterMs);
    cutBefore = account.cut.size - before;
    endLoad();
    await running.kill();
  });
  return cutBefore;
}

interface Aftermath {
  account: Account;
  cutBefore: number;
  running: RunningBinnacle;
  returnsMs: number[];
  home: string;
}

async function judge(
  { account, cutBefore, running, returnsMs, home }: Aftermath,
  context: DrillContext,
): Promise<DrillResult> {
  context.say("reading the record back …");
  const projectedAfterMs = await untilProjected(running, context);
  const stored = await readAllCalls(running);
  await running.stop();
  const verdict = judgeRecord(account, stored);
  const count = await countCallsIn(home, context);
  const sorted = returnsMs.toSorted((a, b) => a - b);
  return {
    checks: [
      ...checksOfRecord(verdict, count),
      checkOfRefusals(account),
      {
        that: "no call broke off before a kill",
        holds: cutBefore === 0,
        found: cutBefore === 0 ? "none" : `${cutBefore}`,
      },
    ],
    figures: {
      rounds: returnsMs.length,
      answered: account.answered.size,
      cut: account.cut.size,
      refused: account.refused(),
      ...figuresOfRecord(verdict),
      restarts: returnsMs.length,
      restart_median_ms: sorted[Math.floor(sorted.length / 2)] ?? null,
      restart_max_ms: sorted.at(-1) ?? null,
      last_records_projected_after_ms: projectedAfterMs,
    },
  };
}
