// `limits`: four processes on one PostgreSQL are asked without a break for longer than two windows, by teams that may make so
// many requests, or use so many tokens, a minute. No 60 seconds, wherever they begin, hold more than the limit; and nobody
// is refused while the last minute, and the slice of it that counts as well, would have had room.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { type Check, defineDrill, type DrillContext } from "../drill.ts";
import { createInstallation, type RunningBinnacle } from "../installation/binnacle.ts";
import { createOwnPostgres } from "../installation/own-postgres.ts";
import { createDice } from "../run/dice.ts";
import { judgeTeam, type TeamVerdict } from "./judge-team.ts";
import { askWithoutBreak, type Team } from "./ask.ts";

const REQUESTS = 30;
const TOKENS = 2000;
const SETTLE_MS = 3000;

export const limitsDrill = defineDrill({
  name: "limits",
  takes: "3 min",
  summary: "requests and tokens a minute over four processes: no 60 seconds hold more, and no place stays empty",
  options: z.object({
    seconds: z.coerce.number().int().min(10).max(3600).default(140).describe("how long is asked"),
    teams: z.coerce
      .number()
      .int()
      .min(2)
      .max(200)
      .default(20)
      .describe("half with a limit on requests, half on tokens"),
  }),
  async run(context, { seconds, teams: count }) {
    const postgres = createOwnPostgres(context);
    await postgres.start();
    const running = await startFour(context, await postgres.url());
    const teams = await makeTeams(running, count);
    const endMs = performance.now() + seconds * 1000;
    const dice = createDice(context.seed, "limits");
    context.say(`${count} teams ask four processes for ${seconds} s …`);
    await Promise.all(teams.map((team) => askWithoutBreak(team, { servers: running, dice, endMs })));
    await Bun.sleep(SETTLE_MS);
    const verdicts: TeamVerdict[] = [];
    for (const team of teams)
      verdicts.push(await judgeTeam(postgres.storage(), team, team.unit === "requests" ? REQUESTS : TOKENS));
    for (const process of running) await process.stop();
    return { checks: checksOf(verdicts), figures: figuresOf(verdicts) };
  },
});

async function startFour(context: DrillContext, databaseUrl: string): Promise<RunningBinnacle[]> {
  const config = {
    governance: {
      limits: [
        { of: "team", requests: REQUESTS },
        { of: "project", tokens: TOKENS },
      ],
    },
  };
  const env = { DATABASE_URL: databaseUrl, BINNACLE_SECRET: "the same for all four" };
  const running: RunningBinnacle[] = [];
  for (const number of [1, 2, 3, 4]) {
    const folder = join(context.folder, `process-${number}`);
    mkdirSync(folder);
    running.push(await createInstallation({ ...context, folder }, { env, config }).start());
  }
  return running;
}

async function makeTeams(running: readonly RunningBinnacle[], count: number): Promise<Team[]> {
  const admin = running.find(({ key }) => key !== "");
  if (!admin) throw new Error("no process has an admin key");
  return Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const name = `team-${index}`;
      const unit = index % 2 === 0 ? ("requests" as const) : ("tokens" as const);
      const owner = unit === "requests" ? { team: name } : { project: name };
      const { secret: key } = await admin.client.keys.create({ name, ...owner });
      return { name, unit, key };
    }),
  );
}

function checksOf(verdicts: readonly TeamVerdict[]): Check[] {
  const over = verdicts.filter(({ most, limit }) => most > limit);
  const unfair = verdicts.reduce((sum, verdict) => sum + verdict.unfair, 0);
  const idle = verdicts.filter(({ answered }) => answered === 0).length;
  return [
    {
      that: "no 60 seconds hold more than the limit",
      holds: over.length === 0,
      found: over.map(({ team, most, limit }) => `${team}: ${most} of ${limit}`).join(", ") || "none",
    },
    { that: "nobody was refused while there was room", holds: unfair === 0, found: `${unfair} were` },
    { that: "every team was answered", holds: idle === 0, found: `${idle} were not` },
  ];
}

function figuresOf(verdicts: readonly TeamVerdict[]) {
  const of = (unit: string): number[] =>
    verdicts.filter((each) => each.unit === unit).map(({ most, limit }) => Math.round((most / limit) * 100));
  return {
    answered: verdicts.reduce((sum, { answered }) => sum + answered, 0),
    refused: verdicts.reduce((sum, { refused }) => sum + refused, 0),
    fullest_minute_of_requests_percent: Math.max(...of("requests")),
    fullest_minute_of_tokens_percent: Math.max(...of("tokens")),
    emptiest_fullest_minute_percent: Math.min(...of("requests"), ...of("tokens")),
  };
}
