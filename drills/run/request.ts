// What the operator asks for: the command line as a drill with its options, or what is wrong with it. Pure.
import { parseArgs } from "node:util";
import { z } from "zod";
import type { Drill } from "../drill.ts";

export interface DrillRequest {
  drill: Drill;
  options: Record<string, unknown>;
  seed: number;
  /** Nothing but the last line goes to stdout. */
  asJson: boolean;
  /** The folder stays. */
  keeps: boolean;
}

export const SEED_MAX = 2 ** 32 - 1;

/** `seedMax + 1` seeds are possible; the one that is taken when none is given is always said. */
export function readRequest(
  args: readonly string[],
  drills: readonly Drill[],
): DrillRequest | { problem: string } | { help: true } {
  const [name, ...rest] = args;
  if (name === undefined || name === "help" || args.includes("--help")) return { help: true };
  const drill = drills.find((each) => each.name === name);
  if (!drill) return { problem: `there is no drill "${name}"` };
  try {
    const { seed, json, keep, ...given } = parseArgs({ args: rest, options: optionsOf(drill) }).values;
    return {
      drill,
      options: z.strictObject(drill.options.shape).parse(given),
      seed: readSeed(seed),
      asJson: json === true,
      keeps: keep === true,
    };
  } catch (error) {
    return { problem: describe(error) };
  }
}

function optionsOf(drill: Drill) {
  const own = Object.keys(drill.options.shape).map((name) => [name, { type: "string" as const }]);
  const everywhere = { seed: { type: "string" }, json: { type: "boolean" }, keep: { type: "boolean" } } as const;
  return { ...(Object.fromEntries(own) as Record<string, { type: "string" }>), ...everywhere };
}

function readSeed(text: string | boolean | undefined): number {
  if (text === undefined) return Math.floor(Math.random() * (SEED_MAX + 1));
  const seed = Number(text);
  if (!Number.isInteger(seed) || seed < 0 || seed > SEED_MAX || text === "")
    throw new TypeError(`--seed is a whole number from 0 to ${SEED_MAX}`);
  return seed;
}

function describe(error: unknown): string {
  if (error instanceof z.ZodError)
    return error.issues.map(({ path, message }) => `--${path.join(".")}: ${message}`).join("; ");
  return error instanceof Error ? error.message : String(error);
}

export function usage(drills: readonly Drill[]): string {
  const lines = drills.flatMap(({ name, takes, summary, options }) => [
    `  ${name.padEnd(9)} ${takes.padEnd(12)} ${summary}`,
    ...Object.entries(options.shape).map(([option, schema]) => `${" ".repeat(24)}${describeOption(option, schema)}`),
  ]);
  return `npm run drill -- NAME [options]

${lines.join("\n")}

For every drill:
  --seed N    the same seed gives the same schedule and mix of calls; said at the start
  --json      tell people on stderr; stdout gets one line of JSON (it is always the last line)
  --keep      keep the folder of the installation, and say where it is

Exit code: 0 when everything held, 1 when something did not, 2 for wrong usage.
`;
}

function describeOption(name: string, schema: z.core.$ZodType): string {
  const { description = "" } = z.globalRegistry.get(schema) ?? {};
  return `--${name} ${String(z.parse(schema, undefined))}: ${description}`;
}
