// The helm is where the console begins.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "../../shell/routing/root-route.ts";

export const helmRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/",
  component: lazyRouteComponent(() => import("./helm-page.tsx"), "HelmPage"),
});
