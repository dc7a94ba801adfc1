// Where things are switched off: `/switches?tab=history`.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { oneOf, readSearch } from "../../page/address/read-search.ts";
import { rootRoute } from "../../shell/routing/root-route.ts";

export const switchesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/switches",
  validateSearch: readSearch({ tab: oneOf(["history"]) }),
  component: lazyRouteComponent(() => import("./switches-page.tsx"), "SwitchesPage"),
});
