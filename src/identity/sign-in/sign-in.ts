// Signing in, by whichever way: a proof becomes a person of the directory, and the person gets a new session. Each sign-in, and each
// that was refused, is written down.
import type { Governance, Principal } from "../../governance/index.ts";
import { isAppError } from "../../kernel/index.ts";
import { entryOf, type Happening, type IdentityAudit } from "../audit.ts";
import { identityErrors } from "../errors.ts";
import type { Oidc } from "../oidc/oidc.ts";
import type { Passkeys } from "../passkeys/passkeys.ts";
import type { Invitations } from "../passwords/invitations.ts";
import type { Passwords } from "../passwords/passwords.ts";
import type { Arrival, People } from "../people/people.ts";
import type { ProviderGrants } from "../people/provider-config.ts";
import type { Saml } from "../saml/saml.ts";
import type { From, Opened, Opening, Sessions } from "../sessions/sessions.ts";
import type { PeopleStore } from "../store/people-store.ts";

export interface SignedIn extends Opened {
  principal: Principal;
  /** Keeps wrong passwords of others from counting in this browser; null for keys. */
  knownBrowser: string | null;
  returnTo: string;
}

export interface SignIn {
  byKey(key: string | undefined, from: From): Promise<SignedIn>;
  byPassword(given: { name: string; password: string; known: string | undefined }, from: From): Promise<SignedIn>;
  /** Sets the first password, or another one, and ends what was open before. */
  byInvitation(given: { token: string; password: string }, from: From): Promise<SignedIn>;
  /** The same with a passkey in the password's place. */
  byInvitedPasskey(
    given: { token: string; answer: unknown; origin: string; name: string },
    from: From,
  ): Promise<SignedIn>;
  byPasskey(answer: unknown, origin: string, from: From): Promise<SignedIn>;
  byOidc(name: string, answer: { url: URL; browser: string | undefined }, from: From): Promise<SignedIn>;
  bySaml(name: string, answer: { code: string | null; browser: string | undefined }, from: From): Promise<SignedIn>;
}

export interface SignInDeps {
  governance: Pick<Governance, "identify" | "require">;
  people: People;
  store: Pick<PeopleStore, "noteSignIn">;
  sessions: Sessions;
  passwords: Passwords;
  invitations: Invitations;
  passkeys: Passkeys;
  oidc: Oidc;
  saml: Saml;
  audit: IdentityAudit;
  nowMs(): number;
  seeKey(principal: Principal, use: { what: string; address: string }): void;
}

export function createSignIn(deps: SignInDeps): SignIn {
  const { governance, people, sessions, passwords, invitations, passkeys, oidc, saml } = deps;
  const enter = createEntering(deps);
  return {
    async byKey(key, from) {
      const principal = await governance.identify.byKey(key, () => from.exactAddress);
      governance.require(principal, "read");
      deps.seeKey(principal, { what: "sign in", address: from.address });
      const opening: Opening = { kind: "key", who: principal.keyId, roles: principal.roles, way: "key" };
      const actor = { kind: "key", name: principal.keyId } as const;
      const { address } = from;
      await deps.audit.note(entryOf({ action: "session.open", actor, details: { way: "key" }, address }));
      const opened = await sessions.open(opening, from);
      return { ...opened, principal, knownBrowser: null, returnTo: "/" };
    },
    byPassword: ({ name, password, known }, from) =>
      enter({ way: "password", name, from }, async () => {
        await passwords.prove({ name, password, known, address: from.address });
        return { user: name };
      }),
    byInvitation: ({ token, password }, from) =>
      enter({ way: "invitation", from }, async () => {
        // Refused before it is taken: a weak password must not cost the invitation.
        passwords.check((await invitations.read(token)).user, password);
        const { user } = await invitations.take(token);
        await passwords.set(user, password);
        await sessions.endAll({ kind: "person", who: user });
        return { user };
      }),
    byInvitedPasskey: ({ token, answer, origin, name }, from) =>
      enter({ way: "invitation", from }, async () => {
        const { user } = await invitations.read(token);
        await passkeys.finishRegistration(user, answer, { origin, name });
        await invitations.take(token);
        await sessions.endAll({ kind: "person", who: user });
        return { user };
      }),
    byPasskey: (answer, origin, from) =>
      enter({ way: "passkey", from }, async () => ({ user: await passkeys.prove(answer, origin) })),
    byOidc: (name, answer, from) =>
      enter({ way: `oidc:${name}`, from }, async () => welcome(people, await oidc.finish(name, answer))),
    bySaml: (name, answer, from) =>
      enter({ way: `saml:${name}`, from }, async () => welcome(people, await saml.finish(name, answer))),
  };
}

interface Returned {
  arrival: Arrival;
  config: ProviderGrants;
  session: string | undefined;
  returnTo: string;
}

interface Proven {
  user: string;
  provider?: Opening["provider"];
  returnTo?: string;
}

async function welcome(people: People, { arrival, config, session, returnTo }: Returned): Promise<Proven> {
  const user = await people.welcome(arrival, config);
  return { user, provider: { provider: arrival.provider, subject: arrival.subject, session }, returnTo };
}

interface Entering {
  way: string;
  /** As it was given, where a name was. */
  name?: string;
  from: From;
}

function createEntering({ people, sessions, passwords, store, audit, nowMs }: SignInDeps) {
  const note = (happening: Happening): Promise<void> => audit.note(entryOf(happening));
  return async ({ way, name, from }: Entering, prove: () => Promise<Proven>): Promise<SignedIn> => {
    const { address } = from;
    let user = name;
    try {
      const proven = await prove();
      user = proven.user;
      const principal = await people.principalOf(user);
      const { roles } = principal;
      const { provider } = proven;
      const opened = await sessions.open(
        { kind: "person", who: user, roles, way, ...(provider && { provider }) },
        from,
      );
      await store.noteSignIn(user, nowMs());
      await note({ action: "session.open", actor: { kind: "person", name: user }, details: { way }, address });
      return { ...opened, principal, knownBrowser: passwords.knownBrowser(user), returnTo: proven.returnTo ?? "/" };
    } catch (error) {
      const code = isAppError(error) ? error.code : "internal";
      // Of a name that was only claimed nothing more is told than what was claimed.
      const actor = { kind: "person", name: (user ?? "").slice(0, 100) } as const;
      const refusal: Happening = { action: "session.open", actor, outcome: "refused", details: { way, code }, address };
      await note(refusal).catch(() => undefined);
      throw isAppError(error) && error.code === "governance.not_in_directory"
        ? identityErrors.no_such_person({ name: way })
        : error;
    }
  };
}
