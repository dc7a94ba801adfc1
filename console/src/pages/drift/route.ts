// Whether calls are still what they were: `/drift`, one finding beside the list by `open=<id>`.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { oneOf, readSearch, text } from "../../page/address/read-search.ts";
import { rootRoute } from "../../shell/routing/root-route.ts";
import { driftTabs } from "./tabs.ts";

export const driftRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/drift",
  validateSearch: readSearch({
    tab: oneOf(driftTabs),
    open: text(100),
    /** Findings that are closed as well. */
    state: oneOf(["all"]),
  }),
  component: lazyRouteComponent(() => import("./drift-page.tsx"), "DriftPage"),
});
