// `leases-outage`: PostgreSQL is stopped for a minute while two processes answer calls under hard budgets and limits, at a steady
// rate. What the leases at hand pay for is answered, the rest is told so at once; and afterwards no cap is passed, and the books
// and the record agree to the micro-dollar.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { createClient } from "../../client/index.ts";
import { type Check, defineDrill, type DrillContext, type DrillResult, type Figures } from "../drill.ts";
import { createInstallation, type RunningBinnacle } from "../installation/binnacle.ts";
import { createOwnPostgres, type OwnPostgres } from "../installation/own-postgres.ts";
import { untilProjected } from "../installation/stored-calls.ts";
import { judgeTeam, type Seen, type TeamVerdict } from "./judge-team.ts";
import { type Lease, readLeases, readRecords, untilQuiet } from "./read-books.ts";
import { type Caller, sendOne, sendSteadily } from "./send-steadily.ts";
import { config, teams } from "./teams.ts";

const BEFORE_MS = 10_000;
const AFTER_MS = 10_000;
/** A refusal that takes longer is no clear one. */
const REFUSAL_MAX_MS = 500;
const PROCESSES = 2;

export const leasesOutageDrill = defineDrill({
  name: "leases-outage",
  takes: "2 min",
  summary:
    "PostgreSQL stopped under budgets and limits: leases go on, no cap is passed, the books agree with the record",
  options: z.object({
    down: z.coerce.number().min(1).max(3600).default(60).describe("seconds that the server stays stopped"),
  }),
  async run(context, { down }) {
    const postgres = createOwnPostgres(context);
    await postgres.start();
    const servers = await startAll(context, await postgres.url());
    const callers = await makeCallers(servers);
    const holders = await holdersOf(servers, postgres);
    const stop = new AbortController();
    context.say(`${teams.length} teams call ${PROCESSES} processes, at a steady rate …`);
    const sending = callers.map((caller) => sendSteadily(caller, { servers, until: stop.signal }));
    await Bun.sleep(BEFORE_MS);
    const leasesBefore = withProcess(await readLeases(postgres.storage()), holders);
    const outage = await takeAway(postgres, down, context);
    await Bun.sleep(AFTER_MS);
    stop.abort();
    const sent = (await Promise.all(sending)).flat();
    context.say("reading the books …");
    for (const server of servers) await untilProjected(server, context);
    await untilQuiet(postgres.storage());
    const seen: Seen = {
      sent,
      records: await readRecords(postgres.storage()),
      leases: await readLeases(postgres.storage()),
      leasesBefore,
      outage,
    };
    for (const server of servers) await server.stop();
    await postgres.stop();
    return resultOf(teams.map((team) => judgeTeam(team, seen)));
  },
});

async function startAll(context: DrillContext, databaseUrl: string): Promise<RunningBinnacle[]> {
  const env = { DATABASE_URL: databaseUrl, BINNACLE_SECRET: "the same for all" };
  const running: RunningBinnacle[] = [];
  for (let number = 1; number <= PROCESSES; number += 1) {
    const folder = join(context.folder, `process-${number}`);
    mkdirSync(folder);
    running.push(await createInstallation({ ...context, folder }, { env, config }).start());
  }
  // The first alone has the admin key, and all take it.
  const key = running[0]?.key ?? "";
  return running.map((server) => ({ ...server, key, client: createClient({ url: server.url, key }) }));
}

function makeCallers([first]: readonly RunningBinnacle[]): Promise<Caller[]> {
  return Promise.all(
    teams.map(async (team) => {
      const created = await first?.client.keys.create({ name: team.name, team: team.name });
      return { team, key: created?.secret ?? "" };
    }),
  );
}

/** Under which name each process stands in the books: a team of its own asks each of them once. */
async function holdersOf(servers: readonly RunningBinnacle[], postgres: OwnPostgres): Promise<string[]> {
  const holders: string[] = [];
  const [model] = teams;
  for (const [process, { url }] of servers.entries()) {
    const user = `mark-${process}`;
    const created = await servers[0]?.client.keys.create({ name: user, user });
    if (!created || !model) throw new Error("no process made a key");
    await sendOne({ team: model, key: created.secret }, { process, url });
    const { rows } = await postgres
      .storage()
      .pool.query<{ holder: string }>("select holder from leases_leases where id = $1", [`usd/ever/user/${user}`]);
    holders.push(rows[0]?.holder ?? "");
  }
  return holders;
}

function withProcess(leases: readonly Lease[], holders: readonly string[]): Seen["leasesBefore"] {
  return leases.map((lease) => ({ ...lease, process: holders.indexOf(lease.holder) }));
}

async function takeAway(postgres: OwnPostgres, downS: number, { say }: DrillContext): Promise<Seen["outage"]> {
  const fromMs = performance.now();
  await postgres.stop();
  say(`PostgreSQL is stopped, for ${downS} s`);
  await Bun.sleep(downS * 1000);
  const toMs = performance.now();
  await postgres.start();
  say("PostgreSQL is back");
  return { fromMs, toMs };
}

function figuresOf({ team: { name }, during: { sent, answered, slowestRefusalMs } }: TeamVerdict): Figures {
  return {
    [`${name}_sent`]: sent,
    [`${name}_answered`]: answered,
    [`${name}_slowest_refusal_ms`]: Math.round(slowestRefusalMs),
  };
}

function resultOf(verdicts: readonly TeamVerdict[]): DrillResult {
  return {
    checks: checksOf(verdicts),
    figures: Object.assign({}, ...verdicts.map(figuresOf)) as Figures,
    table: [
      ["team", "meanwhile", "answered", "refused", "slowest refusal", "at once", "charged", "cap"],
      ...verdicts.map(rowOf),
    ],
  };
}

function rowOf({ team, during, mostAtOnce: most, charged }: TeamVerdict): string[] {
  return [
    team.name,
    `${during.sent}`,
    `${during.answered}`,
    `${during.refused}`,
    `${Math.round(during.slowestRefusalMs)} ms`,
    team.places === undefined ? `${most}` : `${most} of ${team.places}`,
    `$${(charged / 1_000_000).toFixed(6)}`,
    team.cap === undefined ? "–" : `$${(team.cap / 1_000_000).toFixed(0)}`,
  ];
}

function checksOf(verdicts: readonly TeamVerdict[]): Check[] {
  const of = (name: string) => verdicts.find(({ team }) => team.name === name);
  const check = (that: string, bad: readonly string[]): Check => ({
    that,
    holds: bad.length === 0,
    found: bad.length === 0 ? "none" : bad.join(", "),
  });
  const named = (pick: (verdict: TeamVerdict) => string | undefined): string[] =>
    verdicts.flatMap((verdict) => {
      const found = pick(verdict);
      return found === undefined ? [] : [`${verdict.team.name}: ${found}`];
    });
  const steady = of("steady")?.during;
  return [
    check(
      "no budget is passed",
      named(({ team, spent }) => (team.cap !== undefined && spent > team.cap ? `${spent}` : undefined)),
    ),
    check(
      "what the record says was charged is what the books say, to the micro-dollar",
      named(({ team, spent, charged }) =>
        team.cap !== undefined && spent !== charged ? `books ${spent}, record ${charged}` : undefined,
      ),
    ),
    check(
      "no more calls at once than there are places",
      named(({ team, mostAtOnce: most }) => (team.places !== undefined && most > team.places ? `${most}` : undefined)),
    ),
    check(
      "every answer is on record",
      named(({ notOnRecord }) => (notOnRecord > 0 ? `${notOnRecord} not` : undefined)),
    ),
    {
      that: "all calls of a team whose leases pay for them were answered meanwhile",
      holds: steady !== undefined && steady.sent > 0 && steady.refused === 0,
      found: `${steady?.answered} of ${steady?.sent}`,
    },
    check(
      "nobody was refused while the lease at hand would have paid",
      named(({ unfair }) => (unfair > 0 ? `${unfair}` : undefined)),
    ),
    check(
      "every refusal was a clear one: 402, 429 or 503",
      named(({ odd }) => (odd.length > 0 ? `${odd.length}, such as ${odd[0]}` : undefined)),
    ),
    check(
      `and none took longer than ${REFUSAL_MAX_MS} ms meanwhile`,
      named(({ during: { slowestRefusalMs: ms } }) => (ms > REFUSAL_MAX_MS ? `${Math.round(ms)} ms` : undefined)),
    ),
    check(
      "who may call was answered again afterwards",
      named(({ team, answeredAfter }) => (answeredAfter === 0 && team.name !== "poor" ? "not" : undefined)),
    ),
  ];
}
