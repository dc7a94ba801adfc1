// The control plane's routes about routes: what there are, what one would do with a request, and changes of them.
import type { ChangeWish, Gateway } from "../../../gateway/index.ts";
import type { Governance, Principal } from "../../../governance/index.ts";
import type { Access } from "../access.ts";
import { explainRoute } from "./explain-route.ts";

export function routeHandlers(
  { reader, admin }: Pick<Access, "reader" | "admin">,
  rooms: { gateway: Gateway; governance: Governance },
) {
  const { routes } = rooms.gateway;
  return {
    list: reader.routes.list.handler(() => ({ routes: routes.list() })),
    get: reader.routes.get.handler(({ input }) => routes.get(input.name)),
    put: admin.routes.put.handler(({ input, context }) =>
      routes.put(input.name, input.plan, wishOf(input, context.principal)),
    ),
    delete: admin.routes.delete.handler(async ({ input: { params, query }, context }) => {
      await routes.remove(params.name, wishOf(query, context.principal));
      return { deleted: params.name };
    }),
    history: reader.routes.history.handler(async ({ input }) => ({
      versions: await routes.history(input.name, input.limit),
    })),
    restore: admin.routes.restore.handler(({ input, context }) =>
      routes.restore(input.name, input.revision, wishOf(input, context.principal)),
    ),
    explain: reader.routes.explain.handler(({ input, context }) => explainRoute(input, context.principal, rooms)),
  };
}

/** A change, as it was asked for. */
function wishOf(
  { if_revision: ifRevision, dry_run: isDryRun }: { if_revision?: number | undefined; dry_run?: boolean },
  by: Principal,
): ChangeWish {
  return { by, ifRevision, isDryRun };
}
