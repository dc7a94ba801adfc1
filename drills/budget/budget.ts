// `budget`: a thousand calls at once over four processes on one PostgreSQL, whole and streamed, left half-way, failed and
// tried again, against a cap that pays for 137 of them; in some runs a process is killed meanwhile. Never more than the
// cap is spent, nobody is refused while enough is free, and the budget's books agree with the record.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { type Check, defineDrill, type DrillContext, type DrillResult } from "../drill.ts";
import { createInstallation, type Installation, type RunningBinnacle } from "../installation/binnacle.ts";
import { createOwnPostgres, type OwnPostgres } from "../installation/own-postgres.ts";
import { createDice } from "../run/dice.ts";
import { capUsd, config, planWave } from "./plan-wave.ts";
import { readBooks, type Books } from "./read-books.ts";
import { judgeRun, type RunVerdict } from "./judge-run.ts";
import { send, sendOneByOne } from "./send.ts";

export const budgetDrill = defineDrill({
  name: "budget",
  takes: "2 min",
  summary: "1,000 calls at once over four processes against a hard cap: never more, and nobody refused for nothing",
  options: z.object({
    runs: z.coerce.number().int().min(1).max(10_000).default(20).describe("each with a budget and a plan of its own"),
    calls: z.coerce.number().int().min(1).max(5000).default(1000).describe("at once, in each run"),
    kill: z.coerce.number().int().min(0).default(5).describe("in every so many runs a process is killed; 0 for none"),
  }),
  async run(context, { runs, calls, kill }) {
    const postgres = createOwnPostgres(context);
    await postgres.start();
    const installations = await install(context, await postgres.url());
    let running = await startAll(installations);
    const verdicts: RunVerdict[] = [];
    for (let run = 1; run <= runs; run += 1) {
      const victim = kill > 0 && run % kill === 0 ? run % installations.length : undefined;
      const one = await oneRun(context, { run, calls, victim, installations, running, postgres });
      running = one.running;
      verdicts.push(one.verdict);
      const { answered, refused, spent, unknown } = one.verdict;
      const killed = victim === undefined ? "" : ", one process killed";
      const untold = unknown === 0 ? "" : `, ${unknown} not told in time`;
      context.say(
        `run ${run} of ${runs}: ${answered} answered, ${refused} refused, ${percent(spent)} of the cap spent${untold}${killed}`,
      );
    }
    for (const process of running) await process.stop();
    return resultOf(verdicts, calls);
  },
});

/** Four on one server; the first makes the tables. */
async function install(context: DrillContext, databaseUrl: string): Promise<Installation[]> {
  const env = { DATABASE_URL: databaseUrl, BINNACLE_SECRET: "the same for all four" };
  return [1, 2, 3, 4].map((number) => {
    const folder = join(context.folder, `process-${number}`);
    mkdirSync(folder);
    return createInstallation({ ...context, folder }, { env, config });
  });
}

async function startAll([first, ...others]: readonly Installation[]): Promise<RunningBinnacle[]> {
  if (!first) return [];
  return [await first.start(), ...(await Promise.all(others.map(({ start }) => start())))];
}

interface OneRun {
  run: number;
  calls: number;
  victim: number | undefined;
  installations: readonly Installation[];
  running: RunningBinnacle[];
  postgres: OwnPostgres;
}

async function oneRun(context: DrillContext, { run, calls, victim, installations, running, postgres }: OneRun) {
  const team = `run-${context.seed}-${run}`;
  const admin = running.find(({ key }) => key !== "");
  if (!admin) throw new Error("no process is running");
  const { secret: key } = await admin.client.keys.create({ name: team, team });
  const dice = createDice(context.seed, team);
  const wave = planWave(dice, calls);
  const sending = send(wave, { servers: running, key });
  let after = running;
  if (victim !== undefined) {
    await Bun.sleep(dice.between(20, 400));
    await running[victim]?.kill();
    const again = await installations[victim]?.start();
    after = running.map((process, index) => (index === victim && again ? again : process));
  }
  const sent = await sending;
  // What is free in the end can be spent: one call after the other, until even one is refused.
  const mopped = await sendOneByOne(planWave(dice, calls), { servers: after, key });
  const books: Books = await readBooks(postgres.storage(), { team, answered: sent.answered + mopped.answered });
  const verdict = judgeRun(books, { isKilled: victim !== undefined, sent: sent.total + mopped.total });
  return { verdict, running: after };
}

const percent = (micros: number): string => `${((micros / (capUsd * 1_000_000)) * 100).toFixed(1)} %`;

function resultOf(verdicts: readonly RunVerdict[], calls: number): DrillResult {
  const count = (pick: (verdict: RunVerdict) => boolean): number => verdicts.filter(pick).length;
  const sum = (pick: (verdict: RunVerdict) => number): number => verdicts.reduce((all, each) => all + pick(each), 0);
  const check = (that: string, bad: number, what: string): Check => ({
    that,
    holds: bad === 0,
    found: bad === 0 ? "none" : `${bad} ${what}`,
  });
  const spent = verdicts.map((verdict) => verdict.spent).sort((a, b) => a - b);
  return {
    checks: [
      check(
        "no run spent more than its cap",
        count(({ isOver }) => isOver),
        "did",
      ),
      check(
        "nobody was refused while enough was free all along",
        sum(({ unfair }) => unfair),
        "were",
      ),
      check(
        "no refusal was for want of an answer from the database",
        sum(({ unknown }) => unknown),
        "were",
      ),
      check(
        "the budget's books agree with the record, to the micro-dollar",
        count(({ agrees }) => !agrees),
        "do not",
      ),
      check(
        "what was left in the end would not have paid for a call",
        count(({ couldPay }) => couldPay),
        "would have",
      ),
    ],
    figures: {
      runs: verdicts.length,
      calls_at_once: calls,
      answered: sum(({ answered }) => answered),
      refused: sum(({ refused }) => refused),
      killed: count(({ isKilled }) => isKilled),
      least_spent: percent(spent[0] ?? 0),
      most_spent: percent(spent.at(-1) ?? 0),
    },
  };
}
