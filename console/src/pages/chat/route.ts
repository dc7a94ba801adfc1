// The household's chat: `/chat?conversation=<session>` goes on with one that is on record.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { readSearch, text } from "../../page/address/read-search.ts";
import { rootRoute } from "../../shell/routing/root-route.ts";

export const chatRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/chat",
  validateSearch: readSearch({
    conversation: text(200),
    model: text(200),
  }),
  component: lazyRouteComponent(() => import("./chat-page.tsx"), "ChatPage"),
});
