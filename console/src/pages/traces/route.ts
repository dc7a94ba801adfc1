// Where traces are listed, `/traces?filter=kind:agent`, and one of them is shown: `/traces/<id>?span=<record>`.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { oneOf, readSearch, text, whole } from "../../page/address/read-search.ts";
import { listSearchFields } from "../../components/records/list-search.ts";
import { rootRoute } from "../../shell/routing/root-route.ts";

export const tracesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/traces",
  validateSearch: readSearch({ ...listSearchFields, match: oneOf(["any"]) }),
  component: lazyRouteComponent(() => import("./traces-page.tsx"), "TracesPage"),
});

/** What of a trace's records is listed: all, those that its end waited for, or those that did not end well. */
export const shownRecords = ["all", "waited", "failed"] as const;

export const traceRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/traces/$traceId",
  validateSearch: readSearch({
    span: text(),
    view: oneOf(["timeline", "record"]),
    show: oneOf(shownRecords),
    depth: whole(1, 3),
    zoom: text(),
    find: text(),
    limit: whole(1, 20_000),
  }),
  component: lazyRouteComponent(() => import("./trace/trace-page.tsx"), "TracePage"),
});
