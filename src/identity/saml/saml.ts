// Sign-in by SAML 2.0: a signed assertion that answers a request of ours, in the browser that made it, once.
import type { SAML } from "@node-saml/node-saml";
import { isAppError, type SecretSources, type World } from "../../kernel/index.ts";
import { identityErrors } from "../errors.ts";
import type { Arrival } from "../people/people.ts";
import { isSame, randomToken, sealOf } from "../secrets.ts";
import type { OnceStore } from "../store/once-store.ts";
import type { WithDatabase } from "../../storage/index.ts";
import { type CheckedAssertion, checkAssertion } from "./check-assertion.ts";
import { readCertificates } from "./certificates.ts";
import type { SamlConfig, SamlProviderConfig } from "./config.ts";
import { requirePlainXml } from "./plain-xml.ts";

export interface SamlBeginning {
  origin: string;
  browser: string;
  returnTo: string;
}

export interface SamlReturned {
  arrival: Arrival;
  config: SamlProviderConfig;
  session: string | undefined;
  returnTo: string;
}

export interface Saml {
  providers: readonly SamlProviderConfig[];
  /** Throws `identity.provider_unknown`. */
  begin(name: string, beginning: SamlBeginning): Promise<{ url: string }>;
  /**
   * Reads what the provider's page posts; gives a code that the same browser trades for a session, since a post from another
   * site comes without cookies. Throws `identity.sign_in_refused`.
   */
  arrive(name: string, posted: { response: string; relay: string | undefined; origin: string }): Promise<string>;
  /** Throws `identity.sign_in_refused`. */
  finish(name: string, answer: { code: string | null; browser: string | undefined }): Promise<SamlReturned>;
  metadata(name: string, origin: string): Promise<string>;
}

export interface SamlDeps {
  once: OnceStore;
  world: Pick<World, "nowMs" | "log">;
  withDatabase: WithDatabase;
  secrets: SecretSources;
  secret: string;
}

interface UnderWay {
  provider: string;
  requestId: string;
  askedAt: string;
  /** Null where nobody asked: the provider began. */
  browser: string | null;
  returnTo: string;
}

interface Arrived {
  provider: string;
  assertion: CheckedAssertion;
  browser: string | null;
  returnTo: string;
}

const ARRIVED_LIFETIME_MS = 60_000;

export function createSaml(config: SamlConfig, deps: SamlDeps): Saml {
  const { once, world, withDatabase, secret } = deps;
  const browserSeal = (browser: string): string => sealOf(`saml:${browser}`, secret);

  const find = (name: string): SamlProviderConfig => findProvider(config, name);
  const libraryOf = (provider: SamlProviderConfig, origin: string, request?: Request): Promise<SAML> =>
    createLibrary(provider, { config, secrets: deps.secrets, origin, request });

  return {
    providers: config.providers,
    begin: (name, { origin, browser, returnTo }) =>
      withDatabase(async () => {
        const provider = find(name);
        const relay = randomToken();
        const requestId = `_${randomToken()}`;
        const askedAt = new Date(world.nowMs()).toISOString();
        const data: UnderWay = { provider: name, requestId, askedAt, browser: browserSeal(browser), returnTo };
        await once.put("saml", { id: relay, data, expiresAtMs: world.nowMs() + config.sign_in_lifetime });
        const library = await libraryOf(provider, origin, { id: requestId, askedAt });
        return { url: await library.getAuthorizeUrlAsync(relay, undefined, {}) };
      }),
    arrive: (name, { response, relay, origin }) =>
      withDatabase(async () => {
        const provider = find(name);
        const found = relay === undefined ? undefined : await once.take("saml", relay, world.nowMs());
        // As `begin` has put it.
        const underWay = found as UnderWay | undefined;
        const isOurs = underWay?.provider === name;
        if (!isOurs && !provider.allow_idp_initiated) throw unasked(name);
        const request = isOurs ? { id: underWay.requestId, askedAt: underWay.askedAt } : undefined;
        const assertion = await readResponse(response, {
          provider,
          config,
          library: await libraryOf(provider, origin, request),
          origin,
          request,
        });
        await remember({ name, id: assertion.id }, config, deps);
        const code = randomToken();
        const data: Arrived = {
          provider: name,
          assertion,
          browser: isOurs ? underWay.browser : null,
          returnTo: isOurs ? underWay.returnTo : "/",
        };
        await once.put("saml_arrived", { id: code, data, expiresAtMs: world.nowMs() + ARRIVED_LIFETIME_MS });
        return code;
      }),
    finish: (name, { code, browser }) =>
      withDatabase(async () => {
        const provider = find(name);
        const arrived = await takeArrived(
          { name, code, seal: browser === undefined ? undefined : browserSeal(browser) },
          deps,
        );
        const { subject, user, groups, session } = arrived.assertion;
        const arrival: Arrival = { provider: `saml:${name}`, name, subject, user, groups };
        return { arrival, config: provider, session, returnTo: arrived.returnTo };
      }),
    metadata: async (name, origin) => (await libraryOf(find(name), origin)).generateServiceProviderMetadata(null, null),
  };
}

function findProvider({ providers }: SamlConfig, name: string): SamlProviderConfig {
  const provider = providers.find((each) => each.name === name);
  if (!provider) throw identityErrors.provider_unknown({ name });
  return provider;
}

async function remember({ name, id }: { name: string; id: string }, config: SamlConfig, { once, world }: SamlDeps) {
  const untilMs = world.nowMs() + config.assertion_age_max + 2 * config.clock_skew;
  if (!(await once.isNew("assertion", `${name}:${id}`, untilMs)))
    throw identityErrors.sign_in_refused({ name, why: "this assertion came before" });
}

interface Coming {
  name: string;
  code: string | null;
  seal: string | undefined;
}

/** What `arrive` has put, this one time, and in the browser that began. */
async function takeArrived({ name, code, seal }: Coming, { once, world }: SamlDeps): Promise<Arrived> {
  const found = code === null ? undefined : await once.take("saml_arrived", code, world.nowMs());
  // As `arrive` has put it.
  const arrived = found as Arrived | undefined;
  if (arrived?.provider !== name) throw unasked(name);
  const isHere = arrived.browser === null || (seal !== undefined && isSame(seal, arrived.browser));
  if (!isHere) throw unasked(name);
  return arrived;
}

/** The one that an answer must be to. */
interface Request {
  id: string;
  askedAt: string;
}

export const consumerUrl = (name: string, origin: string): string => `${origin}/api/sign-in/saml/${name}/callback`;
const entityOf = ({ name, entity_id }: SamlProviderConfig, origin: string): string =>
  entity_id ?? `${origin}/api/sign-in/saml/${name}/metadata`;

interface LibraryOptions {
  config: SamlConfig;
  secrets: SecretSources;
  origin: string;
  request: Request | undefined;
}

/**
 * Made for each request: it knows one question only, so an answer to any other is none. The library comes with the first: few
 * installations need it, and all would wait for it at their start.
 */
async function createLibrary(
  provider: SamlProviderConfig,
  { config, secrets, origin, request }: LibraryOptions,
): Promise<SAML> {
  const { SAML: Library, ValidateInResponseTo } = await import("@node-saml/node-saml");
  return new Library({
    callbackUrl: consumerUrl(provider.name, origin),
    entryPoint: provider.entry_point,
    issuer: entityOf(provider, origin),
    audience: entityOf(provider, origin),
    idpCert: readCertificates(provider, secrets),
    wantAssertionsSigned: true,
    wantAuthnResponseSigned: provider.response_signed,
    validateInResponseTo: request ? ValidateInResponseTo.always : ValidateInResponseTo.ifPresent,
    requestIdExpirationPeriodMs: config.sign_in_lifetime,
    acceptedClockSkewMs: config.clock_skew,
    maxAssertionAgeMs: config.assertion_age_max,
    disableRequestedAuthnContext: true,
    identifierFormat: null,
    signatureAlgorithm: "sha256",
    generateUniqueId: () => request?.id ?? `_${randomToken()}`,
    cacheProvider: {
      saveAsync: (key, value) => Promise.resolve({ value, createdAt: Date.parse(request?.askedAt ?? "") || 0, key }),
      getAsync: (key) => Promise.resolve(key !== null && key === request?.id ? request.askedAt : null),
      removeAsync: (key) => Promise.resolve(key),
    },
  });
}

interface ReadOptions {
  provider: SamlProviderConfig;
  config: SamlConfig;
  library: SAML;
  origin: string;
  request: Request | undefined;
}

/** Throws `identity.sign_in_refused`. */
async function readResponse(
  response: string,
  { provider, config, library, origin, request }: ReadOptions,
): Promise<CheckedAssertion> {
  const { name } = provider;
  try {
    requirePlainXml(response, config.response_bytes_max);
    const { profile } = await library.validatePostResponseAsync({ SAMLResponse: response });
    if (!profile?.getAssertion) throw new Error("it holds no assertion");
    const expected = { provider, recipient: consumerUrl(name, origin), requestId: request?.id };
    return checkAssertion(profile.getAssertion(), expected);
  } catch (cause) {
    if (isAppError(cause)) throw cause;
    const why = cause instanceof Error ? cause.message.slice(0, 200) : "it does not hold";
    throw identityErrors.sign_in_refused({ name, why }, cause);
  }
}

function unasked(name: string): Error {
  const why = "it answers no sign-in that this browser has begun, or one that is over";
  return identityErrors.sign_in_refused({ name, why });
}
