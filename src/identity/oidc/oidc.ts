// Sign-in by OpenID Connect: the authorization code flow with PKCE, state and nonce, each good once and in the browser that began.
import * as openid from "openid-client";
import { decodeProtectedHeader } from "jose";
import { isAppError, type SecretSources, type World } from "../../kernel/index.ts";
import { identityErrors } from "../errors.ts";
import type { Arrival } from "../people/people.ts";
import { isSame, randomToken, sealOf } from "../secrets.ts";
import type { OnceStore } from "../store/once-store.ts";
import type { WithDatabase } from "../../storage/index.ts";
import type { OidcConfig, OidcProviderConfig } from "./config.ts";
import { createLogoutReader, type EndedElsewhere } from "./logout-token.ts";
import { createProvider, type Provider } from "./provider.ts";
import { readArrival } from "./read-arrival.ts";

/** A sign-in that begins: where the browser goes, and what it keeps meanwhile. */
export interface Departure {
  url: string;
}

export interface Returned {
  arrival: Arrival;
  config: OidcProviderConfig;
  /** The provider's own session, where it names it. */
  session: string | undefined;
  returnTo: string;
}

export interface Beginning {
  origin: string;
  /** What this browser alone knows. */
  browser: string;
  returnTo: string;
}

export interface Oidc {
  providers: readonly OidcProviderConfig[];
  /** Throws `identity.provider_unknown` and `.provider_down`. */
  begin(name: string, beginning: Beginning): Promise<Departure>;
  /** Throws `identity.sign_in_refused` and `.provider_down`. */
  finish(name: string, answer: { url: URL; browser: string | undefined }): Promise<Returned>;
  /** Whose sessions a provider ends. Throws `identity.logout_refused`. */
  readLogout(name: string, token: string): Promise<EndedElsewhere>;
}

export interface OidcDeps {
  once: OnceStore;
  world: Pick<World, "fetch" | "fetchPublic" | "monotonicMs" | "nowMs" | "log">;
  withDatabase: WithDatabase;
  secrets: SecretSources;
  secret: string;
}

interface UnderWay {
  provider: string;
  nonce: string;
  verifier: string;
  browser: string;
  returnTo: string;
  redirectUri: string;
}

export function createOidc(config: OidcConfig, deps: OidcDeps): Oidc {
  const { once, world, withDatabase, secret } = deps;
  const providers = new Map(config.providers.map((each) => [each.name, createProvider(each, config, deps)]));
  const browserSeal = (browser: string): string => sealOf(`oidc:${browser}`, secret);
  const logouts = createLogoutReader(config, deps);

  function find(name: string): Provider {
    const provider = providers.get(name);
    if (!provider) throw identityErrors.provider_unknown({ name });
    return provider;
  }

  return {
    providers: config.providers,
    begin: (name, { origin, browser, returnTo }) =>
      withDatabase(async () => {
        const provider = find(name);
        const configuration = await provider.discover();
        const [state, nonce, verifier] = [randomToken(), randomToken(), openid.randomPKCECodeVerifier()];
        const redirectUri = `${origin}/api/sign-in/oidc/${name}/callback`;
        const data: UnderWay = {
          provider: name,
          nonce,
          verifier,
          browser: browserSeal(browser),
          returnTo,
          redirectUri,
        };
        await once.put("oidc", { id: state, data, expiresAtMs: world.nowMs() + config.sign_in_lifetime });
        const url = openid.buildAuthorizationUrl(configuration, {
          redirect_uri: redirectUri,
          scope: provider.config.scopes.join(" "),
          state,
          nonce,
          code_challenge: await openid.calculatePKCECodeChallenge(verifier),
          code_challenge_method: "S256",
        });
        return { url: url.href };
      }),
    finish: (name, { url, browser }) =>
      withDatabase(async () => {
        const provider = find(name);
        const state = url.searchParams.get("state");
        const seal = browser === undefined ? undefined : browserSeal(browser);
        const underWay = await takeUnderWay({ name, state, seal }, deps);
        const configuration = await provider.discover();
        const tokens = await grantOrRefuse(name, () =>
          openid.authorizationCodeGrant(configuration, new URL(underWay.redirectUri + url.search), {
            pkceCodeVerifier: underWay.verifier,
            expectedState: state ?? "",
            expectedNonce: underWay.nonce,
            idTokenExpected: true,
          }),
        );
        requireAlgorithm(provider.config, tokens.id_token);
        const { arrival, session } = await grantOrRefuse(name, () =>
          readArrival(provider.config, configuration, tokens),
        );
        return { arrival, session, config: provider.config, returnTo: underWay.returnTo };
      }),
    readLogout: (name, token) => withDatabase(() => logouts.read(find(name), token)),
  };
}

interface Coming {
  name: string;
  state: string | null;
  /** Of the browser that comes; undefined where it brings nothing. */
  seal: string | undefined;
}

/** What `begin` has put, this one time, and in the browser that began. */
async function takeUnderWay({ name, state, seal }: Coming, { once, world }: OidcDeps): Promise<UnderWay> {
  // As `begin` has put it.
  const found = (state === null ? undefined : await once.take("oidc", state, world.nowMs())) as UnderWay | undefined;
  const isOurs = found?.provider === name && seal !== undefined && isSame(seal, found.browser);
  if (!found || !isOurs)
    throw identityErrors.sign_in_refused({
      name,
      why: "it answers no sign-in that this browser has begun, or one that is over",
    });
  return found;
}

function requireAlgorithm({ name, algorithms }: OidcProviderConfig, idToken: string | undefined): void {
  const { alg } = decodeProtectedHeader(idToken ?? "");
  if (algorithms.every((each) => each !== alg))
    throw identityErrors.sign_in_refused({ name, why: `its ID token is signed by ${JSON.stringify(alg)}` });
}

/** What does not answer is down; what answers something else is refused. */
async function grantOrRefuse<T>(name: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (cause) {
    if (isAppError(cause)) throw cause;
    const why = cause instanceof Error ? cause.message.slice(0, 200) : "it does not hold";
    if (isUnreachable(cause)) throw identityErrors.provider_down({ name, why, retryAfterMs: 5000 }, cause);
    throw identityErrors.sign_in_refused({ name, why }, cause);
  }
}

function isUnreachable(cause: unknown): boolean {
  if (!(cause instanceof Error)) return false;
  const code = "code" in cause ? String(cause.code) : "";
  return /TIMEOUT|ECONN|ConnectionRefused|FailedToOpenSocket/i.test(code) || /^(Timeout|Abort)Error$/.test(cause.name);
}
