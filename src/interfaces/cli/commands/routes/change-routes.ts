// `routes set`, `routes delete` and `routes restore`. Each shows what would change, asks, and then changes just that: if
// somebody else was quicker, the server refuses.
import type { RouteChanged } from "../../../../gateway/contract.ts";
import { describeDifferences } from "../../../../kernel/index.ts";
import type { Cli } from "../../cli.ts";
import { connect } from "../../connect.ts";
import { cliErrors } from "../../errors.ts";
import { isMeant } from "../../terminal/is-meant.ts";
import { bold, dim, green, type Line, red, yellow } from "../../terminal/style.ts";
import { readTree } from "../config/read-tree.ts";

export interface YesOption {
  yes?: boolean | undefined;
}
export interface SetOptions extends YesOption {
  file: string;
}
export interface RestoreOptions extends YesOption {
  revision: number;
}

const NOT_DONE = 1;

export async function setRoute(cli: Cli, name: string, { file, yes }: SetOptions): Promise<number | void> {
  const plan = await readPlan(cli, file);
  const { put } = connect(cli).api.routes;
  return changeRoute(cli, { yes, change: (how) => put({ name, plan, ...how }) });
}

export async function restoreRoute(cli: Cli, name: string, { revision, yes }: RestoreOptions): Promise<number | void> {
  const { restore } = connect(cli).api.routes;
  return changeRoute(cli, { yes, change: (how) => restore({ name, revision, ...how }) });
}

interface Change extends YesOption {
  change(how: { dry_run: true } | { if_revision: number }): Promise<RouteChanged>;
}

async function changeRoute(cli: Cli, { yes, change }: Change): Promise<number | void> {
  const { output } = cli;
  const { route, changes, revision_before: before } = await change({ dry_run: true });
  if (changes.length === 0) {
    if (output.isJson) return output.json({ route, changes, revision_before: before });
    return output.line(bold(route.name), ` is so already, at revision ${before}.`);
  }
  tell(cli, { name: route.name, before, changes });
  if (!(await isMeant(cli, yes))) return NOT_DONE;
  const done = await change({ if_revision: before });
  if (output.isJson) return output.json(done);
  if (done.approval_id !== null)
    output.note(yellow(`It serves once it is approved: binnacle approvals approve ${done.approval_id}`));
  output.line(
    green(before === 0 ? "Made " : "Changed "),
    bold(route.name),
    `, now at revision ${done.route.revision}. All servers follow within a second.`,
  );
}

export async function deleteRoute(cli: Cli, name: string, { yes }: YesOption): Promise<number | void> {
  const { output } = cli;
  const { routes } = connect(cli).api;
  const { revision, plan } = await routes.get({ name });
  // A route of the config file has no revision; that it cannot be deleted here, the server says.
  if (revision !== null) {
    tell(cli, { name, before: revision, changes: describeDifferences(plan, undefined) });
    if (!(await isMeant(cli, yes))) return NOT_DONE;
  }
  const deleted = await routes.delete({ params: { name }, query: revision === null ? {} : { if_revision: revision } });
  if (output.isJson) return output.json(deleted);
  output.line(
    green("Deleted "),
    bold(name),
    `. \`binnacle routes restore ${name} --revision ${revision}\` brings it back.`,
  );
}

/** On stderr: it is not the result. */
function tell({ output }: Cli, { name, before, changes }: { name: string; before: number; changes: string[] }): void {
  output.note(bold(name), before === 0 ? dim(" (new)") : dim(` (revision ${before})`));
  for (const line of changes) output.note("  ", ...coloured(line));
}

function coloured(line: string): Line {
  if (line.startsWith("+")) return [green(line)];
  return [line.startsWith("-") ? red(line) : yellow(line)];
}

function readPlan(cli: Cli, file: string): Promise<Record<string, unknown>> {
  return readTree(cli, file, {
    missing: (path) => cliErrors.no_plan_file({ path }),
    unreadable: (path, why) => cliErrors.not_a_plan({ path, why }),
  });
}
