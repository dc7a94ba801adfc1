// Published tests that do not hold, and why that is right, or what is not offered. One that is no longer needed is an error.
import type { JudgedRun } from "./judge-runs.ts";
import type { PublishedSdk } from "./published-tests.ts";
import type { TestOutcome } from "./run-tests.ts";

export interface Reason {
  sdk: PublishedSdk["name"];
  runs: readonly JudgedRun["name"][];
  /** Below `tests/api-resources`. */
  file: RegExp;
  title: RegExp;
  /** The thing itself is not offered; or a server that does more than pretend cannot do what the test wants. */
  kind: "not offered" | "differs";
  reason: string;
}

export const reasons: readonly Reason[] = [];

export function reasonFor(
  sdk: PublishedSdk["name"],
  run: JudgedRun["name"],
  { file, title }: TestOutcome,
): Reason | undefined {
  return reasons.find(
    (each) => each.sdk === sdk && each.runs.includes(run) && each.file.test(file) && each.title.test(title),
  );
}
