// Sealed content: keys, erasures and legal holds.
import type { Audit } from "../../../../audit/index.ts";
import { type Gateway, scopesOfSubject } from "../../../../gateway/index.ts";
import { isAppError } from "../../../../kernel/index.ts";
import type { Vault } from "../../../../vault/index.ts";
import type { Doors } from "../doors.ts";

interface Rooms {
  vault: Vault;
  audit: Audit;
  gateway: Pick<Gateway, "cache">;
}

export function vaultHandlers({ vault: routes }: Doors, { vault, audit, gateway }: Rooms) {
  return {
    get: routes.get.handler(() => vault.state()),
    rotate: routes.rotate.handler(() => vault.rotate()),
    erase: routes.erase.handler(async ({ input: { subject, reason }, context }) => {
      const certificate = await vault.erase(subject, { reason, by: context.principal.keyName });
      // The trail tells of the vault's part and of its own; whose data it was stands in neither.
      await audit.note({
        action: "vault.erase",
        resource: { type: "erasure", id: certificate.id },
        outcome: "ok",
        details: { keys_destroyed: certificate.keys_destroyed, records: certificate.records },
      });
      // What the audit trail has sealed of a person goes with what the vault has.
      if (subject.user !== undefined) await eraseFromTrail(audit, `user:${subject.user}`);
      for (const scope of scopesOfSubject(subject)) await gateway.cache.purge({ scope });
      return certificate;
    }),
    erasures: routes.erasures.handler(async ({ input }) => ({ erasures: await vault.erasures(input.limit) })),
    hold: routes.hold.handler(({ input: { subject, reason }, context }) =>
      vault.hold(subject, { reason, by: context.principal.keyName }),
    ),
    holds: routes.holds.handler(async ({ input }) => ({ holds: await vault.holds(input.limit) })),
    lift: routes.lift.handler(({ input }) => vault.lift(input.id)),
  };
}

/** A person of whom nothing is sealed there needs nothing destroyed. */
async function eraseFromTrail(audit: Audit, subject: string): Promise<void> {
  try {
    await audit.erase(subject);
  } catch (error) {
    if (!isAppError(error) || error.code !== "audit.unknown_subject") throw error;
  }
}
