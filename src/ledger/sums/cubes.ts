// Which sums are kept. A cube is a set of dimensions that are summed together; a question is answered from the smallest that has
// all its dimensions, and from the records themselves where none has. `single` is what most ask: one dimension, or none.
// What many records share is in `traffic`; what splits them finely (who, and which words) is apart, so that it does
// not multiply.
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

const together = {
  traffic: ["kind", "own", "route", "model", "vendor", "team", "project", "service", "environment", "outcome"],
  people: ["key", "user", "team", "project", "model", "route"],
  patterns: ["pattern", "prompt", "model", "route", "team", "project"],
  tags: ["tag", "team", "project", "model", "route"],
} as const satisfies Record<string, readonly SumDimension[]>;

export const cubeNames = ["single", "traffic", "people", "patterns", "tags"] as const;
export type CubeName = (typeof cubeNames)[number];

/** Those that know how long records took. */
const withSpreads: readonly CubeName[] = ["single", "traffic"];

export function hasSpreads(cube: CubeName): boolean {
  return withSpreads.includes(cube);
}

/** In `single` the name of the dimension, or this where all are one. */
export const ALL = "all";

export function dimensionsOf(cube: Exclude<CubeName, "single">): readonly SumDimension[] {
  return together[cube];
}

/** What tells the rows of a cube apart, beside their time. */
export function columnsOf(cube: CubeName): readonly string[] {
  return cube === "single" ? ["dimension", "value"] : dimensionsOf(cube).map((dimension) => columnOf[dimension]);
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

/** Undefined where the records must be read. Of one with several tags there is a row for each, so tags are asked for by tag. */
export function cubeFor(asked: readonly SumDimension[], { spreads }: { spreads: boolean }): CubeName | undefined {
  if (new Set(asked).size <= 1) return "single";
  return cubeNames
    .filter((name) => name !== "single" && (name !== "tags" || asked.includes("tag")))
    .filter((name) => !spreads || hasSpreads(name))
    .find((name) => asked.every((dimension) => columnsOf(name).includes(columnOf[dimension])));
}
