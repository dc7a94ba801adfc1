// Where users are listed by what they did, and one of them shown: `/users/<name>`.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { readSearch } from "../../page/address/read-search.ts";
import { listSearchFields } from "../../components/records/list-search.ts";
import { rootRoute } from "../../shell/routing/root-route.ts";

export const usersRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/users",
  validateSearch: readSearch(listSearchFields),
  component: lazyRouteComponent(() => import("./users-page.tsx"), "UsersPage"),
});

export const userRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/users/$user",
  validateSearch: readSearch({
    range: listSearchFields.range,
    from: listSearchFields.from,
    to: listSearchFields.to,
  }),
  component: lazyRouteComponent(() => import("./user/user-page.tsx"), "UserPage"),
});
