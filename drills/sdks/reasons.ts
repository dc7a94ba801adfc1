// Published tests that do not hold, and why that is right, or what is not offered. One that is no longer needed is an error.
import type { PublishedSdk } from "./published-tests.ts";
import type { TestOutcome } from "./run-tests.ts";

export interface Reason {
  sdk: PublishedSdk["name"];
  /** Below `tests/api-resources`. */
  file: RegExp;
  title: RegExp;
  /** The thing itself is not offered, or the test asks for something else than what a server has. */
  kind: "not offered" | "differs";
  reason: string;
}

export const reasons: readonly Reason[] = [];

export function reasonFor(sdk: PublishedSdk["name"], { file, title }: TestOutcome): Reason | undefined {
  return reasons.find((each) => each.sdk === sdk && each.file.test(file) && each.title.test(title));
}
