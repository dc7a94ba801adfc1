// The checks that other tools make of this repository, as commands: for check.ts, which shows their output, and for the
// tidy test, which only asks whether they are content.
import { join } from "node:path";

/** The repository's root folder. */
export const root = join(import.meta.dir, "../..");

// Several checkers look at many types more than once each. Beside the other tests, one takes a quarter less time of all cores.
const TYPES = ["--noEmit", "--checkers", "1"];

/** Each check: its name, and the command that ends with 0 when all is well. They change nothing. */
export const toolChecks = [
  { name: "format", command: bunCommand("oxfmt/bin/oxfmt", "--check"), fix: "Run node_modules/.bin/oxfmt." },
  { name: "lint", command: bunCommand("oxlint/bin/oxlint", "--deny-warnings"), fix: "Mend what it names." },
  { name: "types", command: bunCommand("typescript/bin/tsc", ...TYPES, "-p", "."), fix: "Mend what it names." },
  {
    name: "types of the console",
    command: bunCommand("typescript/bin/tsc", ...TYPES, "-p", "console"),
    fix: "Mend what it names.",
  },
];

function bunCommand(script: string, ...args: string[]): string[] {
  return [process.execPath, join(root, "node_modules", script), ...args];
}
