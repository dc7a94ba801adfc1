// Runs one command line: arguments to exit code. It never ends the process; what is thrown becomes a message.
import { CommanderError } from "commander";
import type { Command } from "commander";
import type { CliHost } from "./cli-host.ts";
import { createCli, type Cli, type GlobalOptions } from "./cli.ts";
import type { Act } from "./command-parts.ts";
import { createProgram } from "./program.ts";
import { hasColour } from "./terminal/output.ts";

const FAILED = 1;
const WRONG_USAGE = 2;
const INTERRUPTED = 130;

/** `runCli(["keys", "list"], host)` resolves with the exit code: 0 done, 1 failed, 2 wrong usage, 130 interrupted. */
export async function runCli(argv: string[], host: CliHost): Promise<number> {
  let exitCode = 0;
  const act: Act =
    (run) =>
    async (...args) => {
      exitCode = (await run(createCli(host, program.opts<GlobalOptions>()), ...args)) ?? 0;
    };
  const program = createProgram(host.version, act);
  prepare(program, host);
  if (argv.length === 0) {
    program.outputHelp();
    return 0;
  }
  try {
    await program.parseAsync(argv, { from: "user" });
    return exitCode;
  } catch (error) {
    const cli = createCli(host, { json: argv.includes("--json") });
    return await failWith(error, { cli, help: helpFor(program, argv) });
  }
}

/** Lets commander print through the host and throw instead of ending the process, in every command of the tree. */
function prepare(command: Command, host: CliHost): void {
  command.exitOverride().configureOutput({
    writeOut: (text) => host.stdout.write(text),
    writeErr: (text) => host.stderr.write(text),
    // Printed once, below, in the same form as every other error.
    outputError: () => undefined,
    getOutHelpWidth: () => (host.stdout.isTerminal ? host.stdout.columns : 100),
    getErrHelpWidth: () => (host.stderr.isTerminal ? host.stderr.columns : 100),
    getOutHasColors: () => hasColour(host.stdout, host.env),
    getErrHasColors: () => hasColour(host.stderr, host.env),
  });
  for (const child of command.commands) prepare(child, host);
}

async function failWith(error: unknown, { cli, help }: { cli: Cli; help: string }): Promise<number> {
  if (error instanceof CommanderError && error.exitCode === 0) return 0;
  // A group without a command (`binnacle keys`) has shown its help already.
  if (error instanceof CommanderError && error.code === "commander.help") return WRONG_USAGE;
  if (cli.host.signal.aborted) return INTERRUPTED;
  const { cliErrors } = await import("./errors.ts");
  const { explainError, showError } = await import("./explain-error.ts");
  const isUsage = error instanceof CommanderError;
  const told = isUsage ? cliErrors.usage({ message: error.message.replace(/^error: /, ""), help }) : error;
  const explained = explainError(told);
  showError(cli, explained);
  return explained.code === "cli.usage" ? WRONG_USAGE : FAILED;
}

/** `binnacle keys create --help` for whatever was typed of it. */
function helpFor(program: Command, argv: string[]): string {
  let command = program;
  const path = [program.name()];
  for (const word of argv) {
    const child = command.commands.find((candidate) => candidate.name() === word);
    if (!child) continue;
    command = child;
    path.push(word);
  }
  return [...path, "--help"].join(" ");
}
