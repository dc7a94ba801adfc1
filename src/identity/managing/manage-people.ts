// What an admin does for people: invitations, roles, passwords, accounts, and the end of their sessions.
import { type Governance, governanceErrors, type Principal } from "../../governance/index.ts";
import type { RoleName } from "../../policy/contract.ts";
import { entryOf, type Happening, type IdentityAudit } from "../audit.ts";
import type { Person } from "../contract.ts";
import { identityErrors } from "../errors.ts";
import type { Invitations } from "../passwords/invitations.ts";
import type { Passwords } from "../passwords/passwords.ts";
import type { People } from "../people/people.ts";
import type { Sessions } from "../sessions/sessions.ts";
import type { PeopleStore, PersonRow } from "../store/people-store.ts";
import type { StoredSession } from "../store/session-store.ts";
import type { WithDatabase } from "../../storage/index.ts";

export interface ManagePeople {
  list(page: { limit: number; cursor?: string | undefined }): Promise<{ people: Person[]; next_cursor: string | null }>;
  /** All below throw `identity.person_unknown`. */
  invite(by: Principal, given: Invite): Promise<{ user: string; url: string; expires_at_ms: number }>;
  setRoles(by: Principal, user: string, roles: readonly RoleName[]): Promise<Person>;
  setPassword(by: Principal, user: string, password: string): Promise<Person>;
  unlink(by: Principal, user: string, provider: string): Promise<Person>;
  sessions(user: string): Promise<StoredSession[]>;
  signOut(by: Principal, user: string): Promise<number>;
}

export interface Invite {
  user: string;
  roles?: readonly RoleName[] | undefined;
  origin: string;
}

export interface ManagePeopleDeps {
  governance: Pick<Governance, "users">;
  people: People;
  store: PeopleStore;
  sessions: Sessions;
  passwords: Passwords;
  invitations: Invitations;
  withDatabase: WithDatabase;
  audit: IdentityAudit;
}

export function createManagePeople(deps: ManagePeopleDeps): ManagePeople {
  const { governance, people, store, sessions, passwords, invitations, withDatabase, audit } = deps;
  const note = (action: string, by: Principal, about: Pick<Happening, "about" | "details">): Promise<void> => {
    const actor = { kind: by.kind === "person" ? "person" : "key", name: by.keyName, id: by.keyId } as const;
    return audit.note(entryOf({ action, actor, ...about }));
  };
  const everyone = { kind: "person" } as const;

  async function show(user: string): Promise<Person> {
    const [found] = await store.list({ limit: 1, only: user, after: "" });
    return personFrom(found ?? emptyPerson(user), await invitations.pending());
  }

  /** Throws `identity.person_unknown`, and refuses whoever would touch an owner without being one. */
  async function requireMine(by: Principal, user: string): Promise<void> {
    await people.requireUser(user);
    // An owner is one by a provider's groups, or by the directory.
    const { roles } = await governance.users.get({ name: user });
    requireNoMore(by, [...((await store.find(user))?.roles ?? []), ...roles]);
  }

  async function setRoles(by: Principal, user: string, roles: readonly RoleName[]): Promise<void> {
    requireNoMore(by, roles);
    await store.setRoles(user, roles.toSorted());
    await sessions.endAll({ ...everyone, who: user });
    await note("person_roles_changed", by, { about: user, details: { roles: roles.join(" ") } });
  }

  return {
    list: (page) => withDatabase(() => listPeople(page, deps)),
    invite: (by, { user, roles, origin }) =>
      withDatabase(async () => {
        await requireMine(by, user);
        if (roles) await setRoles(by, user, roles);
        else await store.setRoles(user, (await store.find(user))?.roles ?? []);
        const { token, expiresAtMs } = await invitations.create(user);
        await note("person_invited", by, { about: user });
        // Behind the #, so that it is in no server's log and no referrer.
        return { user, url: `${origin}/#/invitation/${token}`, expires_at_ms: expiresAtMs };
      }),
    setRoles: (by, user, roles) =>
      withDatabase(async () => {
        await requireMine(by, user);
        await setRoles(by, user, roles);
        return show(user);
      }),
    setPassword: (by, user, password) =>
      withDatabase(async () => {
        await requireMine(by, user);
        await passwords.set(user, password);
        await sessions.endAll({ ...everyone, who: user });
        await note("person_password_set", by, { about: user });
        return show(user);
      }),
    unlink: (by, user, provider) =>
      withDatabase(async () => {
        await requireMine(by, user);
        if (await store.unlink(user, provider))
          await note("person_account_unlinked", by, { about: user, details: { provider } });
        await sessions.endAll({ ...everyone, who: user });
        return show(user);
      }),
    sessions: (user) => sessions.list({ ...everyone, who: user }),
    async signOut(by, user) {
      const ended = await sessions.endAll({ ...everyone, who: user });
      await note("person_signed_out", by, { about: user, details: { sessions: ended } });
      return ended;
    },
  };
}

/** Nobody gives what is above everything but an owner, nor becomes one by an owner's password or invitation. */
function requireNoMore(by: Principal, roles: readonly RoleName[]): void {
  if (roles.includes("owner") && !by.roles.includes("owner"))
    throw governanceErrors.scope_missing({ key: by.keyId, scope: "owner" });
}

function personFrom({ name, ...row }: PersonRow, pending: Map<string, number>): Person {
  return { user: name, ...row, invited_until_ms: pending.get(name) ?? null };
}

const emptyPerson = (name: string): PersonRow => ({
  name,
  roles: [],
  has_password: false,
  passkeys: 0,
  accounts: [],
  last_sign_in_at_ms: null,
});

function readCursor(cursor: string | undefined): string {
  if (cursor === undefined) return "";
  const name = Buffer.from(cursor, "base64url").toString("utf8");
  if (name === "" || Buffer.from(name).toString("base64url") !== cursor)
    throw identityErrors.invalid({ why: "the cursor was not made by this list" });
  return name;
}

async function listPeople(
  { limit, cursor }: { limit: number; cursor?: string | undefined },
  { store, invitations }: ManagePeopleDeps,
): Promise<{ people: Person[]; next_cursor: string | null }> {
  const rows = await store.list({ limit: limit + 1, after: readCursor(cursor) });
  const pending = await invitations.pending();
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return {
    people: shown.map((row) => personFrom(row, pending)),
    next_cursor: last ? Buffer.from(last.name).toString("base64url") : null,
  };
}
