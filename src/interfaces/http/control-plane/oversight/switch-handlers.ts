// Kill switches: who may throw and lift them.
import type { Governance } from "../../../../governance/index.ts";
import type { Doors } from "../doors.ts";

export function switchHandlers({ reader, admin }: Doors, { switches }: Governance) {
  return {
    switches: {
      list: reader.switches.list.handler(async ({ input }) => ({ switches: await switches.list(input) })),
      throw: admin.switches.throw.handler(({ input, context }) => switches.throw(input, context.principal)),
      lift: admin.switches.lift.handler(({ input, context }) => switches.lift(input.id, context.principal)),
    },
  };
}
