// `policy test`, which needs no server, and `policy dry-run`, which asks one.
import { readFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import type { PolicyCase, Trial } from "../../../../policy/index.ts";
import type { Cli } from "../../cli.ts";
import { connect } from "../../connect.ts";
import { cliErrors } from "../../errors.ts";
import { bold, cyan, dim, green, red, yellow } from "../../terminal/style.ts";
import { filesAt, readPolicyFiles } from "./read-policy-files.ts";

export interface TestOptions {
  cases?: string;
}
export interface DryRunOptions {
  days: number;
}

const FAILED = 1;

export async function testPolicies(cli: Cli, path: string, { cases: given }: TestOptions): Promise<number | void> {
  const { host, output } = cli;
  const { tryCases } = await import("../../../../policy/index.ts");
  const files = readPolicyFiles(cli, path);
  const at = given === undefined ? filesAt(resolve(host.cwd, path), ".cases.yaml") : [resolve(host.cwd, given)];
  if (at.length === 0) throw cliErrors.no_policy_files({ path: `${path}/*.cases.yaml` });
  const cases = (await Promise.all(at.map(readCaseFile))).flat();
  const trial = await tryCases(files, { cases, nowMs: host.nowMs });
  if (output.isJson) output.json(trial);
  else tell(cli, trial);
  if (trial.cases.some(({ ok }) => !ok)) return FAILED;
}

/** Throws `policy.cases_unreadable`. */
async function readCaseFile(file: string): Promise<PolicyCase[]> {
  const { policyErrors, readCases } = await import("../../../../policy/index.ts");
  const { parse } = await import("yaml");
  const name = basename(file);
  let tree: unknown;
  try {
    tree = parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw policyErrors.cases_unreadable({ file: name, problem: error instanceof Error ? error.message : "no YAML" });
  }
  return readCases(name, tree);
}

function tell({ output }: Cli, { cases, untouched }: Trial): void {
  for (const { name, ok, problem } of cases)
    output.line(ok ? green("ok  ") : red("not "), name, ok ? "" : dim(`: ${problem}`));
  const failed = cases.filter(({ ok }) => !ok).length;
  output.line(bold(`${cases.length} cases, ${failed} failed`));
  if (untouched.length > 0) output.note(yellow(`No case is decided by ${untouched.join(", ")}.`));
}

export async function dryRunPolicies(cli: Cli, path: string, { days }: DryRunOptions): Promise<void> {
  const { output } = cli;
  const files = readPolicyFiles(cli, path);
  const dry = await connect(cli).api.policies.dryRun({ files, days });
  if (output.isJson) return output.json(dry);
  output.line(
    bold(`${dry.refused} of ${dry.calls} calls`),
    ` of the last ${days} days would have been refused`,
    dry.allowed > 0 ? `, and ${dry.allowed} that were refused allowed` : "",
    dry.is_whole ? "." : "; there were more than are looked at.",
  );
  if (dry.by_policy.length > 0)
    output.table(
      [
        { title: "POLICY" },
        { title: "ACTION" },
        { title: "CALLS" },
        { title: "WHY", shrinksTo: 20 },
        { title: "SUCH AS" },
      ],
      dry.by_policy.map(({ policy, action, calls, why, examples }) => [
        cyan(policy),
        action,
        String(calls),
        why,
        examples[0] ?? "",
      ]),
    );
  output.note(dim(`Not on record, and so not asked: ${dry.not_known.join(", ")}.`));
}
