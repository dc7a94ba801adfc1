// Who may call: keys, organisations, users, teams and projects, and files that say all of these at once.
import type { Applying, Governance, Rights } from "../../../governance/index.ts";
import { OWN_ORGANISATION } from "../../../policy/index.ts";
import type { Asker, Doors } from "./doors.ts";

export function directoryHandlers(doors: Doors, governance: Governance) {
  const { keys, rights } = governance;
  const applyingFor = (asker: Asker): Applying =>
    governance.applying({ organisation: asker.organisation, ...ownerIn(asker, rights) });
  return {
    keys: {
      list: doors.keys.list.handler(({ input, context: { organisation } }) => keys.list({ ...input, organisation })),
      create: doors.keys.create.handler(({ input, context }) =>
        keys.create({ ...input, organisation: context.organisation }, askerOf(context, rights)),
      ),
      update: doors.keys.update.handler(({ input, context }) => keys.update(input, askerOf(context, rights))),
      rotate: doors.keys.rotate.handler(({ input, context }) => keys.rotate(input, askerOf(context, rights))),
      revoke: doors.keys.revoke.handler(({ input, context }) => keys.revoke(input.id, askerOf(context, rights))),
    },
    organisations: entryHandlers(doors.organisations, governance.organisations, rights),
    users: entryHandlers(doors.users, governance.users, rights),
    teams: entryHandlers(doors.teams, governance.teams, rights),
    projects: entryHandlers(doors.projects, governance.projects, rights),
    apply: doors.apply.handler(({ input, context }) => {
      // A file of the installation's own may make organisations; that is not part of changing what is in one.
      if (Object.hasOwn(input.state, "organisations"))
        rights.require(context.principal, {
          action: "manage_organisations",
          on: "installation",
          organisation: OWN_ORGANISATION,
        });
      return applyingFor(context).apply(input, context.principal);
    }),
    export: doors.export.handler(({ context }) => applyingFor(context).export()),
    // Who runs the installation sees those of all, unless an organisation is asked about.
    budgets: doors.budgets.handler(({ input, context: { principal, sight, isNamed } }) =>
      governance.budgets({ ...input, of: isNamed || !rights.allowsAll(principal, "read_figures") ? sight : undefined }),
    ),
  };
}

/** Keys of other organisations are not there for whoever asks, unless the request names one of these. */
function askerOf(asker: Asker, rights: Rights) {
  return { within: asker.organisation, keyId: asker.principal.keyId, ...ownerIn(asker, rights) };
}

/** Whether the role owner is theirs to give. */
function ownerIn({ principal, organisation }: Asker, rights: Rights) {
  const wish = { action: "grant_roles", on: "organisation", organisation, context: { role: "owner" } } as const;
  return { isOwner: rights.allows(principal, wish) };
}

/** The same five for each kind. */
function entryHandlers(routes: Doors["teams"], entries: Governance["teams"], rights: Rights) {
  return {
    list: routes.list.handler(({ input, context: { organisation } }) => entries.list({ ...input, organisation })),
    get: routes.get.handler(({ input, context: { organisation } }) => entries.get({ ...input, organisation })),
    create: routes.create.handler(({ input, context }) =>
      entries.create({ ...input, organisation: context.organisation }, ownerIn(context, rights)),
    ),
    update: routes.update.handler(({ input, context }) =>
      entries.update({ ...input, organisation: context.organisation }, ownerIn(context, rights)),
    ),
    delete: routes.delete.handler(({ input, context }) =>
      entries.delete({ ...input, organisation: context.organisation }, ownerIn(context, rights)),
    ),
  };
}
