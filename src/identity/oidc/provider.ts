// One provider of OpenID Connect: its own account of itself, read anew now and then, and its keys.
import { createLocalJWKSet, type JSONWebKeySet } from "jose";
import * as openid from "openid-client";
import { type Fetch, resolveSecret, type SecretSources, type World } from "../../kernel/index.ts";
import { identityErrors } from "../errors.ts";
import type { OidcConfig, OidcProviderConfig } from "./config.ts";

export interface Provider {
  config: OidcProviderConfig;
  /** Throws `identity.provider_down`. */
  discover(): Promise<openid.Configuration>;
  /** Its signing keys, for what it sends by itself. Throws `identity.provider_down`. */
  keys(): Promise<ReturnType<typeof createLocalJWKSet>>;
}

export interface ProviderDeps {
  world: Pick<World, "fetch" | "fetchPublic" | "monotonicMs">;
  secrets: SecretSources;
}

type Bounds = Pick<OidcConfig, "timeout" | "discovery_lifetime" | "answer_bytes_max" | "clock_skew">;

const RETRY_AFTER_MS = 5000;

export function createProvider(config: OidcProviderConfig, bounds: Bounds, { world, secrets }: ProviderDeps): Provider {
  const boundedFetch = createBoundedFetch(createAsk(config.issuer, world), bounds);
  const down = (cause: unknown): Error =>
    identityErrors.provider_down({ name: config.name, why: whyOf(cause), retryAfterMs: RETRY_AFTER_MS }, cause);

  async function discover(): Promise<openid.Configuration> {
    const secret = readSecret(config, secrets);
    const configuration = await openid
      .discovery(
        new URL(config.issuer),
        config.client_id,
        { [openid.clockTolerance]: Math.ceil(bounds.clock_skew / 1000) },
        secret === undefined ? openid.None() : openid.ClientSecretBasic(secret),
        {
          execute: config.allow_http ? [openid.allowInsecureRequests] : [],
          timeout: Math.ceil(bounds.timeout / 1000),
          [openid.customFetch]: boundedFetch,
        },
      )
      .catch((cause: unknown) => {
        throw down(cause);
      });
    // Without this an ID token is believed for the connection that it came by, whoever signed it.
    openid.enableNonRepudiationChecks(configuration);
    return configuration;
  }

  async function readKeys(): Promise<ReturnType<typeof createLocalJWKSet>> {
    const { jwks_uri } = (await discovered()).serverMetadata();
    if (jwks_uri === undefined) throw down(new Error("it names no keys"));
    if (!config.allow_http && !jwks_uri.startsWith("https://")) throw down(new Error("its keys come without TLS"));
    try {
      const answer = await boundedFetch(jwks_uri, { method: "GET", headers: { accept: "application/json" } });
      if (answer.status !== 200) throw new Error(`its keys answer with ${answer.status}`);
      // Whatever is no key set is refused by the next line.
      return createLocalJWKSet((await answer.json()) as JSONWebKeySet);
    } catch (cause) {
      throw down(cause);
    }
  }

  const discovered = rememberFor(bounds.discovery_lifetime, world, discover);
  return { config, discover: discovered, keys: rememberFor(bounds.discovery_lifetime, world, readKeys) };
}

/** What went well is remembered; what failed is tried again by the next who asks. */
function rememberFor<T>(
  lifetimeMs: number,
  world: Pick<World, "monotonicMs">,
  read: () => Promise<T>,
): () => Promise<T> {
  let last: { value: Promise<T>; atMs: number } | undefined;
  return () => {
    const nowMs = world.monotonicMs();
    if (last && nowMs - last.atMs < lifetimeMs) return last.value;
    const value = read();
    last = { value, atMs: nowMs };
    value.catch(() => {
      if (last?.value === value) last = undefined;
    });
    return value;
  };
}

function readSecret({ name, client_secret }: OidcProviderConfig, secrets: SecretSources): string | undefined {
  if (client_secret === undefined) return undefined;
  try {
    return resolveSecret(client_secret, secrets);
  } catch (cause) {
    throw identityErrors.bad_secret({ name, why: cause instanceof Error ? cause.message : String(cause) }, cause);
  }
}

/** The issuer itself stands in the config, and may be anywhere. What it says where else things are is public, or not asked. */
function createAsk(issuer: string, world: Pick<World, "fetch" | "fetchPublic">): Fetch {
  const { origin } = new URL(issuer);
  return (url, init) => (URL.parse(url)?.origin === origin ? world.fetch(url, init) : world.fetchPublic(url, init));
}

/** No redirects: what a provider says of itself says where things are. */
function createBoundedFetch(ask: Fetch, bounds: Bounds): (url: string, init: Asked) => Promise<Response> {
  return async (url, { method, headers, body, signal }) => {
    const timeout = AbortSignal.timeout(bounds.timeout);
    const answer = await ask(url, {
      method,
      headers,
      ...bodyOf(body),
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      redirect: "manual",
    });
    const parts: Uint8Array[] = [];
    let size = 0;
    for await (const part of answer.body ?? []) {
      size += part.length;
      if (size > bounds.answer_bytes_max) throw new Error("its answer is too long");
      parts.push(part);
    }
    const type = answer.headers.get("content-type");
    const read = new Response(answer.status === 204 ? null : Buffer.concat(parts), {
      status: answer.status,
      headers: type === null ? {} : { "content-type": type },
    });
    const challenge = answer.headers.get("www-authenticate");
    if (challenge !== null) read.headers.set("www-authenticate", challenge);
    return read;
  };
}

/** Of what openid-client sends: forms, or nothing. */
function bodyOf(body: Asked["body"]): { body?: string } {
  if (body instanceof URLSearchParams) return { body: body.toString() };
  return typeof body === "string" ? { body } : {};
}

interface Asked {
  method: string;
  headers: Record<string, string>;
  body?: ArrayBuffer | null | ReadableStream | string | Uint8Array | undefined | URLSearchParams;
  signal?: AbortSignal | undefined;
}

function whyOf(cause: unknown): string {
  if (!(cause instanceof Error)) return "it does not answer";
  const inner = cause.cause instanceof Error ? `: ${cause.cause.message}` : "";
  return `${cause.message}${inner}`.slice(0, 200);
}
