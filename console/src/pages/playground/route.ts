// Where models are tried: `/playground?call=<id>` with what a recorded call asked, `?setup=…` with what stands in the address.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { readSearch, text } from "../../page/address/read-search.ts";
import { rootRoute } from "../../shell/routing/root-route.ts";

export const playgroundRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/playground",
  validateSearch: readSearch({
    call: text(100),
    setup: text(8000),
  }),
  component: lazyRouteComponent(() => import("./playground-page.tsx"), "PlaygroundPage"),
});
