// The commands about who may call: keys, organisations, users, teams, projects, and files that say all of these at once.
import { type Command, Option } from "commander";
import type { EntryKind } from "../../governance/contract.ts";
import { roleNames } from "../../policy/contract.ts";
import { type Act, examples, GREATEST_PAGE, group, wholeNumber } from "./command-parts.ts";
import type { ApplyOptions } from "./commands/directory/apply-file.ts";
import type { EntryOptions } from "./commands/directory/entries.ts";
import type { CreateKeyOptions, ListKeysOptions, UpdateKeyOptions } from "./commands/keys.ts";

export const SCOPES = ["call", "read", "scim", "admin"] as const;

export function addDirectoryCommands(program: Command, act: Act): void {
  const keys = group(program, "keys").description("make, list, change and revoke API keys");
  addKeyCommands(keys, act);
  addKeyUpdate(keys, act);
  addEntryCommands(program, "organisation", act);
  addEntryCommands(program, "user", act);
  addEntryCommands(program, "team", act);
  addEntryCommands(program, "project", act);
  addFileCommands(program, act);
}

/** Given again, each is one more; `none` takes all away. */
function withCaps(command: Command): Command {
  return command
    .option("--budget <budget...>", "a cap on money, as 'usd: 100, every: month'; `none` for none")
    .option("--limit <limit...>", "a cap on use, as 'requests: 60, every: minute'; `none` for none");
}

function withRoles(command: Command): Command {
  return command.addOption(new Option("--roles <role...>", "what it may do").choices(roleNames));
}

/** Other organisations are for the installation's own admins. */
function withOrganisation(command: Command): Command {
  return command.option("--organisation <organisation>", "of this organisation (by default one's own)");
}

function withState(command: Command): Command {
  return command.option("--disable", "refuse its calls").option("--enable", "let it call again");
}

function addKeyCommands(keys: Command, act: Act): void {
  const create = keys
    .command("create")
    .description("make a key; it is shown this once")
    .requiredOption("--name <name>", "what the key is for")
    .addOption(new Option("--scope <scope...>", "what it may do (by default: call)").choices(SCOPES))
    .option("--service", "a service account: of a program that nobody stands behind")
    .option("--user <user>", "whose it is")
    .option("--team <team>", "whose team it belongs to")
    .option("--project <project>", "which project pays")
    .option("--expires <time>", "stops working after this: 12h, 30d, or a date (by default never)")
    .option("--model <model...>", "the routes and models that it may call (by default any); vendor/* for all of one")
    .option("--allow-ip <block...>", "addresses and CIDR blocks that it may be used from (by default any)")
    .option("--parent <id>", "the key that it is made under: it never may more, and stops when that does");
  withOrganisation(withCaps(withRoles(create)))
    .addHelpText(
      "after",
      examples(
        "binnacle keys create --name ci --expires 30d",
        "binnacle keys create --name ops --scope read call",
        "binnacle keys create --name support --roles developer --organisation acme",
      ),
    )
    .action(
      act(async (cli, options: CreateKeyOptions) => (await import("./commands/keys.ts")).createKey(cli, options)),
    );
  withOrganisation(keys.command("list"))
    .description("list keys, newest first; never their secrets")
    .option("-n, --limit <count>", `at most this many, up to ${GREATEST_PAGE}`, wholeNumber(1, GREATEST_PAGE), 100)
    .option("--cursor <cursor>", "continue after the page that gave this cursor")
    .option(
      "--find <text>",
      "only those with this in their name, user, team or project, or at the beginning of their id",
    )
    .addHelpText("after", examples("binnacle keys list", "binnacle keys list --find project:atlas"))
    .action(act(async (cli, options: ListKeysOptions) => (await import("./commands/keys.ts")).listKeys(cli, options)));
  keys
    .command("rotate")
    .description("give a key a new secret, shown this once; the one before works a while longer")
    .argument("<id>", "the key's id, as `binnacle keys list` shows it")
    .option(
      "--overlap <time>",
      "how long the secret before goes on working: 30m, 24h, 7d; `none` for not at all",
      "24h",
    )
    .addHelpText("after", examples("binnacle keys rotate 0aB1cD2eF3gH --overlap 24h"))
    .action(
      act(async (cli, ...[id, options]: [string, { overlap: string }]) =>
        (await import("./commands/keys.ts")).rotateKey(cli, id, options),
      ),
    );
  keys
    .command("revoke")
    .description("revoke a key; it stops working within a second")
    .argument("<id>", "the key's id, as `binnacle keys list` shows it")
    .addHelpText("after", examples("binnacle keys revoke 0aB1cD2eF3gH"))
    .action(act(async (cli, id: string) => (await import("./commands/keys.ts")).revokeKey(cli, id)));
}

function addKeyUpdate(keys: Command, act: Act): void {
  const update = keys
    .command("update")
    .description("change a key; what is not named stays, and it takes hold within a second")
    .argument("<id>", "the key's id, as `binnacle keys list` shows it")
    .option("--name <name>", "what the key is for")
    .addOption(new Option("--scope <scope...>", "what it may do").choices(SCOPES))
    .option("--user <user>", "whose it is; `none` for nobody's")
    .option("--team <team>", "whose team it belongs to, or `none`")
    .option("--project <project>", "which project pays, or `none`")
    .option("--expires <time>", "stops working after this: 12h, 30d, a date, or `none`")
    .option("--model <model...>", "the routes and models that it may call; `none` for any")
    .option("--allow-ip <block...>", "addresses and CIDR blocks that it may be used from; `none` for any");
  withState(withCaps(withRoles(update)))
    .addHelpText(
      "after",
      examples(
        "binnacle keys update 0aB1cD2eF3gH --team research --expires 90d",
        "binnacle keys update 0aB1cD2eF3gH --budget 'usd: 5, every: day' --disable",
      ),
    )
    .action(
      act(async (cli, ...[id, options]: [string, UpdateKeyOptions]) =>
        (await import("./commands/keys.ts")).updateKey(cli, id, options),
      ),
    );
}

/** The same four for each kind. */
function addEntryCommands(program: Command, kind: EntryKind, act: Act): void {
  const all = `${kind}s`;
  const commands = group(program, all).description(`make, list, change and delete ${all}`);
  const name = `the ${kind}'s name`;
  const isInTeams = kind === "user" || kind === "project";
  const withTeams = (command: Command): Command =>
    isInTeams ? command.option("--team <team...>", "the teams it belongs to; `none` for none") : command;
  const withWhose = (command: Command): Command => (kind === "organisation" ? command : withOrganisation(command));
  const withAll = (command: Command): Command => {
    const whole = withWhose(withState(withCaps(withTeams(command.argument("<name>", name)))));
    return kind === "user" ? withRoles(whole) : whole;
  };
  withWhose(commands.command("list"))
    .description(`list ${all} by name`)
    .option("-n, --limit <count>", `at most this many, up to ${GREATEST_PAGE}`, wholeNumber(1, GREATEST_PAGE), 100)
    .option("--cursor <cursor>", "continue after the page that gave this cursor")
    .addHelpText("after", examples(`binnacle ${all} list`))
    .action(
      act(async (cli, options: { limit: number; cursor?: string; organisation?: string }) =>
        (await import("./commands/directory/entries.ts")).listEntries(cli, kind, options),
      ),
    );
  withAll(commands.command("create"))
    .description(`make a ${kind}`)
    .addHelpText("after", examples(`binnacle ${all} create research --budget 'usd: 400' --limit 'requests: 600'`))
    .action(
      act(async (cli, ...[entry, options]: [string, EntryOptions]) =>
        (await import("./commands/directory/entries.ts")).createEntry(cli, kind, { ...options, name: entry }),
      ),
    );
  withAll(commands.command("update"))
    .description(`change a ${kind}; what is not named stays, and it takes hold within a second`)
    .addHelpText("after", examples(`binnacle ${all} update research --disable`))
    .action(
      act(async (cli, ...[entry, options]: [string, EntryOptions]) =>
        (await import("./commands/directory/entries.ts")).updateEntry(cli, kind, { ...options, name: entry }),
      ),
    );
  withWhose(commands.command("delete").argument("<name>", name))
    .description(`delete a ${kind} that nothing names any more`)
    .addHelpText("after", examples(`binnacle ${all} delete research`))
    .action(
      act(async (cli, ...[entry, options]: [string, EntryOptions]) =>
        (await import("./commands/directory/entries.ts")).deleteEntry(cli, kind, { ...options, name: entry }),
      ),
    );
}

function addFileCommands(program: Command, act: Act): void {
  withOrganisation(program.command("apply"))
    .description("make users, teams, projects and keys as a file says; shows what would change, and asks")
    .requiredOption("-f, --file <file>", "YAML with users, teams, projects and keys; `-` reads standard input")
    .option("--dry-run", "show what would change, and change nothing")
    .option("--prune", "remove what the file's sections do not have; keys are revoked")
    .option("-y, --yes", "do not ask")
    .addHelpText(
      "after",
      examples("binnacle apply -f access.yaml --dry-run", "binnacle apply -f access.yaml --prune --yes"),
    )
    .action(
      act(async (cli, options: ApplyOptions) =>
        (await import("./commands/directory/apply-file.ts")).applyFile(cli, options),
      ),
    );
  withOrganisation(program.command("export"))
    .description("print users, teams, projects and keys as a file to apply; never secrets")
    .addHelpText("after", examples("binnacle export > access.yaml"))
    .action(
      act(async (cli, options: { organisation?: string }) =>
        (await import("./commands/directory/apply-file.ts")).exportState(cli, options),
      ),
    );
}
