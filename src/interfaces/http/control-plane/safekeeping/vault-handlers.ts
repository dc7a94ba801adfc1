// Sealed content: keys, erasures and legal holds.
import type { Audit } from "../../../../audit/index.ts";
import { isAppError } from "../../../../kernel/index.ts";
import type { Vault } from "../../../../vault/index.ts";
import type { Doors } from "../doors.ts";

export function vaultHandlers({ reader, admin }: Doors, { vault, audit }: { vault: Vault; audit: Audit }) {
  return {
    get: reader.vault.get.handler(() => vault.state()),
    rotate: admin.vault.rotate.handler(() => vault.rotate()),
    erase: admin.vault.erase.handler(async ({ input: { subject, reason }, context }) => {
      const certificate = await vault.erase(subject, { reason, by: context.principal.keyName });
      // What the audit trail has sealed of a person goes with what the vault has.
      if (subject.user !== undefined) await eraseFromTrail(audit, `user:${subject.user}`);
      return certificate;
    }),
    erasures: reader.vault.erasures.handler(async ({ input }) => ({ erasures: await vault.erasures(input.limit) })),
    hold: admin.vault.hold.handler(({ input: { subject, reason }, context }) =>
      vault.hold(subject, { reason, by: context.principal.keyName }),
    ),
    holds: reader.vault.holds.handler(async ({ input }) => ({ holds: await vault.holds(input.limit) })),
    lift: admin.vault.lift.handler(({ input }) => vault.lift(input.id)),
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
