// Who may call: keys, users, teams and projects, and files that say all of these at once.
import type { Governance } from "../../../governance/index.ts";
import type { Doors } from "./doors.ts";

export function directoryHandlers({ reader, admin }: Doors, governance: Governance) {
  const applying = governance.applying();
  return {
    keys: {
      list: admin.keys.list.handler(({ input }) => governance.keys.list(input)),
      create: admin.keys.create.handler(({ input, context }) => governance.keys.create(input, context.principal.keyId)),
      update: admin.keys.update.handler(({ input }) => governance.keys.update(input)),
      rotate: admin.keys.rotate.handler(({ input }) => governance.keys.rotate(input)),
      revoke: admin.keys.revoke.handler(({ input }) => governance.keys.revoke(input.id)),
    },
    users: entryHandlers(admin.users, governance.users),
    teams: entryHandlers(admin.teams, governance.teams),
    projects: entryHandlers(admin.projects, governance.projects),
    apply: admin.apply.handler(({ input, context }) => applying.apply(input, context.principal)),
    export: admin.export.handler(() => applying.export()),
    budgets: reader.budgets.handler(({ input }) => governance.budgets(input)),
  };
}

/** The same five for each kind. */
function entryHandlers(routes: Doors["admin"]["teams"], entries: Governance["teams"]) {
  return {
    list: routes.list.handler(({ input }) => entries.list(input)),
    get: routes.get.handler(({ input }) => entries.get(input.name)),
    create: routes.create.handler(({ input }) => entries.create(input)),
    update: routes.update.handler(({ input }) => entries.update(input)),
    delete: routes.delete.handler(({ input }) => entries.delete(input.name)),
  };
}
