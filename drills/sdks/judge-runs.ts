// What the runs of the published tests amount to: a table by resource, and what is a surprise.
import type { Check, DrillResult, Figures } from "../drill.ts";
import { type Checkout, resourceOf, type RunName } from "./published-tests.ts";
import { type Reason, reasonFor, reasons } from "./reasons.ts";
import type { TestOutcome } from "./run-tests.ts";

export interface JudgedRun {
  name: RunName;
  outcomes: readonly TestOutcome[];
  /** How many requests got what they wanted, and those of them that the vendor did not hear as they were. */
  sent?: number;
  lost?: readonly string[];
}

type Verdict = "hold" | Reason["kind"] | "skipped" | "surprise";
const VERDICTS: readonly Verdict[] = ["hold", "not offered", "differs", "skipped", "surprise"];

export function judgeRuns(checkout: Checkout, runs: readonly JudgedRun[]): DrillResult {
  const { sdk, version, installedVersion } = checkout;
  const table = [["", "run", "resource", "tests", ...VERDICTS]];
  const figures: Figures = { sdk: `${sdk.packageName} ${installedVersion}`, tests_of: version };
  const used = new Set<Reason | undefined>();
  const surprises: Check[] = [];
  for (const { name, outcomes, sent = 0, lost = [] } of runs) {
    const judged = outcomes.map((test) => {
      const reason = test.outcome === "failed" ? reasonFor(sdk.name, name, test) : undefined;
      used.add(reason);
      const verdict = verdictOn(test, reason);
      if (verdict === "surprise") surprises.push(surprise(name, `${test.file}: ${test.title}`, test.message));
      return { resource: resourceOf(sdk, test.file) ?? "others", verdict };
    });
    for (const [resource, tests] of Map.groupBy(judged, (each) => each.resource))
      table.push(["", name, resource, ...countsOf(tests)]);
    table.push(["", name, "all", ...countsOf(judged)]);
    figures[`${name}_tests`] = judged.length;
    figures[`${name}_hold`] = judged.filter(({ verdict }) => verdict === "hold").length;
    if (sent > 0) figures[`${name}_requests`] = sent;
    for (const each of lost) surprises.push(surprise(name, "what was asked reaches the vendor as it was", each));
  }
  const unused = reasons.filter((reason) => reason.sdk === sdk.name && !used.has(reason));
  if (runs.every(({ outcomes }) => outcomes.length === 0))
    surprises.push(surprise("all", "the tests run", "no test ran"));
  return { checks: [...surprises.slice(0, SURPRISES_MAX), ...checksOf(surprises, unused)], figures, table };
}

const SURPRISES_MAX = 50;

function verdictOn({ outcome }: TestOutcome, reason: Reason | undefined): Verdict {
  if (outcome === "failed") return reason?.kind ?? "surprise";
  return outcome === "passed" ? "hold" : "skipped";
}

function countsOf(tests: readonly { verdict: Verdict }[]): string[] {
  const counts = VERDICTS.map((verdict) => tests.filter((each) => each.verdict === verdict).length);
  return [tests.length, ...counts].map(String);
}

function surprise(run: string, that: string, found: string): Check {
  return { that: `${run}: ${that}`, holds: false, found: found.replaceAll("\n", " ").slice(0, 300) };
}

function checksOf(surprises: readonly Check[], unused: readonly Reason[]): Check[] {
  return [
    {
      that: "every published test holds, or has its reason, and every request arrives as it was",
      holds: surprises.length === 0,
      found: surprises.length === 0 ? "all do" : `${surprises.length} surprises`,
    },
    {
      that: "every listed reason is still needed",
      holds: unused.length === 0,
      found: unused.map(({ reason }) => reason).join("; ") || "all are",
    },
  ];
}
