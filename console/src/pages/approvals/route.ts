// Where approvals are decided: `/approvals/<id>?tab=decided`. The id alone is enough for a link in a message.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { oneOf, readSearch } from "../../page/address/read-search.ts";
import { rootRoute } from "../../shell/routing/root-route.ts";
import { approvalTabs, fates } from "./parts-of-page.ts";

export const approvalsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/approvals/{-$approvalId}",
  validateSearch: readSearch({
    tab: oneOf(approvalTabs),
    fate: oneOf(fates),
  }),
  component: lazyRouteComponent(() => import("./approvals-page.tsx"), "ApprovalsPage"),
});
