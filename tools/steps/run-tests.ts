// Runs Bun's test runner over the repository, shows its output as it comes, and counts how it ended.
import { root } from "./tools.ts";

const FOLDERS = ["./src", "./client", "./console", "./drills", "./bench", "./test", "./tools"];
// For tests that hang, not for slow machines.
const TIMEOUT_MS = 60_000;
const SUMMARY_CHARS = 4096;

export interface Totals {
  passed: number;
  failed: number;
  skipped: number;
}

/** Arguments are folders or files to run instead of all, and the runner's own flags. */
export async function runTests(args: string[]): Promise<Totals> {
  const command = ["test", `--timeout=${TIMEOUT_MS}`, ...(namesPaths(args) ? [] : FOLDERS), ...args];
  const runner = Bun.spawn([process.execPath, ...command], {
    cwd: root,
    env: { ...process.env, ...(process.stderr.isTTY ? { FORCE_COLOR: "1" } : {}) },
    stdio: ["ignore", "inherit", "pipe"],
  });
  // Not bun's --no-orphans: it would also end what a test leaves running on purpose, to see it found again.
  process.on("SIGTERM", () => runner.kill("SIGTERM"));
  const decoder = new TextDecoder();
  let tail = "";
  for await (const chunk of runner.stderr) {
    process.stderr.write(chunk);
    tail = (tail + decoder.decode(chunk, { stream: true })).slice(-SUMMARY_CHARS);
  }
  return judge(totalsFromSummary(Bun.stripANSI(tail)), await runner.exited);
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
