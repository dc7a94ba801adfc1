// Where costs are: `/cost?by=team&project=harbour&range=7d`. Each dimension of the address narrows by that.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "../../shell/routing/root-route.ts";
import { costSearch } from "./search.ts";

export const costRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/cost",
  validateSearch: costSearch,
  component: lazyRouteComponent(() => import("./cost-page.tsx"), "CostPage"),
});
