// Runs Bun's test runner over the repository, shows its output, and counts how it ended. What is named runs in one process,
// and everything in a few side by side.
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./tools.ts";

const FOLDERS = ["./src", "./client", "./console", "./drills", "./bench", "./test", "./tools"];
const PROCESSES_MAX = 6;
// For tests that hang, not for slow machines.
const TIMEOUT_MS = 120_000;
const SUMMARY_CHARS = 4096;
/** Of what a failed test said, this much is said again at the end. */
const SAID_LINES = 30;
const SAID_CHARS = 300;

export interface Totals {
  passed: number;
  failed: number;
  skipped: number;
}

/** Arguments are folders or files to run instead of all, and the runner's own flags. */
export async function runTests(args: string[]): Promise<Totals> {
  const stopping = new AbortController();
  process.once("SIGTERM", () => stopping.abort());
  if (args.length === 0) return runAll(stopping.signal);
  const command = [...(namesPaths(args) ? [] : FOLDERS), ...args];
  const { text, exitCode } = await runBun(command, { signal: stopping.signal });
  return judge(totalsFromSummary(text.slice(-SUMMARY_CHARS)), exitCode);
}

/** By a few processes, each with one database of the same PostgreSQL for each test; what failed is told again at the end. */
async function runAll(signal: AbortSignal): Promise<Totals> {
  // Not before: a program that does not compile is for its tests to say.
  const { bootServer, SERVER_VARIABLE } = await import("../../test/support/database.ts");
  const { BUILT_CONSOLE_VARIABLE } = await import("../../test/support/browser/browser.ts");
  const server = await bootServer();
  const folder = makeFolder();
  const env = {
    [SERVER_VARIABLE]: server.urlForOthers(),
    [BUILT_CONSOLE_VARIABLE]: await builtConsole(),
    TMPDIR: folder,
  };
  try {
    // Each process loads the program once for all of its files.
    const command = [`--parallel=${countProcesses()}`, "--no-isolate", ...FOLDERS];
    const { text, exitCode } = await runBun(command, { env, signal });
    console.log(failuresFrom(text).join("\n"));
    return judge(totalsFromSummary(text.slice(-SUMMARY_CHARS)), exitCode);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** For whatever tests leave behind. Others may pass through: servers of PostgreSQL run as another user where tests run as root. */
function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "binnacle-"));
  chmodSync(folder, 0o711);
  return folder;
}

/** One more than there are cores, as much of a test is waiting; each holds the whole program. */
function countProcesses(): number {
  return Math.min(availableParallelism() + 1, PROCESSES_MAX);
}

/** The launcher has built it of these sources. */
async function builtConsole(): Promise<string> {
  const folder = join(root, "console/dist");
  if (!(await Bun.file(join(folder, "index.html")).exists()))
    throw new Error("the console is not built: run the tests by `npm test`");
  return folder;
}

interface Running {
  env?: Record<string, string>;
  signal: AbortSignal;
}

async function runBun(args: string[], { env, signal }: Running): Promise<{ text: string; exitCode: number }> {
  // Not bun's --no-orphans: it would also end what a test leaves running on purpose, to see it found again.
  const runner = Bun.spawn([process.execPath, "test", `--timeout=${TIMEOUT_MS}`, ...args], {
    cwd: root,
    env: { ...process.env, ...env, ...(process.stderr.isTTY ? { FORCE_COLOR: "1" } : {}) },
    stdio: ["ignore", "inherit", "pipe"],
    signal,
  });
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of runner.stderr) {
    process.stderr.write(chunk);
    text += decoder.decode(chunk, { stream: true });
  }
  return { text: Bun.stripANSI(text), exitCode: await runner.exited };
}

/** Whether some argument is a path, other than the value of `-t`. */
export function namesPaths(args: string[]): boolean {
  const isValue = (at: number): boolean => /^(-t|--test-name-pattern)$/.test(args[at - 1] ?? "");
  return args.some((arg, at) => !arg.startsWith("-") && !isValue(at));
}

/** Reads ` 12 pass`, ` 1 skip`, ` 2 todo`, ` 0 fail` at the end of the runner's output; undefined when it is not there. */
export function totalsFromSummary(text: string): Totals | undefined {
  const [summary] = /(?:^ \d+ .+\n)+Ran \d+ tests? /m.exec(text) ?? [];
  if (summary === undefined) return undefined;
  const count = (word: string): number => Number(new RegExp(`^ (\\d+) ${word}$`, "m").exec(summary)?.[1] ?? 0);
  return { passed: count("pass"), failed: count("fail"), skipped: count("skip") + count("todo") };
}

/** Under which the runner names again, without their files, what failed. */
const NAMED_AGAIN = /^\d+ tests? failed:$/m;

/** What failed, each with its file, and below it what it said. */
export function failuresFrom(text: string): string[] {
  const failures: string[] = [];
  let file = "";
  let said: string[] = [];
  const [asTheyRan = ""] = text.split(NAMED_AGAIN);
  for (const line of asTheyRan.split("\n")) {
    const isFile = /^\S+\.test\.tsx?:$/.test(line);
    if (isFile) file = line;
    if (/^(\(fail\)|✗) /.test(line)) failures.push(`${file} ${line}`, ...shorten(said));
    if (isFile || isResult(line)) said = [];
    else said.push(line);
  }
  return failures;
}

function isResult(line: string): boolean {
  return /^(\((pass|fail|skip|todo)\)|✗) /.test(line);
}

/** The end of it: the error stands last, below the source that threw it. */
function shorten(said: string[]): string[] {
  return said
    .filter((line) => line.trim() !== "")
    .slice(-SAID_LINES)
    .map((line) => `    ${line.slice(0, SAID_CHARS)}`);
}

/** A run that broke off, ran nothing, or ended badly for another reason counts as one failure. */
export function judge(totals: Totals | undefined, exitCode: number): Totals {
  const { passed, failed, skipped } = totals ?? { passed: 0, failed: 0, skipped: 0 };
  const isBad = totals === undefined || exitCode !== 0 || passed === 0;
  return { passed, failed: isBad ? Math.max(failed, 1) : failed, skipped };
}

/** The last line of every run: `12 passed, 0 failed, 3 skipped`. */
export function describeTotals({ passed, failed, skipped }: Totals): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}
