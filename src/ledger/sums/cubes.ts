// Which sums are kept. A cube is a set of dimensions that are summed together; a question is answered from the smallest that has
// all its dimensions, and from the records themselves where none has. What many records share is in `traffic`; what
// splits them finely (who, and which words) is apart, so that it does not multiply. `single` is what most ask for: one
// dimension or none, by hour and day; it is made of the others. `brief` is what months are asked by two at a time, by day; it is made of
// `traffic` and a quarter of its size.
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
  organisation: "organisation",
};

const cubes = {
  traffic: [
    "kind",
    "own",
    "route",
    "model",
    "vendor",
    "team",
    "project",
    "service",
    "environment",
    "outcome",
    "organisation",
  ],
  people: ["key", "user", "team", "project", "model", "route", "organisation"],
  patterns: ["pattern", "prompt", "model", "route", "team", "project", "organisation"],
  tags: ["tag", "team", "project", "model", "route", "organisation"],
} as const satisfies Record<string, readonly SumDimension[]>;
/** Made from the records. */
export type OwnCube = keyof typeof cubes;
export type CubeName = OwnCube | "brief" | "single";

export const ownCubes = Object.keys(cubes) as OwnCube[];

/** A day of `traffic` by what money and failures are asked by. */
const brief = [
  "team",
  "project",
  "model",
  "route",
  "vendor",
  "outcome",
  "organisation",
] as const satisfies readonly (typeof cubes)["traffic"][number][];

/** In `single` a row has the name of its dimension, or this where all records are one. */
export const ALL = "all";

/** Where `single` has each dimension from, each once. It knows no organisations: what it has of earlier times says nothing of them. */
export const singlesFrom: Record<OwnCube, readonly SumDimension[]> = {
  traffic: cubes.traffic.filter((dimension) => dimension !== "organisation"),
  people: ["key", "user"],
  patterns: ["pattern", "prompt"],
  tags: ["tag"],
};

/** Each after those that it is made of. */
export function cubesIn(grain: Grain): readonly CubeName[] {
  if (grain === "minute") return ownCubes;
  return grain === "hour" ? [...ownCubes, "single"] : [...ownCubes, "brief", "single"];
}

export function dimensionsOf(cube: OwnCube | "brief"): readonly SumDimension[] {
  return cube === "brief" ? brief : cubes[cube];
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

/** How long records took, and how long until their first token; see histogram.ts. */
export const histogramColumns = ["durations", "first_tokens"] as const;

/** The cube for each grain; undefined where none has all that is asked for, so that the records must be read. */
export type CubeByGrain = Record<Grain, CubeName>;

/** Of a record with several tags there is a row for each in `tags`, so that answers only what is asked by tag. */
export function cubesFor(asked: readonly SumDimension[]): CubeByGrain | undefined {
  const own = ownCubes
    .filter((name) => name !== "tags" || asked.includes("tag"))
    .find((name) => asked.every((dimension) => dimensionsOf(name).includes(dimension)));
  if (own === undefined) return undefined;
  if (new Set(asked).size <= 1 && !asked.includes("organisation"))
    return { minute: own, hour: "single", day: "single" };
  const isBrief = own === "traffic" && asked.every((dimension) => dimensionsOf("brief").includes(dimension));
  return { minute: own, hour: own, day: isBrief ? "brief" : own };
}
