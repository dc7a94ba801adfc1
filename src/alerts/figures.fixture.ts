// Figures made up for tests: from a list of records, by the same questions that the ledger answers.
import type { Dimension } from "./dimensions.ts";
import type { AlertSources, FiguresQuery, Percentiles } from "./figures.ts";

export interface FakeRecord {
  at_ms: number;
  key: Partial<Record<Dimension, string>>;
  cost_usd_micros?: number;
  duration_ms?: number;
  first_token_ms?: number;
}

const HOUR_MS = 3_600_000;

export interface FakeSources extends AlertSources {
  records: FakeRecord[];
  /** How many questions were asked. */
  asked(): number;
  /** So many records alike, evenly spread over a stretch. */
  add(count: number, record: Omit<FakeRecord, "at_ms"> & { since_ms: number; until_ms: number }): void;
}

export function fakeSources(overrides: Partial<AlertSources> = {}): FakeSources {
  const records: FakeRecord[] = [];
  let asked = 0;
  const found = (query: FiguresQuery): FakeRecord[] => {
    asked += 1;
    return records.filter((record) => isAsked(record, query));
  };
  return {
    records,
    asked: () => asked,
    add(count, { since_ms, until_ms, ...record }) {
      const step = (until_ms - since_ms) / count;
      for (let index = 0; index < count; index += 1) records.push({ ...record, at_ms: since_ms + index * step });
    },
    figures: {
      sums: (query) => {
        const bucketOf = ({ at_ms }: FakeRecord) =>
          query.bucket === "none" ? null : Math.floor(at_ms / HOUR_MS) * HOUR_MS;
        const rows = groupsOf(found(query), query, bucketOf).map(({ key, at_ms, members }) => ({
          key,
          at_ms,
          records: members.length,
          cost_usd_micros: members.reduce((sum, { cost_usd_micros = 0 }) => sum + cost_usd_micros, 0),
          duration: spreadOf(members.map(({ duration_ms }) => duration_ms)),
          first_token: spreadOf(members.map(({ first_token_ms }) => first_token_ms)),
        }));
        return Promise.resolve(rows.sort((one, other) => other.records - one.records).slice(0, query.limit));
      },
      within: (query) => {
        const figureOf = (record: FakeRecord) =>
          ({
            duration: record.duration_ms,
            first_token: record.first_token_ms,
            cost: record.cost_usd_micros,
          })[query.figure];
        return Promise.resolve(
          groupsOf(found(query), query, () => null).map(({ key, members }) => {
            const figures = members.map(figureOf).filter((figure) => figure !== undefined);
            return { key, count: figures.length, within: figures.filter((figure) => figure <= query.bound).length };
          }),
        );
      },
    },
    findings: () => Promise.resolve([]),
    signals: () => Promise.resolve([]),
    budgets: () => Promise.resolve([]),
    ...overrides,
  };
}

function isAsked({ at_ms, key }: FakeRecord, { since_ms, until_ms, where }: FiguresQuery): boolean {
  const whole: FakeRecord["key"] = { own: "true", kind: "call", outcome: "ok", ...key };
  return (
    at_ms >= since_ms &&
    at_ms < until_ms &&
    Object.entries(where).every(([name, wanted]) => [wanted].flat().includes(whole[name as Dimension] ?? ""))
  );
}

interface FakeGroup {
  key: Record<string, string | null>;
  at_ms: number | null;
  members: FakeRecord[];
}

function groupsOf(
  records: readonly FakeRecord[],
  { by }: FiguresQuery,
  bucketOf: (record: FakeRecord) => number | null,
): FakeGroup[] {
  const groups = new Map<string, FakeGroup>();
  for (const record of records) {
    const whole: FakeRecord["key"] = { outcome: "ok", ...record.key };
    const key = Object.fromEntries(by.map((name) => [name, whole[name] ?? null]));
    const at_ms = bucketOf(record);
    const name = JSON.stringify([key, at_ms]);
    const group = groups.get(name) ?? { key, at_ms, members: [] };
    group.members.push(record);
    groups.set(name, group);
  }
  return [...groups.values()];
}

function spreadOf(figures: readonly (number | undefined)[]): Percentiles {
  const sorted = figures.filter((figure) => figure !== undefined).sort((one, other) => one - other);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? null;
  return { count: sorted.length, p50_ms: at(0.5), p95_ms: at(0.95), p99_ms: at(0.99) };
}
