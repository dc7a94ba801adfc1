// Sums by the plainest means, for tests to hold the real ones against.
import type { SumBucket, SumDimension } from "./contract.ts";
import { columnOf, grainMs } from "./cubes.ts";
import type { FixtureRecord } from "./sums.fixture.ts";

interface Asked {
  since_ms: number;
  until_ms: number;
  by?: readonly SumDimension[];
  bucket?: SumBucket;
}

interface PlainSum {
  at_ms: number | null;
  key: Record<string, string | null>;
  records: number;
  failed: number;
  cost_usd_micros: number;
  input: number;
  durations: number[];
}

/** Not limited; records of the widened time must be given. */
export function plainSums(records: readonly FixtureRecord[], asked: Asked): PlainSum[] {
  const { by = [], bucket = "none" } = asked;
  const sums = new Map<string, PlainSum>();
  for (const record of records) {
    if (record.at_ms < asked.since_ms || record.at_ms >= asked.until_ms) continue;
    const at_ms = bucket === "none" ? null : Math.floor(record.at_ms / grainMs[bucket]) * grainMs[bucket];
    for (const key of keysOf(record, by)) {
      const name = JSON.stringify([at_ms, key]);
      const sum = sums.get(name) ?? { at_ms, key, records: 0, failed: 0, cost_usd_micros: 0, input: 0, durations: [] };
      sums.set(name, sum);
      addTo(sum, record);
    }
  }
  return [...sums.values()];
}

function addTo(sum: PlainSum, record: FixtureRecord): void {
  const isCounted = record.is_counted ?? true;
  sum.records += 1;
  sum.failed += record.outcome === "failed" || record.outcome === "truncated" ? 1 : 0;
  sum.cost_usd_micros += isCounted ? (record.cost_usd_micros ?? 0) : 0;
  sum.input += isCounted ? (record.input_tokens ?? 0) : 0;
  if (typeof record.duration_ms === "number") sum.durations.push(record.duration_ms);
}

function keysOf(record: FixtureRecord, by: readonly SumDimension[]): Record<string, string | null>[] {
  let keys: Record<string, string | null>[] = [{}];
  for (const dimension of by) {
    const values = dimension === "tag" ? tagsOf(record) : [valueOf(record, dimension)];
    keys = keys.flatMap((key) => values.map((value) => ({ ...key, [dimension]: value })));
  }
  return keys;
}

function tagsOf({ tags }: FixtureRecord): (string | null)[] {
  return tags?.length ? [...new Set(tags)] : [null];
}

function valueOf(record: FixtureRecord, dimension: SumDimension): string | null {
  const value = record[columnOf[dimension] as keyof FixtureRecord];
  return value === null || value === undefined || value === "" ? null : String(value);
}
