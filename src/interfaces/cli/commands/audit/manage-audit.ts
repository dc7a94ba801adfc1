// `audit rotate-key`, `audit new-origin` and `audit erase`: each asks first.
import type { Cli } from "../../cli.ts";
import { connect } from "../../connect.ts";
import { isMeant } from "../../terminal/is-meant.ts";
import { green } from "../../terminal/style.ts";

interface YesOption {
  yes?: boolean;
}

const NOT_DONE = 1;

export async function rotateKey(cli: Cli, { yes }: YesOption): Promise<number | void> {
  const { output } = cli;
  if (!output.isJson) output.line("Checkpoints get a new key; who verifies them needs its public part.");
  if (!(await isMeant(cli, yes))) return NOT_DONE;
  const state = await connect(cli).api.audit.rotateKey();
  if (output.isJson) return output.json(state);
  output.line(green("Rotated. "), `The key is ${state.keys[0] ?? ""} now; the one before signs too.`);
}

export async function newOrigin(cli: Cli, { yes }: YesOption): Promise<number | void> {
  const { output } = cli;
  if (!output.isJson)
    output.line("A new tree begins. What was signed of the one before can never be gone on from again.");
  if (!(await isMeant(cli, yes))) return NOT_DONE;
  const state = await connect(cli).api.audit.newOrigin();
  if (output.isJson) return output.json(state);
  output.line(green("Begun: "), state.origin ?? "");
}

export async function eraseSubject(cli: Cli, subject: string, { yes }: YesOption): Promise<number | void> {
  const { output } = cli;
  if (!output.isJson) output.line(`What is sealed of ${subject} can never be read again. The proofs stay.`);
  if (!(await isMeant(cli, yes))) return NOT_DONE;
  const erased = await connect(cli).api.audit.erase({ subject });
  if (output.isJson) return output.json(erased);
  output.line(green("Destroyed "), `the key ${erased.key} of ${erased.subject}.`);
}
