// Where guardrails are seen, tried, and their findings looked through: `/guardrails?tab=findings&what=email&range=7d`.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { oneOf, readSearch, text } from "../../page/address/read-search.ts";
import { rootRoute } from "../../shell/routing/root-route.ts";
import { guardrailTabs } from "./parts-of-page.ts";

export const guardrailsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/guardrails",
  validateSearch: readSearch({
    tab: oneOf(guardrailTabs),
    what: text(100), // a kind, a policy or an outcome
    range: oneOf(["1h", "24h", "7d", "30d"]),
    call: text(100), // whose findings are open beside the list
    policy: text(200), // by which a text is tried
  }),
  component: lazyRouteComponent(() => import("./guardrails-page.tsx"), "GuardrailsPage"),
});
