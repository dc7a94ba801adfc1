// The audit trail: what is on it, and that it is whole.
import type { Audit } from "../../../audit/index.ts";
import type { Doors } from "../control-plane/doors.ts";

export function auditHandlers({ reader, admin }: Doors, audit: Audit) {
  const [read, change] = [reader.audit, admin.audit];
  return {
    state: read.state.handler(() => audit.state()),
    list: read.list.handler(({ input }) => audit.list(input)),
    show: read.show.handler(({ input }) => audit.show(input.id)),
    proof: read.proof.handler(({ input }) => audit.proof(input.id)),
    consistency: read.consistency.handler(({ input }) => audit.consistency(input)),
    verify: read.verify.handler(() => audit.verify()),
    newOrigin: change.newOrigin.handler(async () => {
      await audit.newOrigin();
      return audit.state();
    }),
    rotateKey: change.rotateKey.handler(async () => {
      await audit.rotateKey();
      return audit.state();
    }),
    erase: change.erase.handler(({ input }) => audit.erase(input.subject)),
  };
}
