// Who of the directory somebody is: by name for passwords and passkeys, by a link for accounts at providers, which also bring roles
// and teams by their groups.
import { type Governance, type Principal } from "../../governance/index.ts";
import { isAppError } from "../../kernel/index.ts";
import type { RoleName } from "../../policy/contract.ts";
import { identityErrors } from "../errors.ts";
import type { PeopleStore } from "../store/people-store.ts";
import type { WithDatabase } from "../../storage/index.ts";
import type { ProviderGrants } from "./provider-config.ts";

/** Somebody whom a provider knows. */
export interface Arrival {
  /** `oidc:NAME` or `saml:NAME`. */
  provider: string;
  /** For messages. */
  name: string;
  /** The provider's own id, which never changes hands. */
  subject: string;
  /** What the provider says that the directory's user is called. */
  user: string | undefined;
  groups: readonly string[];
}

export interface People {
  /** Throws `governance.not_in_directory` and `governance.disabled`. */
  principalOf(user: string): Promise<Principal>;
  /** The directory's user of somebody who comes from a provider. Throws `identity.no_such_person` and `.account_taken`. */
  welcome(arrival: Arrival, grants: ProviderGrants): Promise<string>;
  /** Throws `identity.person_unknown`. */
  requireUser(user: string): Promise<void>;
}

export interface PeopleDeps {
  store: PeopleStore;
  governance: Pick<Governance, "users" | "identify">;
  withDatabase: WithDatabase;
}

const NAME_LENGTH_MAX = 100;

export function createPeople({ store, governance, withDatabase }: PeopleDeps): People {
  const { users } = governance;

  async function isThere(name: string): Promise<boolean> {
    try {
      await users.get({ name });
      return true;
    } catch (error) {
      if (isAppError(error) && error.code === "governance.entry_unknown") return false;
      throw error;
    }
  }

  /** Makes room for a user whose name somebody had who was deleted: nothing of that one is inherited. */
  async function renew(user: string): Promise<void> {
    const before = await store.find(user);
    if (!before || !(await isThere(user))) return;
    const { created_at_ms } = await users.get({ name: user });
    if (created_at_ms > before.since_ms) await store.forget(user);
  }

  async function linkNew(arrival: Arrival, { people }: ProviderGrants): Promise<string> {
    const { provider, name, subject } = arrival;
    const person = arrival.user?.trim() ?? "";
    if (people === "linked" || person === "" || person.length > NAME_LENGTH_MAX)
      throw identityErrors.no_such_person({ name });
    const isUser = await isThere(person);
    if (!isUser && people === "existing") throw identityErrors.no_such_person({ name });
    if (!isUser) await users.create({ name: person, roles: [], teams: [], disabled: false, budgets: [], limits: [] });
    await renew(person);
    // Two first sign-ins at once: one links, the other finds it.
    if (!(await store.link({ provider, subject, person })) && (await store.personOf(provider, subject)) !== person)
      throw identityErrors.account_taken({ name });
    return person;
  }

  const grant = createGranting({ store, users });

  return {
    principalOf: (user) =>
      withDatabase(async () => {
        const person = await store.find(user);
        return governance.identify.person(user, person?.roles.toSorted() ?? [], person?.since_ms ?? 0);
      }),
    welcome: (arrival, grants) =>
      withDatabase(async () => {
        const before = await store.personOf(arrival.provider, arrival.subject);
        if (before !== undefined) await renew(before);
        const linked = await store.personOf(arrival.provider, arrival.subject);
        const person = linked ?? (await linkNew(arrival, grants));
        await store.hear(person);
        await grant(person, arrival.groups, grants);
        return person;
      }),
    requireUser: (user) =>
      withDatabase(async () => {
        if (!(await isThere(user))) throw identityErrors.person_unknown({ user });
        await renew(user);
      }),
  };
}

/** Gives a person the roles and teams of the groups. */
function createGranting({ store, users }: { store: PeopleStore; users: Governance["users"] }) {
  async function grant(person: string, groups: readonly string[], grants: ProviderGrants): Promise<void> {
    const all = Object.values(grants.groups);
    if (all.length === 0 && grants.default_roles.length === 0) return;
    const held = groups.flatMap((group) => (Object.hasOwn(grants.groups, group) ? [grants.groups[group]] : []));
    const roles = [...new Set([...grants.default_roles, ...held.flatMap((each) => each?.roles ?? [])])].toSorted();
    await setRoles(person, roles);
    await setTeams(person, {
      managed: all.flatMap(({ teams }) => teams),
      held: held.flatMap((each) => each?.teams ?? []),
    });
  }

  async function setRoles(person: string, roles: RoleName[]): Promise<void> {
    const before = (await store.find(person))?.roles ?? [];
    if (before.toSorted().join(" ") !== roles.join(" ")) await store.setRoles(person, roles);
  }

  /** Teams that no group stands for are left as they are. */
  async function setTeams(person: string, { managed, held }: { managed: string[]; held: string[] }): Promise<void> {
    if (managed.length === 0) return;
    const { teams } = await users.get({ name: person });
    const next = [...new Set([...teams.filter((team) => !managed.includes(team)), ...held])];
    if (next.toSorted().join("\n") !== teams.toSorted().join("\n")) await users.update({ name: person, teams: next });
  }

  return grant;
}
