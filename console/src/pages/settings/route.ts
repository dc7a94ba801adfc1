// What the installation is set to, what it keeps, and how its parts are: `/settings?tab=storage`.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { oneOf, readSearch, text } from "../../page/address/read-search.ts";
import { rootRoute } from "../../shell/routing/root-route.ts";

export const settingsTabs = ["configuration", "storage", "health", "about"] as const;

export const settingsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/settings",
  validateSearch: readSearch({
    tab: oneOf(settingsTabs),
    find: text(),
    changed: oneOf(["yes"]),
    /** The path of the setting that stands beside the list. */
    open: text(200),
  }),
  component: lazyRouteComponent(() => import("./settings-page.tsx"), "SettingsPage"),
});
