// Sums that are kept: five sets of dimensions, each by minute, hour and day; and which hours and days are behind. What they
// mean stands in sums/cubes.ts. A histogram is an array of bucket and count in one number: bucket * 2^32 + count.
import { sql, type Migration } from "kysely";

const CUBES = {
  single: ["dimension text not null", "value text"],
  traffic: [
    "kind text",
    "is_own boolean",
    "route text",
    "model text",
    "vendor text",
    "team text",
    "project text",
    "service text",
    "environment text",
    "outcome text",
  ],
  people: ["key_id text", "user_name text", "team text", "project text", "model text", "route text"],
  patterns: ["pattern uuid", "prompt text", "model text", "route text", "team text", "project text"],
  tags: ["tag text", "team text", "project text", "model text", "route text"],
};
const FIGURES = [
  "records",
  "failed",
  "refused",
  "input_tokens",
  "output_tokens",
  "cache_read_tokens",
  "cache_write_tokens",
  "reasoning_tokens",
  "cost_usd_micros",
  "saved_usd_micros",
  "wasted_usd_micros",
  "unpriced",
];

function createCube(name: string, dimensions: readonly string[], grain: string): string[] {
  const table = `ledger_sums_${name}_${grain}`;
  const columns = [
    "at timestamptz not null",
    "series bigint not null",
    ...dimensions,
    ...FIGURES.map((figure) => `${figure} bigint not null`),
    "durations bigint[]",
    "first_tokens bigint[]",
  ];
  const isPartitioned = grain !== "day";
  return [
    `create table ${table} (${columns.join(", ")})${isPartitioned ? " partition by range (at)" : ""}`,
    `create index ${table}_by_time on ${table} (${name === "single" ? "dimension, at" : "at"})`,
    ...(isPartitioned ? [`create table ${table}_default partition of ${table} default`] : []),
  ];
}

const statements = [
  ...Object.entries(CUBES).flatMap(([name, dimensions]) =>
    (name === "single" ? ["hour", "day"] : ["minute", "hour", "day"]).flatMap((grain) =>
      createCube(name, dimensions, grain),
    ),
  ),
  // Hours and days whose parts were summed anew. Minutes are in ledger_dirty_minutes, marked by the projector.
  `create table ledger_sums_behind (grain text not null, at timestamptz not null, primary key (grain, at))`,
  // Sums before this moment stay as they are: the records that they were made of may be gone.
  `create table ledger_sums_frozen (only_one boolean primary key default true check (only_one), before timestamptz not null)`,
];

export const keepSums: Migration = {
  async up(db) {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
