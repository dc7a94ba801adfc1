// `boundary`: what carries records into PostgreSQL is held up under traffic, in two ways, and the Observability Boundary
// must say so within seconds, say it of the right signals, and take it back.
import { z } from "zod";
import { type Check, defineDrill, type DrillContext, type DrillResult, type Figures } from "../drill.ts";
import { createInstallation, type RunningBinnacle } from "../installation/binnacle.ts";
import { createOwnPostgres, type OwnPostgres } from "../installation/own-postgres.ts";
import { countCalls, untilProjected } from "../installation/stored-calls.ts";
import { createAccount } from "../load/account.ts";
import { underLoad } from "../load/under-load.ts";
import { openBudget, PRICED } from "./spend.ts";
import { lockRecords } from "./lock-records.ts";
import { type Seen, watchBoundary } from "./watch-boundary.ts";

const BEFORE_MS = 5000;
const CROSSED_WITHIN_MS = 5000;
const RECOVERS_WITHIN_MS = 20_000;
/** Calls under the budget. */
const SPENT = 2;

interface Trouble {
  name: string;
  /** Signals that must cross, and those that must not. */
  crosses: readonly string[];
  spares: readonly string[];
  begin(): Promise<void>;
  end(): Promise<void>;
}

export const boundaryDrill = defineDrill({
  name: "boundary",
  takes: "2 min",
  summary: "records held up under traffic: the boundary says so within 5 s, of the right signals, and recovers",
  options: z.object({
    pause: z.coerce.number().min(5).max(600).default(30).describe("seconds that each trouble lasts"),
    rate: z.coerce.number().min(1).max(1000).default(40).describe("calls a second"),
  }),
  async run(context, { pause, rate }) {
    const server = createOwnPostgres(context);
    await server.start();
    const env = { DATABASE_URL: await server.url() };
    const running = await createInstallation(context, { env, config: PRICED }).start();
    const spend = await openBudget(running);
    const account = createAccount();
    const results: DrillResult[] = [];
    await underLoad(running, { callsPerSecond: rate, seed: context.seed, name: "boundary", account }, async () => {
      await Bun.sleep(BEFORE_MS);
      for (const trouble of troublesOf(server, spend))
        results.push(await suffer(trouble, { running, context, pauseMs: pause * 1000 }));
    });
    await untilProjected(running, context);
    const { rows } = await countCalls(server.storage());
    await running.stop();
    await server.stop();
    return {
      checks: [...results.flatMap(({ checks }) => checks), ...checksOfCalls(account, rows)],
      figures: Object.assign({ calls: rows }, ...results.map(({ figures }) => figures)),
    };
  },
});

const IN_MEMORY = ["cost", "latency"];

function troublesOf(server: OwnPostgres, spend: () => Promise<void>): Trouble[] {
  let unlock: (() => Promise<void>) | undefined;
  return [
    {
      name: "projector",
      crosses: ["records"],
      spares: [...IN_MEMORY, "budget", "authority", "route_decision"],
      async begin() {
        unlock = await lockRecords(server.storage());
      },
      end: async () => unlock?.(),
    },
    {
      name: "database",
      crosses: ["records", "budget", "authority", "route_decision"],
      spares: IN_MEMORY,
      async begin() {
        // Leases some, to have something to spend from when nobody can be told.
        await spend();
        await server.stop();
        await spend();
      },
      end: server.start,
    },
  ];
}

interface Suffering {
  running: RunningBinnacle;
  context: DrillContext;
  pauseMs: number;
}

async function suffer(trouble: Trouble, { running, context, pauseMs }: Suffering): Promise<DrillResult> {
  const { name } = trouble;
  const watch = watchBoundary(running.client);
  const beganMs = performance.now();
  await trouble.begin();
  const leftMs = pauseMs - (performance.now() - beganMs);
  context.say(`${name}: held up, for ${pauseMs / 1000} s`);
  await Bun.sleep(Math.max(0, leftMs));
  await trouble.end();
  const endedMs = performance.now();
  await watch.untilNothingIsCrossed(RECOVERS_WITHIN_MS);
  const seen = await watch.stop();
  context.say(`${name}: over; ${[...seen.keys()].join(", ") || "nothing"} was crossed`);
  return judge(trouble, { seen, beganMs, endedMs });
}

function judge(
  { name, crosses, spares }: Trouble,
  { seen, beganMs, endedMs }: { seen: Seen; beganMs: number; endedMs: number },
): DrillResult {
  const figures: Figures = {};
  const after = (signal: string): number => Math.round((seen.get(signal)?.crossedMs ?? Infinity) - beganMs);
  const back = (signal: string): number => Math.round((seen.get(signal)?.withinMs ?? Infinity) - endedMs);
  for (const signal of crosses) {
    figures[`${name}_${signal}_crossed_after_ms`] = after(signal);
    figures[`${name}_${signal}_within_after_ms`] = back(signal);
    figures[`${name}_${signal}_lag_max_ms`] = Math.round(seen.get(signal)?.lagMaxMs ?? 0);
  }
  const [first = ""] = crosses;
  const recorded: Check = {
    that: `${name}: ${first} is shown crossed within ${CROSSED_WITHIN_MS / 1000} s`,
    holds: after(first) <= CROSSED_WITHIN_MS,
    found: `after ${after(first)} ms`,
  };
  const others: Check = {
    that: `${name}: every signal that it holds up is shown crossed, and no other is`,
    holds: crosses.every((each) => seen.has(each)) && spares.every((each) => !seen.has(each)),
    found: [...seen.keys()].join(", ") || "none",
  };
  const recovers: Check = {
    that: `${name}: it recovers within ${RECOVERS_WITHIN_MS / 1000} s`,
    holds: [...seen.keys()].every((each) => back(each) <= RECOVERS_WITHIN_MS),
    found: [...seen.keys()].map((each) => `${each} after ${back(each)} ms`).join(", "),
  };
  return { checks: [recorded, others, recovers], figures };
}

function checksOfCalls(account: ReturnType<typeof createAccount>, rows: number): Check[] {
  const calls = account.answered.size + account.cut.size + account.refused();
  const failed = account.cut.size + account.refused();
  return [
    { that: "no call failed meanwhile", holds: failed === 0, found: `${failed} of ${calls}` },
    {
      that: "every call is in PostgreSQL in the end",
      holds: rows === calls + SPENT,
      found: `${rows} of ${calls + SPENT}`,
    },
  ];
}
