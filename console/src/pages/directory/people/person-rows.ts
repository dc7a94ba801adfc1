// The users of the directory, with how each signs in, where they do.
import type { Entry, RoleName } from "../../../../../src/governance/contract.ts";
import type { Person } from "../../../../../src/identity/contract.ts";
import type { StateTone } from "../../../components/figures/state-word.tsx";

export interface PersonRow {
  name: string;
  entry: Entry;
  /** Undefined for those who were never invited and never came. */
  person: Person | undefined;
  /** By the directory and by sign-in together: what they may do. */
  roles: readonly RoleName[];
}

export function personRowsOf(users: readonly Entry[], people: readonly Person[]): PersonRow[] {
  const byName = new Map(people.map((person) => [person.user, person]));
  return users.map((entry) => {
    const person = byName.get(entry.name);
    return {
      name: entry.name,
      entry,
      person,
      roles: [...new Set([...entry.roles, ...(person?.roles ?? [])])].toSorted(),
    };
  });
}

/** `password, 2 passkeys, oidc:corp`; empty for whoever cannot sign in. */
export function waysOf(person: Person | undefined): string {
  if (person === undefined) return "";
  const { has_password: hasPassword, passkeys, accounts } = person;
  return [
    ...(hasPassword ? ["password"] : []),
    ...(passkeys === 0 ? [] : [passkeys === 1 ? "a passkey" : `${passkeys} passkeys`]),
    ...accounts.map(({ provider }) => provider),
  ].join(", ");
}

export interface PersonState {
  tone: StateTone;
  word: string;
}

export function stateOfPerson({ entry, person }: PersonRow, nowMs: number): PersonState {
  if (entry.disabled) return { tone: "off", word: "disabled" };
  if (waysOf(person) !== "") return { tone: "ok", word: "can sign in" };
  const until = person?.invited_until_ms ?? null;
  if (until !== null && until > nowMs) return { tone: "warn", word: "invited" };
  return { tone: "off", word: until === null ? "no sign-in" : "invitation over" };
}

export function findPeople(rows: readonly PersonRow[], find: string): PersonRow[] {
  const wanted = find.trim().toLowerCase();
  if (wanted === "") return [...rows];
  return rows.filter(({ name, roles, entry, person }) =>
    [name, ...roles, ...entry.teams, waysOf(person)].join(" ").toLowerCase().includes(wanted),
  );
}
