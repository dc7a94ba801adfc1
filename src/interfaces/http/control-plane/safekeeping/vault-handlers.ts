// Sealed content: keys, erasures and legal holds.
import type { Vault } from "../../../../vault/index.ts";
import type { Doors } from "../doors.ts";

export function vaultHandlers({ reader, admin }: Doors, vault: Vault) {
  return {
    get: reader.vault.get.handler(() => vault.state()),
    rotate: admin.vault.rotate.handler(() => vault.rotate()),
    erase: admin.vault.erase.handler(({ input: { subject, reason }, context }) =>
      vault.erase(subject, { reason, by: context.principal.keyName }),
    ),
    erasures: reader.vault.erasures.handler(async ({ input }) => ({ erasures: await vault.erasures(input.limit) })),
    hold: admin.vault.hold.handler(({ input: { subject, reason }, context }) =>
      vault.hold(subject, { reason, by: context.principal.keyName }),
    ),
    holds: reader.vault.holds.handler(async ({ input }) => ({ holds: await vault.holds(input.limit) })),
    lift: admin.vault.lift.handler(({ input }) => vault.lift(input.id)),
  };
}
