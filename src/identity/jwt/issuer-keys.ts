// The keys of one issuer: fetched when they are first needed, then again now and then, while calls go on with those that are
// known. A token may make us ask, for a key that we have never seen; but not more often than the cool-down allows.
import { type CryptoKey, importJWK } from "jose";
import { z } from "zod";
import type { World } from "../../kernel/index.ts";
import { identityErrors } from "../errors.ts";
import type { IssuerConfig, JwtConfig } from "./config.ts";
import { chooseKey, type PublicKey, readKeySet } from "./read-key-set.ts";

export interface IssuerKeys {
  /** Throws `identity.token_refused` and `identity.issuer_down`. */
  find(wanted: { kid: string | undefined; alg: string }): Promise<CryptoKey>;
  /** Changes with the keys; undefined where they are too old to be believed. */
  version(): number | undefined;
}

interface Known {
  keys: readonly PublicKey[];
  text: string;
  fetchedAtMs: number;
  imported: Map<string, Promise<CryptoKey>>;
}

const discoverySchema = z.object({ issuer: z.string(), jwks_uri: z.url({ protocol: /^https?$/ }) });

export function createIssuerKeys(
  issuer: IssuerConfig,
  config: JwtConfig,
  world: Pick<World, "fetchPublic" | "monotonicMs" | "log">,
): IssuerKeys {
  let known: Known | undefined;
  let version = 0;
  let triedAtMs = Number.NEGATIVE_INFINITY;
  let failure = "it was not asked yet";
  let underWay: Promise<void> | undefined;

  async function fetchKeys(): Promise<void> {
    triedAtMs = world.monotonicMs();
    try {
      const text = await fetchKeySet(issuer, world);
      const keys = readKeySet(text, config.keys_max);
      if (known?.text !== text) {
        version += 1;
        known = { keys, text, fetchedAtMs: triedAtMs, imported: new Map() };
      } else known.fetchedAtMs = triedAtMs;
    } catch (error) {
      failure = error instanceof Error ? error.message : String(error);
      world.log.warn({ issuer: issuer.name, why: failure }, "the keys of an issuer of tokens could not be fetched");
    }
  }

  /** Not sooner than the cool-down allows; one at a time. */
  function refresh(): Promise<void> {
    if (underWay) return underWay;
    if (world.monotonicMs() - triedAtMs < config.keys_cooldown) return Promise.resolve();
    underWay = fetchKeys().finally(() => (underWay = undefined));
    return underWay;
  }

  function believed(): Known | undefined {
    if (!known) return undefined;
    const ageMs = world.monotonicMs() - known.fetchedAtMs;
    // Those who call go on with what is known meanwhile.
    if (ageMs >= config.keys_max_age) void refresh();
    return ageMs < config.keys_stale_for ? known : undefined;
  }

  async function believedOrFetched(): Promise<Known> {
    const now = believed();
    if (now) return now;
    await refresh();
    const then = believed();
    if (then) return then;
    const retryAfterMs = Math.max(1000, config.keys_cooldown);
    throw identityErrors.issuer_down({ name: issuer.name, why: failure, retryAfterMs });
  }

  return {
    async find(wanted) {
      let { keys, imported } = await believedOrFetched();
      let key = chooseKey(keys, wanted);
      if (!key) {
        await refresh();
        ({ keys, imported } = await believedOrFetched());
        key = chooseKey(keys, wanted);
      }
      if (!key) throw identityErrors.token_refused({ why: "it is signed with a key that its issuer does not have" });
      return importOnce(key, wanted.alg, imported);
    },
    version: () => (believed() ? version : undefined),
  };
}

/** As the issuer gives it. Throws an Error that says why it does not. */
async function fetchKeySet(issuer: IssuerConfig, world: Pick<World, "fetchPublic">): Promise<string> {
  async function get(url: string): Promise<string> {
    if (!issuer.allow_http && !url.startsWith("https:")) throw new Error("it is not asked without TLS");
    const answer = await world.fetchPublic(url, { headers: { accept: "application/json" } });
    if (answer.status !== 200) throw new Error(`it answered with ${answer.status}`);
    return answer.text();
  }
  if (issuer.jwks_uri !== undefined) return get(issuer.jwks_uri);
  const text = await get(`${issuer.issuer.replace(/\/$/, "")}/.well-known/openid-configuration`);
  const said = discoverySchema.parse(JSON.parse(text));
  if (said.issuer !== issuer.issuer) throw new Error(`it says that it is ${JSON.stringify(said.issuer.slice(0, 200))}`);
  return get(said.jwks_uri);
}

function importOnce(key: PublicKey, alg: string, imported: Known["imported"]): Promise<CryptoKey> {
  const name = `${alg} ${key.kid ?? ""}`;
  const there = imported.get(name);
  if (there) return there;
  const importing = importJWK(key, alg).then((made) => {
    // Only a secret comes as bytes, and none is in the set.
    if (made instanceof Uint8Array) throw new TypeError("a secret is no public key");
    return made;
  });
  imported.set(name, importing);
  return importing;
}
