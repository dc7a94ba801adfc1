// A provider that says whatever a test has it say, and a client of it.
import { exportJWK, generateKeyPair, type JWTHeaderParameters, SignJWT } from "jose";
import type { TestDatabase } from "../../../test/support/database.ts";
import { createWorld } from "../../kernel/index.ts";
import { createFetch, createPublicFetch, networkConfigSchema } from "../../network/index.ts";
import { createOnceStore } from "../store/once-store.ts";
import { oidcConfigSchema } from "./config.ts";
import { createOidc, type Oidc, type Returned } from "./oidc.ts";

export const ORIGIN = "https://binnacle.example.com";
export const BROWSER = "a browser";
export const CLIENT = "binnacle";

export interface FakeProvider {
  issuer: string;
  keys: Awaited<ReturnType<typeof generateKeyPair>>;
  /** The public key, as everybody can read it. */
  jwk: Record<string, unknown>;
  /** What the token endpoint gives for the next codes. */
  idToken: (nonce: string) => Promise<string> | string;
  /** Codes that were traded, with the forms they came in. */
  traded: URLSearchParams[];
  /** What it says of itself besides. */
  says: Record<string, string>;
  close(): Promise<void>;
}

const NOW_S = (): number => Math.floor(Date.now() / 1000);

export async function startFakeProvider(): Promise<FakeProvider> {
  const keys = await generateKeyPair("RS256", { extractable: true });
  const jwk = { ...(await exportJWK(keys.publicKey)), kid: "one", alg: "RS256", use: "sig" };
  const server = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: (request) => answer(request) });
  const issuer = `http://127.0.0.1:${server.port}`;
  const provider: FakeProvider = {
    issuer,
    keys,
    jwk,
    idToken: (nonce) => mint(provider, { nonce }),
    traded: [],
    says: {},
    close: () => server.stop(true),
  };

  async function answer(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    if (pathname === "/.well-known/openid-configuration")
      return Response.json({ ...describe(issuer), ...provider.says });
    if (pathname === "/jwks") return Response.json({ keys: [jwk] });
    const form = new URLSearchParams(await request.text());
    const code = form.get("code") ?? "";
    // As providers must: a code is good once.
    if (provider.traded.some((each) => each.get("code") === code))
      return Response.json({ error: "invalid_grant" }, { status: 400 });
    provider.traded.push(form);
    const id_token = await provider.idToken(code.split("~")[1] ?? "");
    return Response.json({ access_token: "at", token_type: "Bearer", expires_in: 60, id_token });
  }
  return provider;
}

function describe(issuer: string) {
  return {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
    response_types_supported: ["code"],
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: ["RS256", "ES256", "HS256", "none"],
    authorization_response_iss_parameter_supported: false,
  };
}

interface Signing {
  header?: JWTHeaderParameters | undefined;
  key?: CryptoKey | Uint8Array | undefined;
}

/** A token that is right but for what is said. */
export function mint(
  { issuer, keys }: FakeProvider,
  claims: Record<string, unknown>,
  { header = { alg: "RS256", kid: "one" }, key = keys.privateKey }: Signing = {},
): Promise<string> {
  const all = {
    iss: issuer,
    aud: CLIENT,
    sub: "ada",
    email: "ada@example.com",
    iat: NOW_S(),
    exp: NOW_S() + 60,
    ...claims,
  };
  return new SignJWT(all).setProtectedHeader(header).sign(key);
}

export const unsignedToken = ({ issuer }: FakeProvider, claims: Record<string, unknown>): string => {
  const part = (what: object): string => Buffer.from(JSON.stringify(what)).toString("base64url");
  const all = {
    iss: issuer,
    aud: CLIENT,
    sub: "ada",
    email: "ada@example.com",
    iat: NOW_S(),
    exp: NOW_S() + 60,
    ...claims,
  };
  return `${part({ alg: "none" })}.${part(all)}.`;
};

const own = createFetch({ other: fetch, usesProxy: false });

export function createClient(database: TestDatabase, issuers: Record<string, string>) {
  const config = oidcConfigSchema.parse({
    providers: Object.entries(issuers).map(([name, issuer]) => ({ name, issuer, client_id: CLIENT, allow_http: true })),
  });
  const oidc: Oidc = createOidc(config, {
    once: createOnceStore(database.storage, 1000),
    world: createWorld({ fetchPublic: createPublicFetch(networkConfigSchema.parse({}), { fetch: own }) }),
    withDatabase: (ask) => ask(),
    secrets: { env: {}, readFile: () => "" },
    secret: "secret",
  });
  return {
    oidc,
    async begin(name = "corp", browser = BROWSER): Promise<{ state: string; nonce: string; url: URL }> {
      const url = new URL((await oidc.begin(name, { origin: ORIGIN, browser, returnTo: "/#/calls" })).url);
      return { state: url.searchParams.get("state") ?? "", nonce: url.searchParams.get("nonce") ?? "", url };
    },
    finish: (query: Record<string, string>, browser: string | undefined = BROWSER, name = "corp"): Promise<Returned> =>
      oidc.finish(name, { url: new URL(`${ORIGIN}/callback?${new URLSearchParams(query)}`), browser }),
  };
}
