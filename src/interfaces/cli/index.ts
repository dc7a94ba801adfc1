// The command line's front door. It loads little: each command's own code is loaded when that command runs.
export type { CliHost, LoadedConfig, StartOptions, TerminalOut } from "./cli-host.ts";
export { createLineAsker, type LineAsker } from "./terminal/ask-line.ts";
export { runCli } from "./run-cli.ts";
