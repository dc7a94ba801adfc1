// What other rooms say, as rules and objectives hear it.
import { describe, expect, test } from "bun:test";
import type { Drift } from "../../drift/index.ts";
import type { BudgetView } from "../../governance/contract.ts";
import type { SumQuery, SumRow, Sums } from "../../ledger/index.ts";
import { readBudgetStates } from "./budget-states.ts";
import { readDriftFindings } from "./drift-findings.ts";
import { createLedgerFigures } from "./ledger-figures.ts";

const DAY_MS = 86_400_000;
const MARCH_MS = Date.UTC(2027, 2);

describe("budgets", () => {
  const budget = (id: string, more: Partial<BudgetView> = {}): BudgetView => ({
    id,
    whose: "team core",
    unit: "usd_micros",
    every: "month",
    cap: 10,
    spent: 4,
    held: 1,
    left: 5,
    renews_at_ms: MARCH_MS,
    ...more,
  });

  test("of money that renew are read page by page, with when their window began", async () => {
    const pages = [
      [budget("a"), budget("b", { unit: "requests" }), budget("c", { every: "ever", renews_at_ms: null })],
      [budget("d", { every: "week" }), budget("e", { every: "day" })],
    ];
    const budgets = ({ cursor }: { cursor?: string | undefined }) =>
      Promise.resolve({
        budgets: pages[cursor === undefined ? 0 : 1] ?? [],
        next_cursor: cursor === undefined ? "1" : null,
      });
    const states = await readBudgetStates({ budgets });
    expect(states.map(({ id, starts_at_ms }) => [id, starts_at_ms])).toEqual([
      ["a", Date.UTC(2027, 1)],
      ["d", MARCH_MS - 7 * DAY_MS],
      ["e", MARCH_MS - DAY_MS],
    ]);
  });
});

describe("drift", () => {
  const evidence = { measures: [], before: null, now: null, names: [], change: null, erosion: null };
  const measure = { window_hours: 24, p: 0.001, drift: true };
  const read = (finding: object) =>
    readDriftFindings({
      // Only what is read of a finding.
      findings: (() =>
        Promise.resolve([{ since_ms: 5, figure: "length", ...finding }])) as unknown as Drift["findings"],
    });

  test("is told with the measure that is clearest", async () => {
    const measures = [
      { ...measure, detector: "psi", effect: 0.3, threshold: 0.2 },
      { ...measure, detector: "ks", effect: 0.4, threshold: 0.1 },
      { ...measure, detector: "js", effect: 9, threshold: 0.1, drift: false },
    ];
    const profile = { model: "m", route: "fast", prompt: null };
    expect(await read({ kind: "distribution", profile, evidence: { ...evidence, measures } })).toMatchObject([
      { labels: { finding: "distribution", model: "m", route: "fast", prompt: "" }, value: 0.4, threshold: 0.1 },
    ]);
  });

  test("of versions and of many profiles has no one bound", async () => {
    expect(await read({ kind: "version", profile: null, evidence: { ...evidence, names: ["v2"] } })).toMatchObject([
      { labels: { finding: "version", figure: "length" }, value: 1, threshold: null, facts: { names: "v2" } },
    ]);
    const erosion = { direction: "less", change: -0.1, profiles: 7 };
    expect(await read({ kind: "erosion", profile: null, evidence: { ...evidence, erosion } })).toMatchObject([
      { labels: { direction: "less" }, value: -0.1, facts: { profiles: 7 } },
    ]);
  });
});

describe("the ledger's sums", () => {
  const asked: SumQuery[] = [];
  const row = (more: Partial<SumRow>): SumRow => ({
    key: {},
    is_rest: false,
    at_ms: null,
    records: 10,
    failed: 0,
    refused: 0,
    unpriced: 0,
    cost_usd_micros: 0,
    saved_usd_micros: 0,
    wasted_usd_micros: 0,
    duration: null,
    first_token: null,
    tokens: { input: 0, output: 0, cache_read: 0, cache_write: 0, reasoning: 0 },
    ...more,
  });
  const figuresOf = (rows: SumRow[]) => {
    const sums: Pick<Sums, "sums" | "within"> = {
      sums: (query) => (asked.push(query), Promise.resolve({ since_ms: 0, until_ms: 0, rows })),
      within: ({ where }) =>
        Promise.resolve([
          {
            at_ms: null,
            records: 9,
            failed: 0,
            refused: 0,
            first_token: null,
            duration: { count: 8, within: where?.route?.[0] === null ? 1 : 7 },
          },
        ]),
    };
    return createLedgerFigures(sums, { rowsMax: 1000 });
  };
  const query = { since_ms: 0, until_ms: 3_600_000, by: ["route"] as const, where: { model: "m" }, limit: 50 };

  test("are asked without times where nobody wants them, and what is left over is no series", async () => {
    const figures = figuresOf([row({ key: { route: "fast" } }), row({ is_rest: true })]);
    const rows = await figures.sums({ ...query, bucket: "none", about: "cost" });
    expect(rows.map(({ key }) => key)).toEqual([{ route: "fast" }]);
    expect(asked.at(-1)).toMatchObject({ where: { model: ["m"] }, order: "cost", spreads: false, limit: 50 });
    await figures.sums({ ...query, until_ms: 100 * 3_600_000, bucket: "hour", about: "times" });
    expect(asked.at(-1)).toMatchObject({ order: "records", spreads: true, limit: 9 });
  });

  test("count what is within a time for each series, one without a name too", async () => {
    const figures = figuresOf([row({ key: { route: "fast" } }), row({ key: { route: null } })]);
    expect(await figures.within({ ...query, figure: "duration", bound: 5 })).toEqual([
      { key: { route: "fast" }, count: 8, within: 7 },
      { key: { route: null }, count: 8, within: 1 },
    ]);
    expect(await figures.within({ ...query, figure: "first_token", bound: 5 })).toMatchObject([
      { count: 0 },
      { count: 0 },
    ]);
  });

  test("say of the cost in how many minutes a call cost no more on average", async () => {
    const figures = figuresOf([
      row({ key: { route: "a" }, at_ms: 0, records: 10, unpriced: 2, refused: 4, cost_usd_micros: 400 }),
      row({ key: { route: "a" }, at_ms: 60_000, records: 10, cost_usd_micros: 1010 }),
      row({ key: { route: "b" }, at_ms: 0, records: 3, unpriced: 3 }),
    ]);
    const found = await figures.within({ ...query, figure: "cost", bound: 100 });
    expect(found).toEqual([{ key: { route: "a" }, count: 14, within: 4 }]);
    expect(asked.at(-1)).toMatchObject({ bucket: "minute", limit: 16 });
    await figures.within({ ...query, until_ms: 7 * 3_600_000, figure: "cost", bound: 100 });
    expect(asked.at(-1)?.bucket).toBe("hour");
  });
});
