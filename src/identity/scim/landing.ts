// Where people who are provisioned land: users of the directory, with roles and teams by their groups. Whoever is deactivated or
// deleted has a disabled user, whose keys and sessions are refused everywhere within a second.
import type { Governance } from "../../governance/index.ts";
import { isAppError } from "../../kernel/index.ts";
import type { ScimConfig } from "./config.ts";
import { scimError } from "./schemas.ts";
import type { ScimStore } from "./store.ts";

export interface Landing {
  /** Lets the directory's user of this name be as the provider says. Throws SCIM errors and what governance throws. */
  land(person: { id: string; name: string; isActive: boolean }): Promise<void>;
  /** Refuses all of a person's keys and sessions; the user stays, disabled, for what is on record of it. */
  retire(name: string, options: { revokeKeys: boolean }): Promise<void>;
}

export interface LandingDeps {
  store: ScimStore;
  governance: Pick<Governance, "users" | "keys">;
}

const NAME_LENGTH_MAX = 100;

export function createLanding(config: ScimConfig, { store, governance }: LandingDeps): Landing {
  const { users, keys } = governance;
  const managedTeams = new Set(Object.values(config.groups).flatMap(({ teams }) => teams));
  // One after the other: what groups come to is worked out from all of them, and the last must know all.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };

  async function find(name: string) {
    try {
      return await users.get(name);
    } catch (error) {
      if (isAppError(error) && error.code === "governance.entry_unknown") return undefined;
      throw error;
    }
  }

  async function landNow({ id, name, isActive }: Parameters<Landing["land"]>[0]): Promise<void> {
    if (name.length > NAME_LENGTH_MAX)
      throw scimError(400, "invalidValue", `a userName has at most ${NAME_LENGTH_MAX} characters here`);
    const groups = await store.groupsOf(id);
    const held = groups.flatMap((group) =>
      Object.hasOwn(config.groups, group.name) ? [config.groups[group.name]] : [],
    );
    const there = await find(name);
    const kept = (there?.teams ?? []).filter((team) => !managedTeams.has(team));
    const teams = [...new Set([...kept, ...held.flatMap((each) => each?.teams ?? [])])];
    // The roles first: nobody is let in with more than groups say.
    await store.setRoles(
      name,
      [...new Set([...config.default_roles, ...held.flatMap((each) => each?.roles ?? [])])].toSorted(),
    );
    const disabled = !isActive;
    if (!there) await users.create({ name, teams, disabled, budgets: [], limits: [] });
    else if (there.disabled !== disabled || teams.toSorted().join("\n") !== there.teams.toSorted().join("\n"))
      await users.update({ name, teams, disabled });
    if (disabled) await store.endSessions(name);
  }

  return {
    land: (person) => inTurn(() => landNow(person)),
    retire: (name, { revokeKeys }) =>
      inTurn(async () => {
        const there = await find(name);
        if (there && !there.disabled) await users.update({ name, disabled: true });
        await store.setRoles(name, []);
        await store.endSessions(name);
        if (revokeKeys) await keys.revokeOf(name);
      }),
  };
}
