// `people invite`, `list`, `update`, `password`, `unlink`, `sessions`, `sign-out`.
import type { Person, SessionView } from "../../../../identity/contract.ts";
import type { Cli } from "../../cli.ts";
import { connect } from "../../connect.ts";
import { formatDay } from "../../terminal/moment.ts";
import { bold, dim, green } from "../../terminal/style.ts";

export interface PersonOptions {
  role?: Person["roles"];
}

export async function invitePerson(cli: Cli, user: string, { role }: PersonOptions): Promise<void> {
  const { output } = cli;
  const invitation = await connect(cli).api.people.invite({ user, ...(role && { roles: role }) });
  if (output.isJson) return output.json(invitation);
  output.note(green("Invited "), bold(user), `, until ${formatDay(invitation.expires_at_ms)}.`);
  output.note("Whoever opens this link first is that person; it is good once:");
  output.note();
  // Alone on stdout, so that it can be piped into a mail.
  output.line(invitation.url);
}

export async function listPeople(cli: Cli, options: { limit: number; cursor?: string }): Promise<void> {
  const { output } = cli;
  const page = await connect(cli).api.people.list(options);
  if (output.isJson) return output.json(page);
  if (page.people.length === 0)
    return output.note("Nobody can sign in as a person yet; `binnacle people invite USER` invites a user.");
  output.table(
    [{ title: "USER", shrinksTo: 8 }, { title: "ROLES" }, { title: "SIGNS IN BY", shrinksTo: 10 }, { title: "LAST" }],
    page.people.map((person) => [
      person.user,
      person.roles.join(" ") || dim("–"),
      proofsOf(person) || dim("–"),
      person.last_sign_in_at_ms === null ? dim("never") : formatDay(person.last_sign_in_at_ms),
    ]),
  );
  if (page.next_cursor !== null && output.isTerminal) output.note(dim(`More, with --cursor ${page.next_cursor}`));
}

export async function updatePerson(cli: Cli, user: string, { role = [] }: PersonOptions): Promise<void> {
  const { output } = cli;
  const person = await connect(cli).api.people.update({ user, roles: role });
  if (output.isJson) return output.json(person);
  output.line(green("Changed "), bold(user), `: ${person.roles.join(", ") || "no role"}. Open sessions have ended.`);
}

/** From standard input: a password on the command line is read by everybody on the machine. */
export async function setPassword(cli: Cli, user: string): Promise<void> {
  const { host, output } = cli;
  if (host.stdin.isTerminal) output.note(`The new password of ${user}, then Enter and Ctrl-D:`);
  const password = (await host.stdin.read()).replace(/\r?\n$/, "");
  const person = await connect(cli).api.people.setPassword({ user, password });
  if (output.isJson) return output.json(person);
  output.line(green("Set the password of "), bold(user), ". Open sessions have ended.");
}

export async function unlinkPerson(cli: Cli, user: string, provider: string): Promise<void> {
  const { output } = cli;
  const person = await connect(cli).api.people.unlink({ user, provider });
  if (output.isJson) return output.json(person);
  output.line(green("Let go of "), bold(user), `'s account at ${provider}. Open sessions have ended.`);
}

export async function listSessions(cli: Cli, user: string): Promise<void> {
  const { output } = cli;
  const found = await connect(cli).api.people.sessions({ user });
  if (output.isJson) return output.json(found);
  if (found.sessions.length === 0) return output.note(`${user} is not signed in anywhere.`);
  output.table(
    [
      { title: "ID" },
      { title: "BY" },
      { title: "FROM", shrinksTo: 8 },
      { title: "BROWSER", shrinksTo: 10 },
      { title: "SINCE" },
    ],
    found.sessions.map((session: SessionView) => [
      session.id,
      session.way,
      session.address,
      session.agent || dim("–"),
      formatDay(session.created_at_ms),
    ]),
  );
}

export async function signOutPerson(cli: Cli, user: string): Promise<void> {
  const { output } = cli;
  const done = await connect(cli).api.people.signOut({ user });
  if (output.isJson) return output.json(done);
  output.line(green("Signed out "), bold(user), `: ${done.ended} ${done.ended === 1 ? "session" : "sessions"} ended.`);
}

function proofsOf({ has_password, passkeys, accounts, invited_until_ms }: Person): string {
  const proofs = accounts.map(({ provider }) => provider);
  if (passkeys > 0) proofs.unshift(passkeys === 1 ? "passkey" : `${passkeys} passkeys`);
  if (has_password) proofs.unshift("password");
  if (invited_until_ms !== null) proofs.push("invited");
  return proofs.join(", ");
}
