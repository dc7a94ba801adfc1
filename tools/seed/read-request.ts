// What is asked for on the command line of `npm run seed`, or what is wrong with it. Pure.
import { parseArgs } from "node:util";
import { type SizeName, sizes } from "./sizes.ts";

export interface SeedRequest {
  size: SizeName;
  seed: number;
  /** The data folder; left out as `npm start` has it. */
  into?: string;
  /** That the server listens on while it is being filled. */
  port?: number;
}

const SEED_MAX = 2 ** 32 - 1;
const PORT_MAX = 65_535;

export const usage = `npm run seed -- demo [options]

Fills a data folder with a week of an invented organisation: calls, traces, people, budgets, alerts, approvals.

  --into FOLDER   a data folder that was not seeded yet (BINNACLE_HOME; by default ./.binnacle), of no running server
  --size SIZE     small (${sizes.small.calls} calls), normal (${sizes.normal.calls}, the default) or huge (${sizes.huge.calls}, and a trace of ${sizes.huge.greatTrace} spans)
  --seed N        the same seed gives the same week; 7 by default
  --port PORT     the port of the server while it is being filled; any free one by default

Exit code: 0 when it is filled, 1 when that failed, 2 for wrong usage.
`;

export function readRequest(args: readonly string[]): SeedRequest | { problem: string } | { help: true } {
  const [name, ...rest] = args;
  if (name === undefined || name === "help" || args.includes("--help")) return { help: true };
  if (name !== "demo") return { problem: `there is nothing to seed that is called "${name}": write demo` };
  try {
    const options = { into: text, size: text, seed: text, port: text } as const;
    const { into, size = "normal", seed = "7", port } = parseArgs({ args: rest, options }).values;
    if (!isSize(size)) return { problem: `--size is one of ${Object.keys(sizes).join(", ")}` };
    return {
      size,
      seed: wholeNumber("--seed", seed, SEED_MAX),
      ...(into !== undefined && { into }),
      ...(port !== undefined && { port: wholeNumber("--port", port, PORT_MAX) }),
    };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

const text = { type: "string" } as const;

function isSize(name: string): name is SizeName {
  return Object.hasOwn(sizes, name);
}

function wholeNumber(option: string, given: string, max: number): number {
  const number = Number(given);
  if (given === "" || !Number.isInteger(number) || number < 0 || number > max)
    throw new TypeError(`${option} is a whole number from 0 to ${max}`);
  return number;
}
