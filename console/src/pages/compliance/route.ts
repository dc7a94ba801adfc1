// What the evidence of a time shows, framework by framework, and what is sealed, erased and held: `/compliance?framework=soc2`.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { oneOf, readSearch, text, whole } from "../../page/address/read-search.ts";
import { rootRoute } from "../../shell/routing/root-route.ts";

const word = text(200);
const moment = whole();

export const complianceTabs = ["reports", "vault"] as const;

export const complianceRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/compliance",
  validateSearch: readSearch({
    tab: oneOf(complianceTabs),
    framework: word,
    days: whole(1, 400),
    from: moment,
    to: moment,
    open: word,
  }),
  component: lazyRouteComponent(() => import("./compliance-page.tsx"), "CompliancePage"),
});
