// What has been promised, what is wrong with it now, and who hears of it: `/alerts?tab=slos`, one alert beside the list by `open=<id>`.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { oneOf, readSearch, text } from "../../page/address/read-search.ts";
import { rootRoute } from "../../shell/routing/root-route.ts";
import { alertTabs } from "./tabs.ts";

const word = text(200);

export const alertsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/alerts",
  validateSearch: readSearch({
    tab: oneOf(alertTabs),
    /** What is open beside the list: an alert's id, or a rule's name. */
    open: word,
    /** Of the history: this rule's alone. */
    rule: word,
    /** Of messages: those in this state. */
    state: oneOf(["waiting", "sent", "dead"]),
  }),
  component: lazyRouteComponent(() => import("./alerts-page.tsx"), "AlertsPage"),
});
