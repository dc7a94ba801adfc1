// The audit trail: what is on it, and that it is whole.
import type { Audit } from "../../../audit/index.ts";
import type { Doors } from "../control-plane/doors.ts";

export function auditHandlers({ audit: routes }: Doors, audit: Audit) {
  return {
    state: routes.state.handler(() => audit.state()),
    list: routes.list.handler(({ input }) => audit.list(input)),
    show: routes.show.handler(({ input }) => audit.show(input.id)),
    proof: routes.proof.handler(({ input }) => audit.proof(input.id)),
    consistency: routes.consistency.handler(({ input }) => audit.consistency(input)),
    verify: routes.verify.handler(() => audit.verify()),
    newOrigin: routes.newOrigin.handler(async () => {
      await audit.newOrigin();
      return audit.state();
    }),
    rotateKey: routes.rotateKey.handler(async () => {
      await audit.rotateKey();
      return audit.state();
    }),
    erase: routes.erase.handler(({ input }) => audit.erase(input.subject)),
  };
}
