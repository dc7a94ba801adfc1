// `policy test`, which needs no server but for the cases of a version, and `policy dry-run`, which asks one.
import type { PolicyTrial } from "../../../../policy/contract.ts";
import type { Cli } from "../../cli.ts";
import { connect } from "../../connect.ts";
import { cliErrors } from "../../errors.ts";
import { bold, cyan, dim, green, red, yellow } from "../../terminal/style.ts";
import { readCaseText, readCaseTexts, readPolicyFiles } from "./read-policy-files.ts";

export interface TestOptions {
  cases?: string;
  of?: number;
}
export interface DryRunOptions {
  days: number;
}

const FAILED = 1;

export async function testPolicies(cli: Cli, path: string | undefined, options: TestOptions): Promise<number | void> {
  const { output } = cli;
  if ((path === undefined) === (options.of === undefined)) throw cliErrors.path_or_version({});
  const trial =
    options.of === undefined
      ? await tryFiles(cli, path ?? "", options)
      : await connect(cli).api.policies.test({ number: options.of });
  if (output.isJson) output.json(trial);
  else tell(cli, trial);
  if (trial.failed > 0) return FAILED;
}

/** Without a server. Throws `policy.cases_unreadable`. */
async function tryFiles(cli: Cli, path: string, { cases: given }: TestOptions): Promise<PolicyTrial> {
  const { host } = cli;
  const { readCaseFiles, tryCases } = await import("../../../../policy/index.ts");
  const files = readPolicyFiles(cli, path);
  const texts = given === undefined ? readCaseTexts(cli, path) : [await readCaseText(cli, given)];
  if (texts.length === 0) throw cliErrors.no_policy_files({ path: `${path}/*.cases.yaml` });
  return tryCases(files, { cases: readCaseFiles(texts), nowMs: host.nowMs });
}

function tell({ output }: Cli, { cases, failed, untouched }: PolicyTrial): void {
  if (cases.length === 0) return output.line("It has no cases.");
  for (const { name, ok, problem } of cases)
    output.line(ok ? green("ok  ") : red("not "), name, ok ? "" : dim(`: ${problem}`));
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
