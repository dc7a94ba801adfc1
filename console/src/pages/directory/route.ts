// Teams, projects, users and what each may spend: `/directory?open=team:finance&tab=people&organisation=acme`.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { oneOf, readSearch, text } from "../../page/address/read-search.ts";
import { rootRoute } from "../../shell/routing/root-route.ts";

export const directoryRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/directory",
  validateSearch: readSearch({
    tab: oneOf(["people"]),
    open: text(200),
    find: text(200),
    organisation: text(63),
  }),
  component: lazyRouteComponent(() => import("./directory-page.tsx"), "DirectoryPage"),
});
