// Who calls with a key, by the key and by what the directory says of its user, team and project; and what stands against it.
import { ownRules, type Rule } from "../budgets/rules.ts";
import type { EntryKind } from "../directory/contract.ts";
import type { Directory, KnownEntry } from "../directory/directory.ts";
import { type Principal, rolesOf, scopesOf } from "../principal.ts";
import type { StoredKey } from "./store.ts";

export interface Caller {
  principal: Principal;
  /** What the key carries of its own. */
  ownRules: readonly Rule[];
  /** `team core`: disabled. */
  disabled: string | undefined;
  /** Named by the key, and not in a directory that is strict. */
  unknown: { kind: EntryKind; name: string } | undefined;
}

interface Named {
  kind: EntryKind;
  name: string;
  entry: KnownEntry | undefined;
}

/** That a key names. */
const kindsOfNames = ["user", "team", "project"] as const;

export function callerOf(key: StoredKey, directory: Directory, isStrict: boolean): Caller {
  const team = key.team ?? teamOf(key, directory);
  const names = { user: key.user, team, project: key.project };
  const { organisation } = key;
  const named: Named[] = kindsOfNames.flatMap((kind) => {
    const name = names[kind];
    return name === null ? [] : [{ kind, name, entry: directory.find(kind, name, organisation) }];
  });
  // Nobody is in an organisation that is not there: it can be deleted only when it is empty.
  const whose: Named = {
    kind: "organisation",
    name: organisation,
    entry: directory.find("organisation", organisation),
  };
  const disabled = [...named, whose].find(({ entry }) => entry?.disabled);
  const unknown = isStrict ? named.find(({ entry }) => !entry) : undefined;
  const ofKey = ownRules({ of: "key", name: key.id }, key);
  const ownCaps = [...ofKey, ...[...named, whose].flatMap(({ entry }) => entry?.rules ?? [])];
  return {
    principal: {
      kind: key.kind,
      roles: rolesOf(key),
      organisation,
      keyId: key.id,
      keyName: key.name,
      scopes: scopesOf(key),
      ...names,
      ...(ownCaps.length > 0 && { ownCaps }),
      ...(key.models && { models: key.models }),
    },
    ownRules: ofKey,
    disabled: key.disabled ? `key ${key.id}` : disabled && `${disabled.kind} ${disabled.name}`,
    unknown,
  };
}

/** A key without a team counts for that of its project, or else of its user, where there is exactly one. */
function teamOf({ user, project, organisation }: StoredKey, directory: Directory): string | null {
  for (const [kind, name] of [
    ["project", project],
    ["user", user],
  ] as const) {
    const [team, ...others] = name === null ? [] : (directory.find(kind, name, organisation)?.teams ?? []);
    if (team !== undefined && others.length === 0) return team;
  }
  return null;
}
