// What people do for themselves: see and end their sessions, change the password, add and remove passkeys.
import type { Principal } from "../../governance/index.ts";
import { entryOf, type Happening, type IdentityAudit } from "../audit.ts";
import { identityErrors } from "../errors.ts";
import type { Passkeys } from "../passkeys/passkeys.ts";
import type { Passwords } from "../passwords/passwords.ts";
import type { Sessions } from "../sessions/sessions.ts";
import type { StoredPasskey } from "../store/passkey-store.ts";
import type { PeopleStore } from "../store/people-store.ts";
import type { StoredSession, Who } from "../store/session-store.ts";

/** Who asks, by which session; none for those who come with a key in a header. */
export interface Self {
  principal: Principal;
  session: StoredSession | undefined;
  address: string;
}

export interface Own {
  sessions(self: Self): Promise<StoredSession[]>;
  /** Throws `identity.session_unknown`. */
  end(self: Self, id: string): Promise<void>;
  endOthers(self: Self): Promise<number>;
  /** All below throw `identity.not_a_person` for keys. Gives how many other sessions it has ended. */
  changePassword(self: Self, given: { current: string; next: string; known: string | undefined }): Promise<number>;
  passkeys(self: Self): Promise<StoredPasskey[]>;
  beginPasskey(self: Self, origin: string): Promise<object>;
  addPasskey(self: Self, answer: unknown, options: { origin: string; name: string }): Promise<StoredPasskey>;
  removePasskey(self: Self, id: string): Promise<void>;
}

export interface OwnDeps {
  sessions: Sessions;
  passwords: Passwords;
  passkeys: Passkeys;
  store: Pick<PeopleStore, "find">;
  audit: IdentityAudit;
}

export function createOwn({ sessions, passwords, passkeys, store, audit }: OwnDeps): Own {
  const note = (action: string, self: Self, details?: Happening["details"]): Promise<void> =>
    audit.note(
      entryOf({
        action,
        actor: { kind: "person", name: userOf(self) },
        ...(details && { details }),
        address: self.address,
      }),
    );
  return {
    sessions: (self) => sessions.list(whoOf(self)),
    end: (self, id) => sessions.endById(whoOf(self), id),
    endOthers: (self) => sessions.endAll(whoOf(self), self.session?.id),
    async changePassword(self, { current, next, known }) {
      const user = userOf(self);
      // Whoever found a screen unlocked does not know the password; who has none yet came in by another way.
      if ((await store.find(user))?.password)
        await passwords.prove({ name: user, password: current, known, address: self.address });
      await passwords.set(user, next);
      const ended = await sessions.endAll(whoOf(self), self.session?.id);
      await note("person_password_changed", self, { sessions: ended });
      return ended;
    },
    passkeys: (self) => passkeys.list(userOf(self)),
    beginPasskey: (self, origin) => passkeys.beginRegistration(userOf(self), origin),
    async addPasskey(self, answer, options) {
      const passkey = await passkeys.finishRegistration(userOf(self), answer, options);
      await note("person_passkey_added", self, { passkey: passkey.id });
      return passkey;
    },
    async removePasskey(self, id) {
      await passkeys.remove(userOf(self), id);
      await note("person_passkey_removed", self, { passkey: id });
    },
  };
}

function whoOf({ principal, session }: Self): Who {
  if (session) return { kind: session.kind, who: session.who };
  return { kind: "key", who: principal.keyId };
}

/** Throws `identity.not_a_person`: a key that names a user does not speak for the user. */
function userOf({ session }: Self): string {
  if (session?.kind !== "person") throw identityErrors.not_a_person({});
  return session.who;
}
