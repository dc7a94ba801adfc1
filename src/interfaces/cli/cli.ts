// What every command is handed: the host, the printer, and the options that hold for all commands.
import type { CliHost } from "./cli-host.ts";
import { createOutput, type Output } from "./terminal/output.ts";

export interface GlobalOptions {
  url?: string;
  key?: string;
  home?: string;
  json?: boolean;
}

export interface Cli {
  readonly host: CliHost;
  readonly output: Output;
  readonly globals: GlobalOptions;
}

export function createCli(host: CliHost, globals: GlobalOptions): Cli {
  return { host, globals, output: createOutput(host, globals.json ?? false) };
}
