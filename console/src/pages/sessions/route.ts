// Where sessions are listed, and one of them read turn by turn: `/sessions/<name>`.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { readSearch } from "../../page/address/read-search.ts";
import { listSearchFields } from "../../components/records/list-search.ts";
import { rootRoute } from "../../shell/routing/root-route.ts";

export const sessionsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/sessions",
  validateSearch: readSearch(listSearchFields),
  component: lazyRouteComponent(() => import("./sessions-page.tsx"), "SessionsPage"),
});

export const sessionRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/sessions/$sessionId",
  component: lazyRouteComponent(() => import("./session/session-page.tsx"), "SessionPage"),
});
