// Keys: `/keys?open=<id>&state=expired&find=bot`; `?new=project:atlas` opens the dialog that makes one.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { oneOf, readSearch, text } from "../../page/address/read-search.ts";
import { rootRoute } from "../../shell/routing/root-route.ts";

export const keysRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/keys",
  validateSearch: readSearch({
    open: text(200),
    find: text(200),
    state: oneOf(["all", "active", "disabled", "expired", "revoked"]),
    organisation: text(63),
    new: text(200),
  }),
  component: lazyRouteComponent(() => import("./keys-page.tsx"), "KeysPage"),
});
