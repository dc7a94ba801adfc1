import { afterAll, beforeAll, beforeEach, describe, expect, test } from "bun:test";
import { startMigratedDatabase, type TestDatabase } from "../../../test/support/database.ts";
import { createWorld } from "../../kernel/index.ts";
import { callIdAt } from "../call-id.ts";
import { ledgerMigrations } from "../migrations/index.ts";
import { createLedgerStore } from "../store/store.ts";
import { retentionSchema } from "./config.ts";
import { createRetention } from "./retention.ts";
import { dayName } from "../store/tables.ts";

const DAY_MS = 86_400_000;
const nowMs = Date.now();
const TODAY = Math.floor(nowMs / DAY_MS);
const KEPT_BYTES = 8000;

let database: TestDatabase;
beforeAll(async () => {
  database = await startMigratedDatabase("ledger", [ledgerMigrations]);
});
afterAll(() => database.close());

interface Row {
  project?: string;
  kind?: string;
  /** Milliseconds into the day. */
  atMs?: number;
}

/** A record, with a body and a preview of it. */
async function put(daysAgo: number, { project, kind = "call", atMs = 1000 }: Row = {}): Promise<void> {
  const startedAtMs = (TODAY - daysAgo) * DAY_MS + atMs;
  const id = callIdAt(startedAtMs);
  const at = new Date(startedAtMs);
  await database.storage.pool.query(
    `insert into ledger_records (id, started_at, is_own, is_counted, kind, key_id, project, outcome, request_preview, data)
    values ($1, $2, true, true, $3, 'k', $4, 'ok', 'what was asked', '{}')`,
    [id, at, kind, project ?? null],
  );
  await database.storage.pool.query(
    "insert into ledger_bodies (started_at, id, request, request_is_zstd, response_is_zstd) values ($1, $2, $3, false, false)",
    [at, id, Buffer.alloc(KEPT_BYTES, "x")],
  );
}

const days = async (table: string): Promise<number[]> => {
  const { rows } = await database.storage.pool.query<{ ago: number }>(
    `select ($1 - floor(extract(epoch from started_at) / 86400))::int as ago from ${table} order by started_at`,
    [TODAY],
  );
  return rows.map(({ ago }) => ago);
};

const retentionOf = (config: object) =>
  createRetention(retentionSchema.parse(config), {
    storage: database.storage,
    world: { ...createWorld(), nowMs: () => nowMs },
  });

beforeEach(async () => {
  await database.storage.pool.query("truncate ledger_records, ledger_bodies, ledger_sweeps");
  await createLedgerStore(database.storage).preparePartitions(Array.from({ length: 12 }, (_, ago) => TODAY - ago));
});

describe("by age", () => {
  test("bodies go first, and the previews that are made of them; then records", async () => {
    for (const ago of [0, 3, 6, 9]) await put(ago);
    const retention = retentionOf({ records: "8d", bodies: "4d" });
    await retention.sweep();
    expect(await days("ledger_records")).toEqual([6, 3, 0]);
    expect(await days("ledger_bodies")).toEqual([3, 0]);
    expect(await days("(select * from ledger_records where request_preview is not null) as shown")).toEqual([3, 0]);
    const { sweeps } = await retention.view();
    expect(sweeps.filter(({ part }) => part === "records").map(({ day }) => day)).toEqual(
      [9, 10, 11].map((ago) => new Date((TODAY - ago) * DAY_MS).toISOString().slice(0, 10)),
    );
    expect(sweeps.every(({ why }) => why === "age")).toBe(true);
  });

  test("a project or a kind may be kept for another time than the rest", async () => {
    for (const ago of [0, 3, 6, 9])
      for (const project of ["legal", "play", undefined]) await put(ago, { ...(project && { project }) });
    await put(3, { kind: "log" });
    await put(3, { kind: "log", project: "legal" });
    await retentionOf({
      records: "5d",
      projects: { legal: { records: "30d" }, play: { records: "2d", bodies: "1h" } },
      kinds: { log: { records: "1d" } },
    }).sweep();
    const kept = async (what: string) => days(`(select * from ledger_records where ${what}) as kept`);
    expect(await kept("project = 'legal' and kind = 'call'")).toEqual([9, 6, 3, 0]);
    expect(await kept("project = 'play'")).toEqual([0]);
    expect(await kept("project is null and kind = 'call'")).toEqual([3, 0]);
    expect(await kept("kind = 'log'")).toEqual([]);
  });

  test("what a wrong clock dated stays, and a clock that is ahead takes nothing away", async () => {
    await put(20_000);
    await put(0);
    await createRetention(retentionSchema.parse({}), {
      storage: database.storage,
      world: { ...createWorld(), nowMs: () => nowMs + 5000 * DAY_MS },
      freezeSums: () => Promise.resolve(),
    }).sweep();
    expect(await days("ledger_records")).toEqual([20_000, 0]);
    expect(await days("ledger_bodies")).toEqual([20_000, 0]);
  });
});

describe("by disk", () => {
  test("the oldest bodies make room, and it is said; records stay while there are bodies", async () => {
    for (const ago of [0, 3, 6, 9]) await put(ago);
    const lines: unknown[] = [];
    const { total_bytes } = await retentionOf({}).view();
    const retention = createRetention(retentionSchema.parse({ disk_max: total_bytes - 1 }), {
      storage: database.storage,
      world: {
        nowMs: () => nowMs,
        log: { ...createWorld().log, warn: (...line: unknown[]) => void lines.push(line) } as never,
      },
    });
    await retention.sweep();
    expect(await days("ledger_records")).toEqual([9, 6, 3, 0]);
    const { sweeps, days: left } = await retention.view();
    expect(sweeps).toHaveLength(1);
    expect(sweeps[0]).toMatchObject({ part: "bodies", why: "disk" });
    expect(left[0]?.bodies_bytes).toBe(0);
    expect(JSON.stringify(lines)).toContain("disk_max");
  });
});

test("a day that somebody reads is left for the next time", async () => {
  await put(9);
  const reader = await database.storage.pool.connect();
  await reader.query(`begin; lock table ledger_records_${dayName(TODAY - 9)} in access share mode`);
  const retention = retentionOf({ records: "8d", bodies: "8d" });
  await retention.sweep();
  expect(await days("ledger_records")).toEqual([9]);
  await reader.query("rollback");
  reader.release();
  await retention.sweep();
  expect(await days("ledger_records")).toEqual([]);
});
