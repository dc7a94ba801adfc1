// Runs a command line in a test, with a host made of strings.
import type { CliHost } from "../cli-host.ts";
import { runCli } from "../run-cli.ts";

export interface Ran {
  exitCode: number;
  stdout: string;
  stderr: string;
}

export interface TestHost extends Partial<Omit<CliHost, "stdout" | "stderr">> {
  /** A terminal of this many columns; without it, output goes to a pipe. */
  columns?: number;
  /** Called with all of stdout after each write to it. */
  onWrite?: (stdout: string) => void;
}

/** What the host's clock says: local time, as the moments in samples are, so that tests read the same everywhere. */
export const NOW_MS = new Date(2026, 10, 21, 15).getTime();

export async function runInTest(argv: string[], { columns, onWrite, ...changes }: TestHost = {}): Promise<Ran> {
  const written = { stdout: "", stderr: "" };
  const stream = (name: keyof typeof written) => ({
    write: (text: string) => {
      written[name] += text;
      if (name === "stdout") onWrite?.(written.stdout);
    },
    isTerminal: columns !== undefined,
    columns: columns ?? 80,
  });
  const host: CliHost = {
    env: {},
    cwd: "/nowhere",
    version: "0.1.0",
    stdin: { isTerminal: false, read: async () => "", ask: async () => undefined },
    signal: new AbortController().signal,
    nowMs: () => NOW_MS,
    fetch: (input, init) => fetch(input, init),
    loadConfig: async () => ({ config: {}, path: "defaults" }),
    startServer: async () => 0,
    ...changes,
    stdout: stream("stdout"),
    stderr: stream("stderr"),
  };
  const exitCode = await runCli(argv, host);
  return { exitCode, ...written };
}
