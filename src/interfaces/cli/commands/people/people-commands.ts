// The commands about people: who may sign in, by what, and where they are signed in.
import { type Command, Option } from "commander";
import { type Act, examples, GREATEST_PAGE, wholeNumber } from "../../command-parts.ts";
import type { PersonOptions } from "./people.ts";

/** The contract's roleNames, written out: loading the contract would make every help slow. */
const ROLES = ["owner", "admin", "operator", "developer", "reviewer", "auditor", "member", "child"];
const roleOption = (what: string): Option => new Option("--role <role...>", what).choices(ROLES);
const USER = "a user of the directory";

export function addPeopleCommands(people: Command, act: Act): void {
  people
    .command("invite")
    .description("invite a user: a link, good once, by which a password or a passkey is set")
    .argument("<user>", USER)
    .addOption(roleOption("what the person may do (by default: as before)"))
    .addHelpText("after", examples("binnacle people invite ada --role auditor"))
    .action(
      act(async (cli, ...[user, options]: [string, PersonOptions]) =>
        (await import("./people.ts")).invitePerson(cli, user, options),
      ),
    );
  people
    .command("list")
    .description("list those who can sign in, with their roles and by what")
    .option("-n, --limit <count>", `at most this many, up to ${GREATEST_PAGE}`, wholeNumber(1, GREATEST_PAGE), 100)
    .option("--cursor <cursor>", "continue after the page that gave this cursor")
    .addHelpText("after", examples("binnacle people list"))
    .action(
      act(async (cli, options: { limit: number; cursor?: string }) =>
        (await import("./people.ts")).listPeople(cli, options),
      ),
    );
  people
    .command("update")
    .description("set a person's roles; open sessions end")
    .argument("<user>", USER)
    .addOption(roleOption("what the person may do; none where left out"))
    .addHelpText("after", examples("binnacle people update ada --role operator reviewer"))
    .action(
      act(async (cli, ...[user, options]: [string, PersonOptions]) =>
        (await import("./people.ts")).updatePerson(cli, user, options),
      ),
    );
  people
    .command("password")
    .description("set a person's password, from standard input; open sessions end")
    .argument("<user>", USER)
    .addHelpText("after", examples("binnacle people password ada < password.txt"))
    .action(act(async (cli, user: string) => (await import("./people.ts")).setPassword(cli, user)));
  addSessionCommands(people, act);
}

function addSessionCommands(people: Command, act: Act): void {
  people
    .command("unlink")
    .description("let go of a person's account at a provider")
    .argument("<user>", USER)
    .argument("<provider>", "as `binnacle people list` shows it, such as oidc:corp")
    .addHelpText("after", examples("binnacle people unlink ada oidc:corp"))
    .action(
      act(async (cli, ...[user, provider]: [string, string]) =>
        (await import("./people.ts")).unlinkPerson(cli, user, provider),
      ),
    );
  people
    .command("sessions")
    .description("list where a person is signed in")
    .argument("<user>", USER)
    .addHelpText("after", examples("binnacle people sessions ada"))
    .action(act(async (cli, user: string) => (await import("./people.ts")).listSessions(cli, user)));
  people
    .command("sign-out")
    .description("end all sessions of a person; on every process within a second")
    .argument("<user>", USER)
    .addHelpText("after", examples("binnacle people sign-out ada"))
    .action(act(async (cli, user: string) => (await import("./people.ts")).signOutPerson(cli, user)));
}
