// The addresses of the page, put together from those of its pages. They stand behind `#`, so that any server of files can serve it.
import { type AnyRoute, createHashHistory, createRouter, type RouteComponent } from "@tanstack/react-router";
import { helmRoute } from "../../pages/helm/route.ts";
import { alertsRoute } from "../../pages/alerts/route.ts";
import { driftRoute } from "../../pages/drift/route.ts";
import { callsRoute } from "../../pages/calls/route.ts";
import { tracesRoute, traceRoute } from "../../pages/traces/route.ts";
import { sessionsRoute, sessionRoute } from "../../pages/sessions/route.ts";
import { usersRoute, userRoute } from "../../pages/users/route.ts";
import { costRoute } from "../../pages/cost/route.ts";
import { routesRoute } from "../../pages/routes/route.ts";
import { playgroundRoute } from "../../pages/playground/route.ts";
import { chatRoute } from "../../pages/chat/route.ts";
import { policiesRoute } from "../../pages/policies/route.ts";
import { guardrailsRoute } from "../../pages/guardrails/route.ts";
import { approvalsRoute } from "../../pages/approvals/route.ts";
import { switchesRoute } from "../../pages/switches/route.ts";
import { directoryRoute } from "../../pages/directory/route.ts";
import { keysRoute } from "../../pages/keys/route.ts";
import { auditRoute } from "../../pages/audit/route.ts";
import { complianceRoute } from "../../pages/compliance/route.ts";
import { settingsRoute } from "../../pages/settings/route.ts";
import { galleryRoute } from "../../gallery/route.ts";
import { rootRoute } from "./root-route.ts";
import { formatSearch, parseSearch } from "./search.ts";

const routeTree = rootRoute.addChildren([
  helmRoute,
  alertsRoute,
  driftRoute,
  callsRoute,
  tracesRoute,
  traceRoute,
  sessionsRoute,
  sessionRoute,
  usersRoute,
  userRoute,
  costRoute,
  routesRoute,
  playgroundRoute,
  chatRoute,
  policiesRoute,
  guardrailsRoute,
  approvalsRoute,
  switchesRoute,
  directoryRoute,
  keysRoute,
  auditRoute,
  complianceRoute,
  settingsRoute,
  // Every component with its states: for whoever works on the console.
  ...(import.meta.env.DEV ? [galleryRoute] : []),
]);

/** `frame` is drawn around every page, `lost` in place of one that there is not, `broken` in place of one that failed. */
export interface Surroundings {
  frame: RouteComponent;
  lost: () => React.ReactNode;
  broken: (props: { error: unknown }) => React.ReactNode;
}

export function openRouter({ frame, lost, broken }: Surroundings) {
  rootRoute.update({ component: frame, notFoundComponent: lost });
  return createRouter({
    routeTree,
    history: createHashHistory(),
    parseSearch,
    stringifySearch: formatSearch,
    defaultPreload: "intent",
    defaultErrorComponent: broken,
  });
}

export type ConsoleRouter = ReturnType<typeof openRouter>;

/** Begins to fetch the code of the page that the address names, and does not wait for it. */
export function fetchPage(router: ConsoleRouter): void {
  const routes: Readonly<Record<string, AnyRoute>> = router.routesById;
  for (const { routeId } of router.matchRoutes(router.latestLocation) as readonly { routeId: string }[]) {
    const route = routes[routeId];
    // What cannot be fetched is said where the page is drawn.
    if (route !== undefined) void router.loadRouteChunk(route)?.catch(() => undefined);
  }
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ConsoleRouter;
  }
}
