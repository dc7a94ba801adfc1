// An issuer of tokens for tests: keys that can be rotated, served on loopback, and tokens of any kind, honest and forged.
import { exportJWK, generateKeyPair, type JWTHeaderParameters, SignJWT } from "jose";
import { createFetch, createPublicFetch, networkConfigSchema } from "../../network/index.ts";
import type { Principal, ProvenService } from "../../governance/index.ts";
import { createWorld } from "../../kernel/index.ts";
import { jwtConfigSchema } from "./config.ts";
import { createTokens } from "./tokens.ts";

export interface TestIssuer {
  url: string;
  /** How often its keys were asked for. */
  asked: { keys: number; discovery: number };
  /** What it answers with in the place of its keys: a status, or a body. */
  says: { keys: unknown; status: number; issuer: string | undefined; jwks_uri?: string };
  /** A key pair more, by its id. */
  addKey(kid: string, alg?: string): Promise<{ private: CryptoKey; jwk: Record<string, unknown> }>;
  dropKey(kid: string): void;
  sign(claims?: Record<string, unknown>, options?: SignOptions): Promise<string>;
  close(): void;
}

export interface SignOptions {
  kid?: string;
  head?: Record<string, unknown>;
  /** In the place of the key of that id. */
  key?: CryptoKey | Uint8Array;
}

export const AUDIENCE = "binnacle";
const HOUR_S = 3600;

export async function startIssuer(): Promise<TestIssuer> {
  const pairs = new Map<string, { private: CryptoKey; jwk: Record<string, unknown> }>();
  const asked = { keys: 0, discovery: 0 };
  const says: TestIssuer["says"] = { keys: undefined, status: 200, issuer: undefined };
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    fetch({ url: asks }): Response {
      if (asks.endsWith("/.well-known/openid-configuration")) {
        asked.discovery += 1;
        return Response.json({ issuer: says.issuer ?? url, jwks_uri: says.jwks_uri ?? `${url}/keys` });
      }
      asked.keys += 1;
      const keys = says.keys ?? [...pairs.values()].map(({ jwk }) => jwk);
      return Response.json({ keys }, { status: says.status });
    },
  });
  const url: string = `http://127.0.0.1:${server.port}`;
  const issuer: TestIssuer = {
    url,
    asked,
    says,
    async addKey(kid, alg = "RS256") {
      const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
      const pair = { private: privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg, use: "sig" } };
      pairs.set(kid, pair);
      return pair;
    },
    dropKey: (kid) => void pairs.delete(kid),
    sign(claims = {}, { kid = "one", head = {}, key } = {}) {
      const now = Math.floor(Date.now() / 1000);
      const all = { iss: url, aud: AUDIENCE, sub: "reporter", iat: now, exp: now + HOUR_S, ...claims };
      const signer = key ?? pairs.get(kid)?.private;
      if (!signer) throw new Error(`there is no key ${kid}`);
      return new SignJWT(all).setProtectedHeader({ alg: "RS256", kid, ...head } as JWTHeaderParameters).sign(signer);
    },
    close: () => void server.stop(true),
  };
  await issuer.addKey("one");
  return issuer;
}

/** Those who verify its tokens, with clocks that a test moves. */
export function createVerifier(issuer: TestIssuer, settings: object = {}, issuerSettings: object = {}) {
  const clock = { nowMs: 0, monotonicMs: 0 };
  const config = jwtConfigSchema.parse({
    issuers: [
      {
        name: "test",
        issuer: issuer.url,
        audiences: [AUDIENCE],
        allow_http: true,
        grants: [{ roles: ["member"] }],
        ...issuerSettings,
      },
    ],
    ...settings,
  });
  const own = createFetch({ other: fetch, usesProxy: false });
  const network = networkConfigSchema.parse({ allow_private: ["127.0.0.1"] });
  const world = createWorld({
    nowMs: () => Date.now() + clock.nowMs,
    monotonicMs: () => clock.monotonicMs,
    fetchPublic: createPublicFetch(network, { fetch: own }),
  });
  const seen: ProvenService[] = [];
  const service = (proven: ProvenService): Principal => {
    seen.push(proven);
    // Only what is looked at here.
    return { keyId: `service:${proven.name}`, ...proven } as unknown as Principal;
  };
  const tokens = createTokens(config, {
    world,
    governance: {
      identify: {
        service,
        person: () => {
          throw new Error("no people here");
        },
        byKey: () => Promise.reject(new Error("no keys here")),
        byKeyId: () => Promise.reject(new Error("no keys here")),
      },
    },
  });
  const codeOf = (token: string): Promise<string> =>
    tokens.identify(token).then(
      ({ keyId }) => keyId,
      (error: unknown) => (error as { code?: string }).code ?? String(error),
    );
  return { tokens, codeOf, clock, seen };
}
