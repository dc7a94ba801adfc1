// Who did what, and that nothing of it was changed: `/audit?actor=ada&open=<entry>`, and the tree: `/audit?tab=tree`.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { oneOf, readSearch, text, whole } from "../../page/address/read-search.ts";
import { ranges } from "../../components/inputs/range/range-to-ms.ts";
import { rootRoute } from "../../shell/routing/root-route.ts";

const word = text(512);
const moment = whole();

export const auditRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/audit",
  validateSearch: readSearch({
    tab: oneOf(["tree"]),
    action: word,
    actor: word,
    type: word,
    resource: word,
    organisation: word,
    outcome: oneOf(["ok", "refused", "failed"]),
    calls: oneOf(["with"]),
    call: word,
    range: oneOf(ranges),
    from: moment,
    to: moment,
    open: word,
  }),
  component: lazyRouteComponent(() => import("./audit-page.tsx"), "AuditPage"),
});
