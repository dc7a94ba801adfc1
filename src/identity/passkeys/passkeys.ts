// Passkeys: a browser signs a challenge with a key that never leaves it, for this origin alone, after its person proved to be there.
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from "@simplewebauthn/server";
import { isAppError, type World } from "../../kernel/index.ts";
import { identityErrors } from "../errors.ts";
import type { OnceStore } from "../store/once-store.ts";
import type { PasskeyStore, StoredPasskey } from "../store/passkey-store.ts";
import type { WithDatabase } from "../../storage/index.ts";
import type { PasskeysConfig } from "./config.ts";
import { readAssertion, readAttestation } from "./read-answers.ts";

export interface Passkeys {
  /** What the browser is asked to make. Throws `identity.passkeys_full`. */
  beginRegistration(user: string, origin: string): Promise<object>;
  /** Throws `identity.passkey_refused`. */
  finishRegistration(user: string, answer: unknown, options: { origin: string; name: string }): Promise<StoredPasskey>;
  /** What the browser is asked to sign. */
  beginSignIn(origin: string): Promise<object>;
  /** Who signed. Throws `identity.passkey_refused`. */
  prove(answer: unknown, origin: string): Promise<string>;
  list(user: string): Promise<StoredPasskey[]>;
  /** Throws `identity.passkey_unknown`. */
  remove(user: string, id: string): Promise<void>;
}

export interface PasskeysDeps {
  store: PasskeyStore;
  once: OnceStore;
  world: Pick<World, "nowMs" | "log">;
  withDatabase: WithDatabase;
}

/** Loaded when the first passkey is asked for: every start would pay for it. */
const library = () => import("@simplewebauthn/server");

const refused = (why: string, cause?: unknown): Error => identityErrors.passkey_refused({ why }, cause);

export function createPasskeys(config: PasskeysConfig, deps: PasskeysDeps): Passkeys {
  const { store, once, world, withDatabase } = deps;
  const expiresAtMs = (): number => world.nowMs() + config.challenge_lifetime;

  function requireEnabled(): void {
    if (!config.enabled) throw identityErrors.way_disabled({ way: "passkey" });
  }

  return {
    beginRegistration: (user, origin) =>
      withDatabase(async () => {
        requireEnabled();
        const there = await store.list(user);
        if (there.length >= config.per_person_max) throw identityErrors.passkeys_full({ max: config.per_person_max });
        const { generateRegistrationOptions } = await library();
        const options = await generateRegistrationOptions({
          rpName: "Binnacle",
          rpID: new URL(origin).hostname,
          userName: user,
          userDisplayName: user,
          timeout: config.challenge_lifetime,
          excludeCredentials: there.map(({ id }) => ({ id })),
          authenticatorSelection: { residentKey: "required", userVerification: "required" },
        });
        await once.put("registration", { id: options.challenge, data: { user }, expiresAtMs: expiresAtMs() });
        return options;
      }),
    finishRegistration: (user, given, { origin, name }) =>
      withDatabase(async () => {
        requireEnabled();
        const answer = readAttestation(given);
        await takeChallenge(deps, "registration", { challenge: answer.challenge, user });
        const there = await store.list(user);
        if (there.length >= config.per_person_max) throw identityErrors.passkeys_full({ max: config.per_person_max });
        const passkey = await verifyNew(answer, origin);
        const made = { ...passkey, person: user, name, created_at_ms: world.nowMs(), last_used_at_ms: null };
        if (!(await store.insert(made))) throw refused("it is registered already");
        return made;
      }),
    beginSignIn: (origin) =>
      withDatabase(async () => {
        requireEnabled();
        const { generateAuthenticationOptions } = await library();
        const options = await generateAuthenticationOptions({
          rpID: new URL(origin).hostname,
          timeout: config.challenge_lifetime,
          userVerification: "required",
        });
        await once.put("challenge", { id: options.challenge, data: { user: null }, expiresAtMs: expiresAtMs() });
        return options;
      }),
    prove: (given, origin) =>
      withDatabase(async () => {
        requireEnabled();
        const answer = readAssertion(given);
        await takeChallenge(deps, "challenge", { challenge: answer.challenge, user: null });
        const passkey = await store.find(answer.response.id);
        if (!passkey) throw refused("nobody here has it");
        const counter = await verifyUse(answer, passkey, origin);
        const use = { counterBefore: passkey.counter, counter, atMs: world.nowMs() };
        if (!(await store.used(passkey.id, use))) throw refused("it was used twice at once");
        return passkey.person;
      }),
    list: (user) => withDatabase(() => store.list(user)),
    async remove(user, id) {
      if (!(await withDatabase(() => store.delete(user, id)))) throw identityErrors.passkey_unknown({ id });
    },
  };
}

/** Each challenge is answered once, and by whom it was made for. */
async function takeChallenge(
  { once, world }: PasskeysDeps,
  purpose: "registration" | "challenge",
  { challenge, user }: { challenge: string; user: string | null },
): Promise<void> {
  // As it was put above.
  const asked = (await once.take(purpose, challenge, world.nowMs())) as { user: string | null } | undefined;
  if (!asked || asked.user !== user) throw refused("its challenge is not one of ours, was answered, or is too old");
}

type Answered<Response> = { response: Response; challenge: string };

async function verifyNew({ response, challenge }: Answered<RegistrationResponseJSON>, origin: string) {
  const { verifyRegistrationResponse } = await library();
  const { registrationInfo } = await orRefused(() =>
    verifyRegistrationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: new URL(origin).hostname,
      requireUserVerification: true,
    }),
  );
  if (!registrationInfo) throw refused("its signature does not hold");
  const { id, publicKey, counter } = registrationInfo.credential;
  return { id, publicKey: new Uint8Array(publicKey), counter, transports: response.response.transports ?? [] };
}

/** The new counter: a passkey that counts must have counted on, or there is a copy of it. */
async function verifyUse(
  { response, challenge }: Answered<AuthenticationResponseJSON>,
  { id, publicKey, counter }: StoredPasskey,
  origin: string,
): Promise<number> {
  const { verifyAuthenticationResponse } = await library();
  const { verified, authenticationInfo } = await orRefused(() =>
    verifyAuthenticationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: new URL(origin).hostname,
      credential: { id, publicKey, counter },
      requireUserVerification: true,
    }),
  );
  if (!verified) throw refused("its signature does not hold");
  return authenticationInfo.newCounter;
}

async function orRefused<T>(verify: () => Promise<T>): Promise<T> {
  try {
    return await verify();
  } catch (error) {
    if (isAppError(error)) throw error;
    throw refused(error instanceof Error ? error.message : "it does not hold", error);
  }
}
