// `policy propose`, `submit`, `approve`, `activate` and `roll-back`.
import type { Cli } from "../../cli.ts";
import { connect } from "../../connect.ts";
import { bold, green } from "../../terminal/style.ts";
import { readCaseTexts, readPolicyFiles } from "./read-policy-files.ts";

export interface ProposeOptions {
  note: string;
  draft?: boolean;
}

export async function proposeVersion(cli: Cli, path: string, { note, draft = false }: ProposeOptions): Promise<void> {
  const { output } = cli;
  const files = [...readPolicyFiles(cli, path), ...readCaseTexts(cli, path)];
  const proposed = await connect(cli).api.policies.propose({ files, note, is_draft: draft });
  if (output.isJson) return output.json(proposed);
  const number = proposed.version?.number ?? 0;
  output.line(
    green("Proposed "),
    bold(`version ${number}`),
    `. \`binnacle policy diff ${number}\` shows what it changes.`,
  );
}

type Step = "submit" | "approve" | "activate";

const DONE: Record<Step, (number: number) => string> = {
  submit: (number) => `Version ${number} is up for review.`,
  approve: (number) => `Version ${number} is approved. \`binnacle policy activate ${number}\` lets it decide.`,
  activate: (number) => `Version ${number} decides now. All servers follow within a second.`,
};

export async function stepVersion(cli: Cli, step: Step, number: number): Promise<void> {
  const { output } = cli;
  const changed = await connect(cli).api.policies[step]({ number });
  if (output.isJson) return output.json(changed);
  output.line(DONE[step](number));
}

export async function rollBack(cli: Cli, isToShipped: boolean): Promise<void> {
  const { output } = cli;
  const rolled = await connect(cli).api.policies.rollBack({ to: isToShipped ? "shipped" : "previous" });
  if (output.isJson) return output.json(rolled);
  output.line(
    rolled.active ? `Version ${rolled.active.number} decides again.` : "The shipped policies alone decide again.",
  );
}
