// `users`, `teams`, `projects` and `organisations`: list, create, update and delete, one piece of code for the three.
import type { Entry, EntryKind, RoleName } from "../../../../governance/contract.ts";
import type { Cli } from "../../cli.ts";
import { connect } from "../../connect.ts";
import { bold, dim, green, red } from "../../terminal/style.ts";
import { describeCaps, isNone, readCaps } from "./read-caps.ts";

export interface EntryOptions {
  budget?: string[];
  limit?: string[];
  team?: string[];
  roles?: RoleName[];
  organisation?: string;
  disable?: boolean;
  enable?: boolean;
}

interface ListOptions {
  limit: number;
  cursor?: string;
  organisation?: string;
}

type Named = EntryOptions & { name: string };

function routesOf(cli: Cli, kind: EntryKind) {
  const { api } = connect(cli);
  return { user: api.users, team: api.teams, project: api.projects, organisation: api.organisations }[kind];
}

export async function listEntries(cli: Cli, kind: EntryKind, options: ListOptions) {
  const { output } = cli;
  const page = await routesOf(cli, kind).list(options);
  if (output.isJson) return output.json(page);
  if (page.entries.length === 0)
    return output.note(`There are no ${kind}s; \`binnacle ${kind}s create NAME\` makes one.`);
  const isInTeams = kind === "user" || kind === "project";
  const teams = !isInTeams ? [] : [{ title: "TEAMS", shrinksTo: 8 }];
  output.table(
    [{ title: "NAME", shrinksTo: 8 }, ...teams, { title: "STATE" }, { title: "CAPS", shrinksTo: 12 }],
    page.entries.map((entry) => [
      entry.name,
      ...(isInTeams ? [entry.teams.join(", ") || dim("–")] : []),
      entry.disabled ? red("disabled") : green("enabled"),
      describeCaps(entry) || dim("–"),
    ]),
  );
  if (page.next_cursor !== null && output.isTerminal) output.note(dim(`More, with --cursor ${page.next_cursor}`));
}

export async function createEntry(cli: Cli, kind: EntryKind, options: Named): Promise<void> {
  tell(cli, `Created the ${kind} `, await routesOf(cli, kind).create(await settingsFrom(options)));
}

export async function updateEntry(cli: Cli, kind: EntryKind, options: Named): Promise<void> {
  tell(cli, `Changed the ${kind} `, await routesOf(cli, kind).update(await settingsFrom(options)));
}

export async function deleteEntry(
  cli: Cli,
  kind: EntryKind,
  which: { name: string; organisation?: string },
): Promise<void> {
  tell(cli, `Deleted the ${kind} `, await routesOf(cli, kind).delete(which));
}

async function settingsFrom({ name, team, roles, organisation, disable, enable, ...caps }: Named) {
  return {
    name,
    ...(organisation !== undefined && { organisation }),
    ...(roles && { roles }),
    ...(team && { teams: isNone(team) ? [] : team }),
    ...(disable && { disabled: true }),
    ...(enable && { disabled: false }),
    ...(await readCaps(caps)),
  };
}

function tell({ output }: Cli, done: string, entry: Entry): void {
  if (output.isJson) return output.json(entry);
  const caps = describeCaps(entry);
  const state = entry.disabled ? ", disabled" : "";
  output.line(green(done), bold(entry.name), `${state}${caps && ` (${caps})`}.`);
}
