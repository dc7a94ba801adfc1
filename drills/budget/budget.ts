// `budget`: a thousand calls at once over four processes on one PostgreSQL, whole and streamed, left half-way, failed and
// tried again, against a cap that pays for 137 of them; in some runs a process is killed meanwhile. Never more than the
// cap is spent, nobody is refused while enough is free, and the budget's books agree with the record.
import { z } from "zod";
import { type Check, defineDrill, type DrillContext, type DrillResult } from "../drill.ts";
import { createOwnPostgres, type OwnPostgres } from "../installation/own-postgres.ts";
import { createDice } from "../run/dice.ts";
import { capUsd, planWave } from "./plan-wave.ts";
import { readBooks, type Books } from "./read-books.ts";
import { judgeRun, type RunVerdict } from "./judge-run.ts";
import { type Processes, startSeparate, startWorkers } from "./processes.ts";
import { send, sendOneByOne } from "./send.ts";

const SEPARATE = 4;

export const budgetDrill = defineDrill({
  name: "budget",
  takes: "2 min",
  summary: "1,000 calls at once over four processes against a hard cap: never more, and nobody refused for nothing",
  options: z.object({
    runs: z.coerce.number().int().min(1).max(10_000).default(20).describe("each with a budget and a plan of its own"),
    calls: z.coerce.number().int().min(1).max(5000).default(1000).describe("at once, in each run"),
    kill: z.coerce.number().int().min(0).default(5).describe("in every so many runs a process is killed; 0 for none"),
    workers: z.coerce
      .number()
      .int()
      .min(2)
      .max(16)
      .optional()
      .describe("as many workers of one installation, which share a port, in place of four processes of their own"),
  }),
  async run(context, { runs, calls, kill, workers }) {
    const postgres = createOwnPostgres(context);
    await postgres.start();
    const databaseUrl = await postgres.url();
    const processes = workers
      ? await startWorkers(context, { databaseUrl, count: workers })
      : await startSeparate(context, { databaseUrl, count: SEPARATE });
    const verdicts: RunVerdict[] = [];
    for (let run = 1; run <= runs; run += 1) {
      const isKilled = kill > 0 && run % kill === 0;
      const verdict = await oneRun(context, { run, calls, isKilled, processes, postgres });
      verdicts.push(verdict);
      const { answered, refused, spent, unknown, unfair } = verdict;
      const killed = isKilled ? ", one process killed" : "";
      const untold = unknown === 0 ? "" : `, ${unknown} not told in time`;
      const wrongly = unfair === 0 ? "" : `, ${unfair} of them for nothing`;
      context.say(
        `run ${run} of ${runs}: ${answered} answered, ${refused} refused${wrongly}, ${percent(spent)} of the cap spent${untold}${killed}`,
      );
    }
    await processes.stop();
    return resultOf(verdicts, calls);
  },
});

interface OneRun {
  run: number;
  calls: number;
  isKilled: boolean;
  processes: Processes;
  postgres: OwnPostgres;
}

async function oneRun(
  context: DrillContext,
  { run, calls, isKilled, processes, postgres }: OneRun,
): Promise<RunVerdict> {
  const team = `run-${context.seed}-${run}`;
  const { secret: key } = await processes.client().keys.create({ name: team, team });
  const dice = createDice(context.seed, team);
  const wave = planWave(dice, calls);
  const sending = send(wave, { servers: processes.servers(), key });
  if (isKilled) {
    await Bun.sleep(dice.between(20, 400));
    await processes.killOne(run);
  }
  const sent = await sending;
  // What is free in the end can be spent: one call after the other, until even one is refused.
  const mopped = await sendOneByOne(planWave(dice, calls, "quick"), { servers: processes.servers(), key });
  const books: Books = await readBooks(postgres.storage(), { team, answered: sent.answered + mopped.answered });
  return judgeRun(books, { isKilled, sent: sent.total + mopped.total });
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
