// Published tests that do not hold, and why that is right, or what is not offered. One that is no longer needed is an error.
import type { PublishedSdk, RunName } from "./published-tests.ts";
import type { TestOutcome } from "./run-tests.ts";

export interface Reason {
  sdk: PublishedSdk["name"];
  runs: readonly RunName[];
  /** Below `tests/api-resources`. */
  file: RegExp;
  title: RegExp;
  /** The thing itself is not offered; or a server that does more than pretend cannot do what the test wants. */
  kind: "not offered" | "differs";
  reason: string;
}

const ours = ["simulated", "passed"] as const;

export const reasons: readonly Reason[] = [
  {
    sdk: "openai",
    runs: ours,
    kind: "not offered",
    file: /\/chat\/completions\/(?:completions|messages)\.test/,
    title: /> (?:retrieve|update|list|delete)\b/,
    reason: "chat completions are not stored for their callers; they are on the record",
  },
  {
    sdk: "openai",
    runs: ours,
    kind: "not offered",
    file: /\/responses\/responses\.test/,
    title: /> compact\b/,
    reason: "conversations are compacted by their vendor alone, into what it alone can read",
  },
  {
    sdk: "openai",
    runs: ours,
    kind: "not offered",
    file: /\/images\.test/,
    title: /> createVariation\b/,
    reason: "OpenAI itself has retired variations of pictures",
  },
  {
    sdk: "openai",
    runs: ["simulated"],
    kind: "not offered",
    file: /\/models\.test/,
    title: /> delete$/,
    reason: "models belong to their vendors",
  },
  {
    sdk: "openai",
    runs: ours,
    kind: "differs",
    file: /\/responses\/(?:responses|input-tokens)\.test/,
    title: /> (?:create|count)$/,
    reason: "the request says nothing at all; without a model nobody can be asked",
  },
  {
    sdk: "openai",
    runs: ["simulated"],
    kind: "differs",
    file: /\/responses\/responses\.test/,
    title: /> delete$/,
    reason: "a response is part of the record, which loses nothing before its time",
  },
  {
    sdk: "anthropic",
    runs: ["simulated", "native"],
    kind: "differs",
    file: /-resources\/messages\/batches\.test/,
    title: /> cancel: request options instead of params/,
    reason: "the installed SDK takes parameters there: the options are not read, and the batch is cancelled",
  },
  {
    sdk: "anthropic",
    runs: ["native"],
    kind: "differs",
    file: /-resources\/completions\.test/,
    title: /> create/,
    reason: "the installed SDK has no text completions any more",
  },
];

export function reasonFor(sdk: PublishedSdk["name"], run: RunName, { file, title }: TestOutcome): Reason | undefined {
  return reasons.find(
    (each) => each.sdk === sdk && each.runs.includes(run) && each.file.test(file) && each.title.test(title),
  );
}
