// The signed-in page: the rail, what concerns all pages, and the page that the address names.
import { RouterProvider } from "@tanstack/react-router";
import type { OwnSession } from "../../../src/identity/contract.ts";
import type { Api } from "../api/open-api.ts";
import { ServicesContext } from "../page/services.ts";
import type { ConsoleRouter } from "./routing/router.ts";
import { LeaveContext, type Leave } from "./leave.ts";

interface ConsoleProps {
  api: Api;
  router: ConsoleRouter;
  session: OwnSession;
  onLeave: Leave;
}

export function Console({ api, router, session, onLeave }: ConsoleProps) {
  return (
    <ServicesContext value={{ api, session }}>
      <LeaveContext value={onLeave}>
        <RouterProvider router={router} />
      </LeaveContext>
    </ServicesContext>
  );
}
