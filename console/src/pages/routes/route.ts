// Where routes and vendors are: `/routes`, `/routes?tab=vendors`, and one route, `/routes/fast?view=edit`.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { oneOf, readSearch } from "../../page/address/read-search.ts";
import { rootRoute } from "../../shell/routing/root-route.ts";

export const routesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/routes/{-$name}",
  validateSearch: readSearch({
    tab: oneOf(["vendors"]),
    view: oneOf(["try", "edit", "history"]),
  }),
  component: lazyRouteComponent(() => import("./routes-page.tsx"), "RoutesPage"),
});
