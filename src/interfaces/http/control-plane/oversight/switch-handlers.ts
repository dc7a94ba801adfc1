// Kill switches: who may throw and lift them.
import type { Governance } from "../../../../governance/index.ts";
import type { Doors } from "../doors.ts";

export function switchHandlers({ switches: routes }: Doors, { switches }: Governance) {
  return {
    switches: {
      list: routes.list.handler(async ({ input }) => ({ switches: await switches.list(input) })),
      throw: routes.throw.handler(({ input, context }) => switches.throw(input, context.principal)),
      lift: routes.lift.handler(({ input, context }) => switches.lift(input.id, context.principal)),
    },
  };
}
