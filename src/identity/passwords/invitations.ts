// Invitations: a signed text, good once, by which a person sets the first proof. A newer one makes the older void.
import type { World } from "../../kernel/index.ts";
import { identityErrors } from "../errors.ts";
import { randomToken, readSigned, signText } from "../secrets.ts";
import type { OnceStore } from "../store/once-store.ts";
import type { WithDatabase } from "../../storage/index.ts";

export interface Invitation {
  id: string;
  user: string;
}

export interface Invitations {
  create(user: string): Promise<{ token: string; expiresAtMs: number }>;
  /** Whom it is for. Throws `identity.invitation_invalid`. */
  read(token: string): Promise<Invitation>;
  /** The same, this one time. */
  take(token: string): Promise<Invitation>;
  /** Who has one, and until when it may be taken. */
  pending(): Promise<Map<string, number>>;
}

export interface InvitationsDeps {
  once: OnceStore;
  world: Pick<World, "nowMs">;
  withDatabase: WithDatabase;
  secret: string;
  lifetimeMs: number;
}

export function createInvitations({ once, world, withDatabase, secret, lifetimeMs }: InvitationsDeps): Invitations {
  const idIn = (token: string): string => {
    const id = readSigned(token, secret);
    if (id === undefined) throw identityErrors.invitation_invalid({});
    return id;
  };
  const invitationOf = (id: string, data: unknown): Invitation => {
    // As `create` has put it.
    const found = data as { user: string } | undefined;
    if (!found) throw identityErrors.invitation_invalid({});
    return { id, user: found.user };
  };
  return {
    create: (user) =>
      withDatabase(async () => {
        const id = randomToken();
        const expiresAtMs = world.nowMs() + lifetimeMs;
        await once.put("invitation", { id, owner: user, data: { user }, expiresAtMs });
        return { token: signText(id, secret), expiresAtMs };
      }),
    read: (token) =>
      withDatabase(async () => {
        const id = idIn(token);
        return invitationOf(id, await once.read("invitation", id, world.nowMs()));
      }),
    take: (token) =>
      withDatabase(async () => {
        const id = idIn(token);
        return invitationOf(id, await once.take("invitation", id, world.nowMs()));
      }),
    pending: () => withDatabase(() => once.ownersOf("invitation", world.nowMs())),
  };
}
