// Whether a person means it: asked on a terminal, said by --yes elsewhere.
import type { Cli } from "../cli.ts";
import { cliErrors } from "../errors.ts";

/** What is asked about has been shown. Throws `cli.nobody_to_ask`. */
export async function isMeant({ host, output }: Cli, yes = false): Promise<boolean> {
  if (yes) return true;
  if (!host.stdin.isTerminal) throw cliErrors.nobody_to_ask({});
  const answer = await host.stdin.ask("Do it? [y/N] ");
  const isYes = /^\s*y(es)?\s*$/i.test(answer ?? "");
  if (!isYes) output.note("Nothing was changed.");
  return isYes;
}
