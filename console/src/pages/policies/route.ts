// Where policies are read, written and let decide: `/policies?tab=versions&version=2`.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { oneOf, readSearch, whole } from "../../page/address/read-search.ts";
import { rootRoute } from "../../shell/routing/root-route.ts";
import { policyTabs } from "./parts-of-page.ts";

export const policiesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/policies",
  validateSearch: readSearch({
    tab: oneOf(policyTabs),
    version: whole(1), // that is open beside the list
    whose: oneOf(["own", "shipped"]),
  }),
  component: lazyRouteComponent(() => import("./policies-page.tsx"), "PoliciesPage"),
});
