import { expect, test } from "bun:test";
import { grainMs } from "./cubes.ts";
import { type FixtureRecord, putRecords, startSums } from "./sums.fixture.ts";

const NOW = Date.UTC(2026, 10, 21, 15, 30, 20);
const { minute: MINUTE, hour: HOUR, day: DAY } = grainMs;
const range = { since_ms: NOW - 2 * DAY, until_ms: NOW };

const RECORDS: FixtureRecord[] = [
  { at_ms: NOW - HOUR, team: "red", user_name: "ann", tags: ["a", "b"], duration_ms: 100, first_token_ms: 10 },
  { at_ms: NOW - 2 * HOUR, team: "red", user_name: null, tags: ["b"], duration_ms: 200, first_token_ms: 20 },
  { at_ms: NOW - 26 * HOUR, team: "blue", user_name: "ann", outcome: "failed", duration_ms: 400 },
  { at_ms: NOW - 26 * HOUR, team: null, user_name: "", tags: [], outcome: "truncated", duration_ms: null },
];

/** Before anything is summed, and after. */
async function inBoth(check: (started: Awaited<ReturnType<typeof startSums>>) => Promise<void>): Promise<void> {
  const started = await startSums(NOW);
  await putRecords(started, RECORDS);
  await check(started);
  await started.roller.catchUp();
  await check(started);
  await started.close();
}

test("narrows by values, by none, and by several dimensions", async () => {
  await inBoth(async ({ sums }) => {
    const records = async (where: Parameters<typeof sums.sums>[0]["where"]): Promise<number> =>
      (await sums.sums({ ...range, ...(where && { where }) })).rows.reduce((all, row) => all + row.records, 0);
    expect(await records({ team: ["red"] })).toBe(2);
    expect(await records({ team: ["red", null] })).toBe(3);
    expect(await records({ user: [null] })).toBe(2);
    expect(await records({ team: ["red"], user: ["ann"] })).toBe(1);
    expect(await records({ outcome: ["failed", "truncated"] })).toBe(2);
    expect(await records({ own: ["true"] })).toBe(4);
    expect(await records({ own: ["false"] })).toBe(0);
    expect(await records({ tag: ["b"] })).toBe(2);
    expect(await records({ tag: [null] })).toBe(2);
    expect(await records({ team: ["' or true --"] })).toBe(0);
  });
});

test("a record with two tags counts once where either is asked for", async () => {
  await inBoth(async ({ sums }) => {
    const { rows } = await sums.sums({ ...range, where: { tag: ["a", "b"] } });
    expect(rows.map(({ records }) => records)).toEqual([2]);
    const byTag = await sums.sums({ ...range, where: { tag: ["a", "b"] }, by: ["tag"], order: "records" });
    expect(byTag.rows.map(({ key, records }) => [key["tag"], records])).toEqual([
      ["b", 2],
      ["a", 1],
    ]);
  });
});

test("counts records at or below a threshold, and those that have no time apart", async () => {
  await inBoth(async ({ sums }) => {
    const [all] = await sums.within({ ...range, duration_ms: 200, first_token_ms: 15 });
    expect(all).toEqual({
      at_ms: null,
      records: 4,
      failed: 2,
      refused: 0,
      duration: { count: 3, within: 2 },
      first_token: { count: 2, within: 1 },
    });
    const days = await sums.within({ ...range, bucket: "day", where: { team: ["red", "blue"] }, duration_ms: 404 });
    expect(days.map(({ at_ms, duration }) => [at_ms, duration])).toEqual([
      [Date.UTC(2026, 10, 20), { count: 1, within: 1 }],
      [Date.UTC(2026, 10, 21), { count: 2, within: 2 }],
    ]);
    expect(await sums.within({ since_ms: NOW - 5 * MINUTE, until_ms: NOW })).toEqual([]);
  });
});
