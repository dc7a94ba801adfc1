// Which sums are kept. A cube is a set of dimensions that are summed together; a question is answered from the smallest cube that
// has all its dimensions, and from the records themselves where none has. What many records share is in `traffic`; what
// splits them finely (who, and which words) is apart, so that it does not multiply.
import type { SumDimension } from "./contract.ts";

export const grains = ["minute", "hour", "day"] as const;
export type Grain = (typeof grains)[number];

export const grainMs: Record<Grain, number> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** A dimension's column, in cubes and in the records; tags are an array there. */
export const columnOf: Record<SumDimension, string> = {
  kind: "kind",
  own: "is_own",
  key: "key_id",
  user: "user_name",
  team: "team",
  project: "project",
  model: "model",
  route: "route",
  vendor: "vendor",
  tag: "tag",
  pattern: "pattern",
  service: "service",
  environment: "environment",
  outcome: "outcome",
  prompt: "prompt",
};

export const cubes = {
  traffic: ["kind", "own", "route", "model", "vendor", "team", "project", "service", "environment", "outcome"],
  people: ["key", "user", "team", "project", "model", "route"],
  patterns: ["pattern", "prompt", "model", "route", "team", "project"],
  tags: ["tag", "team", "project", "model", "route"],
} as const satisfies Record<string, readonly SumDimension[]>;
export type CubeName = keyof typeof cubes;

export const cubeNames = Object.keys(cubes) as CubeName[];

/** Of a record with several tags there is a row for each, so that cube answers only what is asked by tag. */
export function cubeFor(asked: readonly SumDimension[]): CubeName | undefined {
  return cubeNames
    .filter((name) => name !== "tags" || asked.includes("tag"))
    .find((name) => asked.every((dimension) => (cubes[name] as readonly SumDimension[]).includes(dimension)));
}

/** What is added up, by column. */
export const figureColumns = [
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
] as const;
export type FigureColumn = (typeof figureColumns)[number];
