// `scale`: a store filled with records by the million, and how long people wait for what they ask of it; at a tenth of the
// records and at all of them, so that growth is seen.
import { join, resolve } from "node:path";
import { mkdirSync } from "node:fs";
import { z } from "zod";
import { createWorld } from "../../src/kernel/index.ts";
import { createLedger, type Ledger, ledgerConfigSchema, ledgerMigrations } from "../../src/ledger/index.ts";
import type { Storage } from "../../src/storage/index.ts";
import { type Check, defineDrill, type DrillContext } from "../drill.ts";
import { createOwnPostgres } from "../installation/own-postgres.ts";
import { extentOf, fill, fillTrace, GROUP, prepare, sumUp, traceIdOf, untilSummed } from "./fill.ts";
import { drawGrowth, type Growth } from "./draw-growth.ts";
import { askAll, type Asked, questionsOf } from "./questions.ts";

const TIMES = 15;
const MIDDLE_TRACE = 5000;
const MIDDLE = "middle";
const LARGE_TRACE = 100_000;
const LARGE = "large";
const COUNTED_TABLES = ["records", "bodies", "texts"] as const;

export const scaleDrill = defineDrill({
  name: "scale",
  takes: "8 min",
  summary: "a store with millions of records: lists, trees and searches stay within their bounds, and how they grow",
  options: z.object({
    records: z.coerce.number().int().min(12_000).default(1_000_000).describe("at the end; a tenth of them at first"),
    store: z.string().default("").describe("folder of a scale drill that ran with --keep: asked again, not filled"),
    picture: z.string().default("").describe("write an SVG there: how what is asked grows with the records"),
    growth: z.string().default("").describe("write what was measured there, as JSON"),
    before: z.string().default("").describe("what an earlier run wrote there goes into the picture too"),
  }),
  async run(context, { records, store, picture, before, growth: growthFile }) {
    const folder = store === "" ? context.folder : resolve(store);
    const opened = await openStore(context, folder);
    const rounds = store === "" ? await fillAndAsk(context, opened, records) : [await askAgain(context, opened)];
    const last = rounds.at(-1);
    const growth = [...(await readGrowth(before)), ...rounds.map(growthOf)];
    if (picture !== "") await Bun.write(picture, drawGrowth(growth));
    if (growthFile !== "") await Bun.write(growthFile, JSON.stringify(growth));
    return {
      checks: (last?.asked ?? []).flatMap(checkOf),
      figures: { records: last?.count ?? 0, ...last?.bytes, ...(picture !== "" && { picture }) },
      table: tableOf(rounds),
    };
  },
});

async function readGrowth(path: string): Promise<Growth[]> {
  return path === "" ? [] : ((await Bun.file(path).json()) as Growth[]);
}

const growthOf = ({ count, asked }: Round): Growth => ({
  count,
  medians: Object.fromEntries(asked.map(({ name, medianMs }) => [name, medianMs])),
  bounds: Object.fromEntries(asked.flatMap(({ name, boundMs }) => (boundMs === undefined ? [] : [[name, boundMs]]))),
});

interface Round {
  count: number;
  asked: Asked[];
  bytes: Record<string, number>;
}

interface Store {
  storage: Storage;
  ledger: Ledger;
}

async function fillAndAsk({ seed, signal, say }: DrillContext, opened: Store, records: number): Promise<Round[]> {
  const { storage } = opened;
  const total = Math.ceil(records / GROUP) * GROUP;
  const first = Math.ceil(total / 10 / GROUP) * GROUP;
  const endMs = Date.now();
  await prepare(storage, { endMs, seed });
  await fillTrace(storage, { spans: MIDDLE_TRACE, endMs, name: MIDDLE });
  await fillTrace(storage, { spans: LARGE_TRACE, endMs, name: LARGE });
  const rounds: Round[] = [];
  for (const [from, until] of [
    [0, first],
    [first, total],
  ] as const) {
    const startedMs = performance.now();
    const after = () => `after ${Math.round((performance.now() - startedMs) / 1000)} s`;
    await fill(storage, { from, until, total, endMs, signal });
    say(`${until.toLocaleString("en")} records, ${after()}`);
    await sumUp(storage, signal);
    say(`and their sums, ${after()}`);
    rounds.push(await askRound(opened, { count: until, endMs, signal }));
  }
  return rounds;
}

async function askAgain({ signal }: DrillContext, opened: Store): Promise<Round> {
  const { count, endMs } = await extentOf(opened.storage);
  await untilSummed(opened.storage, signal);
  return askRound(opened, { count, endMs, signal });
}

async function askRound(
  { ledger, storage }: Store,
  { count, endMs, signal }: { count: number; endMs: number; signal: AbortSignal },
): Promise<Round> {
  const questions = questionsOf(ledger, { endMs, traces: { middle: traceIdOf(MIDDLE), large: traceIdOf(LARGE) } });
  return { count, asked: await askAll(questions, TIMES, signal), bytes: await bytesPerRecord(storage) };
}

async function openStore({ signal, defer }: DrillContext, folder: string): Promise<Store> {
  const postgres = createOwnPostgres({ folder, signal, defer });
  await postgres.start();
  const storage = postgres.storage();
  await storage.migrate([ledgerMigrations]);
  const home = join(folder, "home");
  mkdirSync(home, { recursive: true });
  const ledger = createLedger(ledgerConfigSchema.parse({}), { storage, world: createWorld(), folder: home });
  await ledger.start();
  defer(() => ledger.close());
  return { storage, ledger };
}

async function bytesPerRecord({ pool }: Storage): Promise<Record<string, number>> {
  const bytes: Record<string, number> = {};
  const { rows: counted } = await pool.query<{ count: number }>(
    "select sum(reltuples)::bigint as count from pg_class where relname ~ '^ledger_records_[0-9]{8}$'",
  );
  for (const table of COUNTED_TABLES) {
    const { rows } = await pool.query<{ table_bytes: number; index_bytes: number }>(
      `select sum(pg_table_size(oid))::bigint as table_bytes, sum(pg_indexes_size(oid))::bigint as index_bytes
      from pg_class where relname ~ $1`,
      [`^ledger_${table}_[0-9]{8}$`],
    );
    bytes[`${table}_bytes_a_record`] = Math.round((rows[0]?.table_bytes ?? 0) / Math.max(1, counted[0]?.count ?? 1));
    bytes[`${table}_index_bytes_a_record`] = Math.round(
      (rows[0]?.index_bytes ?? 0) / Math.max(1, counted[0]?.count ?? 1),
    );
  }
  return bytes;
}

function checkOf({ name, boundMs, medianMs, worstMs, found }: Asked): Check[] {
  if (boundMs === undefined) return [];
  return [
    {
      that: `${name}: within ${boundMs} ms`,
      holds: found >= 0 && medianMs <= boundMs,
      found: found < 0 ? "it failed" : `${medianMs.toFixed(1)} ms, ${worstMs.toFixed(1)} at worst; found ${found}`,
    },
  ];
}

function tableOf(rounds: readonly { count: number; asked: Asked[] }[]): string[][] {
  const [first] = rounds;
  const heading = [
    "",
    ...rounds.flatMap(({ count }) => [`${count.toLocaleString("en")}: median ms`, "worst"]),
    "growth",
  ];
  const lines = (first?.asked ?? []).map(({ name }, index) => {
    const each = rounds.map(({ asked }) => asked[index]);
    const growth = (each.at(-1)?.medianMs ?? 0) / (each[0]?.medianMs ?? 1);
    return [
      name,
      ...each.flatMap((one) => [(one?.medianMs ?? 0).toFixed(1), (one?.worstMs ?? 0).toFixed(1)]),
      `${growth.toFixed(1)}×`,
    ];
  });
  return [heading, ...lines];
}
