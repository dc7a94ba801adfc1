// Where calls are listed, and one of them opened: `/calls/<id>?filter=cost:>0.01&outcome=failed&range=24h&show=routing`.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "../../shell/routing/root-route.ts";
import { callsSearch } from "./search-fields.ts";

export const callsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/calls/{-$callId}",
  validateSearch: callsSearch,
  component: lazyRouteComponent(() => import("./calls-page.tsx"), "CallsPage"),
});
