// `books`: what was spent, told five ways. Calls of every kind (tried again, kept, broken off, left, asked of several, in
// batches, inside other programs' spans), then: the journal as the killed process left it, the records, and the costs by each
// dimension, before and after they are summed. All come to the same, to the micro-dollar.
import { z } from "zod";
import { type Check, defineDrill, type DrillContext, type DrillResult } from "../drill.ts";
import { createInstallation, type RunningBinnacle } from "../installation/binnacle.ts";
import { createOwnPostgres } from "../installation/own-postgres.ts";
import { untilProjected } from "../installation/stored-calls.ts";
import { createDice } from "../run/dice.ts";
import { configFor, planCalls } from "./plan-calls.ts";
import { serveDiscountingVendor } from "./discounting-vendor.ts";
import { readJournal } from "./read-journal.ts";
import { callAlone, sendBatch, sendCalls, sendSpans } from "./send.ts";
import { dimensions, readBooks, type Books } from "./read-books.ts";

const SUMMED_TIMEOUT_MS = 150_000;

export const booksDrill = defineDrill({
  name: "books",
  takes: "3 min",
  summary: "costs by every dimension, the records and the journal come to the same, to the micro-dollar",
  options: z.object({
    calls: z.coerce.number().int().min(20).max(5000).default(400).describe("of every kind"),
    batch: z.coerce.number().int().min(1).max(500).default(20).describe("lines of a batch"),
  }),
  async run(context, { calls, batch }) {
    const { say, seed } = context;
    const postgres = createOwnPostgres(context);
    await postgres.start();
    const installation = createInstallation(context, {
      env: { DATABASE_URL: await postgres.url(), DRILL_VENDOR_KEY: "sk-drill" },
      config: configFor(serveDiscountingVendor(context)),
    });
    const first = await installation.start();
    const keys = await makeKeys(first);
    const dice = createDice(seed, "books");
    await sendCalls([...planCalls(dice, calls), callAlone], { url: first.url, keys });
    await sendBatch({ url: first.url, key: keys[0] ?? "", lines: batch });
    await sendSpans({ url: first.url, key: keys[1] ?? "", dice });
    say(`${calls} calls, a batch of ${batch} and spans around calls are in the journal; now the process is killed`);
    await first.kill();
    const journal = await readJournal(installation.home);
    const running = await installation.start();
    await untilProjected(running, context);
    const fresh = await readBooks(running, postgres.storage());
    say(`${fresh.records.records} records cost ${fresh.records.cost} micro-dollars; the sums are awaited`);
    await untilSummed(running, context);
    const summed = await readBooks(running, postgres.storage());
    await running.stop();
    return judge({ journal, fresh, summed });
  },
});

async function makeKeys({ client }: RunningBinnacle): Promise<string[]> {
  const keys: string[] = [];
  for (const [index, team] of ["red", "green", "blue", undefined].entries()) {
    const { secret } = await client.keys.create({
      name: `key-${index}`,
      user: `user-${index % 3}`,
      scopes: ["call", "read", "admin"],
      ...(team !== undefined && { team, project: `project-${index % 2}` }),
    });
    keys.push(secret);
  }
  return keys;
}

/** Minutes are summed once they are over. */
async function untilSummed({ client }: RunningBinnacle, { signal }: DrillContext): Promise<void> {
  const endMs = performance.now() + SUMMED_TIMEOUT_MS;
  await Bun.sleep(61_000);
  while ((await client.status()).sums.waiting_minutes > 0) {
    signal.throwIfAborted();
    if (performance.now() > endMs) throw new Error("the sums are not made");
    await Bun.sleep(500);
  }
}

interface Found {
  journal: { cost: number; records: number };
  fresh: Books;
  summed: Books;
}

function judge({ journal, fresh, summed }: Found): DrillResult {
  const { cost } = fresh.records;
  const check = (that: string, wrong: readonly string[]): Check => ({
    that,
    holds: wrong.length === 0,
    found: wrong.length === 0 ? "all do" : wrong.join(", "),
  });
  const differing = (books: Books): string[] =>
    dimensions.flatMap((by) => {
      const found = books.byDimension[by];
      return found?.cost === cost && found.total === cost ? [] : [`${by}: ${found?.cost} of ${cost}`];
    });
  return {
    checks: [
      check(
        "the journal that the killed process left comes to what the records do",
        journal.cost === cost ? [] : [`${journal.cost} against ${cost}`],
      ),
      check("all in the journal is on record, and nothing else", same(journal.records, fresh.records.records)),
      check("costs by every dimension come to the records' total, before they are summed", differing(fresh)),
      check("and after", [...differing(summed), ...same(cost, summed.records.cost)]),
      check("by tag, records with several tags apart, likewise", [
        ...same(fresh.records.byTag, fresh.tags),
        ...same(fresh.records.byTag, summed.tags),
      ]),
      check(
        "each line of a batch at a vendor with a discount costs half of what the same call costs alone",
        fresh.discount.lines > 0 ? same(fresh.discount.lineCost * 2, fresh.discount.aloneCost) : ["no such line"],
      ),
      check("saved, wasted and tokens are those of the records", [
        ...same(fresh.records.saved, fresh.total.saved),
        ...same(fresh.records.wasted, summed.total.wasted),
        ...same(fresh.records.tokens, summed.total.tokens),
      ]),
      check(
        "what is to be tried was: calls tried again, kept, broken off, asked of several, in batches, at a batch's discount, in foreign spans",
        Object.entries(fresh.kinds).flatMap(([kind, count]) => (count > 0 ? [] : [`no ${kind}`])),
      ),
    ],
    figures: { records: fresh.records.records, cost_usd_micros: cost, ...fresh.kinds, dimensions: dimensions.length },
  };
}

function same(one: number, other: number): string[] {
  return one === other ? [] : [`${one} against ${other}`];
}
