import { expect, test } from "bun:test";
import { sumUpBriefly } from "../migrations/0023-sum-up-briefly.ts";
import { grainMs } from "./cubes.ts";
import { putRecords, startSums } from "./sums.fixture.ts";

const NOW = Date.UTC(2026, 10, 21, 15, 30, 20);
const { minute: MINUTE, hour: HOUR, day: DAY } = grainMs;

type Started = Awaited<ReturnType<typeof startSums>>;

async function countOf({ storage }: Pick<Started, "storage">, statement: string): Promise<number> {
  const { rows } = await storage.pool.query<{ count: number }>(`select count(*)::bigint as count ${statement}`);
  return rows[0]?.count ?? -1;
}

const costIn = async ({ sums }: Started, days: number): Promise<number | undefined> =>
  (await sums.sums({ since_ms: NOW - days * DAY, until_ms: NOW + DAY })).rows[0]?.cost_usd_micros;

test("a minute that is marked again while it is summed stays marked", async () => {
  const started = await startSums(NOW);
  const at_ms = NOW - 5 * MINUTE;
  await putRecords(started, [{ at_ms }]);
  const { pool } = started.storage;
  // Holds the turn after it has read the marks, at the first row that it puts in.
  const holder = await pool.connect();
  await holder.query("begin; lock table ledger_sums_people_minute in access exclusive mode");
  const turn = started.roller.catchUp();
  for (let waits = 0; waits === 0;)
    waits = await countOf(
      started,
      "from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()",
    );
  await putRecords(started, [{ at_ms: at_ms + 1 }]);
  await holder.query("commit");
  holder.release();
  await turn;
  expect(await countOf(started, "from ledger_dirty_minutes")).toBe(1);
  expect(await costIn(started, 1)).toBe(60);
  await started.roller.catchUp();
  expect(await countOf(started, "from ledger_dirty_minutes")).toBe(0);
  expect(await costIn(started, 1)).toBe(60);
  await started.close();
});

test("two that sum at once do not count anything twice", async () => {
  const started = await startSums(NOW, { minutes_max: 1 });
  await putRecords(
    started,
    Array.from({ length: 40 }, (_, index) => ({ at_ms: NOW - (index + 2) * MINUTE })),
  );
  await Promise.all([started.roller.catchUp(), started.roller.catchUp(), started.roller.catchUp()]);
  await started.roller.catchUp();
  expect(await costIn(started, 1)).toBe(40 * 30);
  expect(await countOf(started, "from ledger_sums_traffic_minute")).toBe(40);
  await started.close();
});

test("records that went leave their sums as they were", async () => {
  const started = await startSums(NOW);
  await putRecords(started, [{ at_ms: NOW - 20 * DAY }, { at_ms: NOW - HOUR }]);
  await started.roller.freeze(NOW - 10 * DAY);
  await started.storage.pool.query("delete from ledger_records where started_at < $1", [new Date(NOW - 10 * DAY)]);
  // One that comes far too late is on record, and in no sum.
  await putRecords(started, [{ at_ms: NOW - 20 * DAY + 1 }]);
  expect(await costIn(started, 30)).toBe(60);
  await started.roller.catchUp();
  expect(await costIn(started, 30)).toBe(60);
  expect(started.roller.state()).toMatchObject({ waiting_minutes: 0, lag_ms: 0 });
  await started.close();
});

test("days that were summed by an earlier version are summed briefly when it becomes this one", async () => {
  const started = await startSums(NOW);
  const teams = ["red", "blue", null];
  await putRecords(
    started,
    Array.from({ length: 60 }, (_, index) => ({
      at_ms: NOW - DAY - index * HOUR,
      team: teams[index % 3] ?? null,
      service: `service ${index % 4}`,
      duration_ms: 10 + (index % 7) * 100,
      first_token_ms: index % 2 === 0 ? 5 : null,
    })),
  );
  await started.roller.catchUp();
  const { pool } = started.storage;
  const readDays = async (): Promise<unknown[]> =>
    (await pool.query("select * from ledger_sums_brief_day order by at, series")).rows;
  const rolled = await readDays();
  expect(rolled.length).toBeGreaterThan(6);
  await pool.query("drop table ledger_sums_brief_day");
  await sumUpBriefly.up(started.storage.tables<unknown>());
  expect(await readDays()).toEqual(rolled);
  await started.close();
});

test("tables of minutes and hours go when their time is past, and days stay", async () => {
  const started = await startSums(NOW, { minutes_kept: "2d", hours_kept: "3d" });
  await putRecords(started, [{ at_ms: NOW - HOUR }]);
  await started.roller.catchUp();
  expect(await countOf(started, "from ledger_sums_people_minute")).toBe(1);
  started.clock.nowMs += 60 * DAY;
  await started.roller.catchUp();
  expect(await countOf(started, "from pg_class where relname ~ '^ledger_sums_.*_(20261121|202611)$'")).toBe(0);
  const { rows } = await started.sums.sums({ since_ms: NOW - DAY, until_ms: NOW });
  expect(rows[0]).toMatchObject({
    records: 1,
    cost_usd_micros: 30,
    duration: { count: 1, p50_ms: expect.closeTo(100, 0) },
  });
  await started.close();
});

test("what is not kept, or too much, is refused with what would do instead", async () => {
  const started = await startSums(NOW);
  const { sums } = started.sums;
  const recent = { since_ms: NOW - DAY, until_ms: NOW };
  const codeOf = (question: Promise<unknown>): Promise<string> =>
    question.then(
      () => "answered",
      (error: { code: string }) => error.code,
    );
  expect(await codeOf(sums({ since_ms: NOW - 5 * DAY, until_ms: NOW, bucket: "minute" }))).toBe("ledger.sums_too_fine");
  expect(await codeOf(sums({ since_ms: NOW - 200 * DAY, until_ms: NOW, bucket: "hour" }))).toBe("ledger.sums_too_fine");
  const apart = { by: ["user", "vendor"] as const };
  expect(await codeOf(sums({ ...apart, since_ms: NOW - 30 * DAY, until_ms: NOW }))).toBe("ledger.sums_too_wide");
  expect(await codeOf(sums({ ...apart, ...recent }))).toBe("answered");
  expect(await codeOf(sums({ since_ms: NOW, until_ms: NOW }))).toBe("ledger.sums_bad_query");
  expect(await codeOf(sums({ since_ms: Number.NaN, until_ms: NOW }))).toBe("ledger.sums_bad_query");
  expect(await codeOf(sums({ ...recent, limit: 0 }))).toBe("ledger.sums_bad_query");
  expect(await codeOf(sums({ ...recent, by: ["user"], bucket: "minute", limit: 100 }))).toBe("ledger.sums_bad_query");
  expect(await codeOf(sums({ since_ms: 0, until_ms: 1e300, bucket: "day", by: ["model"], limit: 1 }))).toBe(
    "ledger.sums_bad_query",
  );
  expect(await codeOf(sums({ ...recent, by: ["kind", "own", "route", "model"] }))).toBe("ledger.sums_bad_query");
  await started.close();
});

test("what no column could hold does not keep others from being summed", async () => {
  const started = await startSums(NOW);
  const most = 9_007_199_254_740_991;
  await putRecords(
    started,
    Array.from({ length: 3 }, () => ({
      at_ms: NOW - HOUR,
      cost_usd_micros: most,
      input_tokens: -most,
      duration_ms: Number.POSITIVE_INFINITY,
    })).map((record) => ({ ...record, duration_ms: 1e30 })),
  );
  await started.roller.catchUp();
  const [row] = (await started.sums.sums({ since_ms: NOW - DAY, until_ms: NOW })).rows;
  expect(row).toMatchObject({ records: 3, cost_usd_micros: 3e12, tokens: { input: 0 } });
  await started.close();
});
