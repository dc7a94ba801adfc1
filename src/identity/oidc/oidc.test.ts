// What forged, stale, swapped and replayed answers of a provider come to.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { generateKeyPair } from "jose";
import { startMigratedDatabase, type TestDatabase } from "../../../test/support/database.ts";
import { identityMigrations } from "../migrations/index.ts";
import { createClient, type FakeProvider, mint, startFakeProvider, unsignedToken } from "./oidc.fixture.ts";

let database: TestDatabase;
let provider: FakeProvider;
let other: FakeProvider;
let client: ReturnType<typeof createClient>;

beforeAll(async () => {
  database = await startMigratedDatabase("identity", [identityMigrations]);
  [provider, other] = await Promise.all([startFakeProvider(), startFakeProvider()]);
  client = createClient(database, { corp: provider.issuer, other: other.issuer });
});
afterAll(async () => {
  await Promise.all([provider?.close(), other?.close()]);
  await database?.close();
});

const refused = { code: "identity.sign_in_refused" };
const nowS = (): number => Math.floor(Date.now() / 1000);
let codes = 0;
/** The provider finds the nonce of the request in the code. */
const codeFor = (nonce: string): string => `code-${(codes += 1)}~${nonce}`;

async function signInWith(idToken: FakeProvider["idToken"]): Promise<unknown> {
  provider.idToken = idToken;
  const { state, nonce } = await client.begin();
  return client.finish({ code: codeFor(nonce), state });
}

describe("an ID token", () => {
  test("that is right lets in, by PKCE, with state and nonce", async () => {
    provider.idToken = (nonce) => mint(provider, { nonce, groups: ["ops", 7], sid: "s1" });
    const { state, nonce, url } = await client.begin();
    expect(url.searchParams.get("code_challenge_method")).toBe("S256");
    expect(url.searchParams.get("redirect_uri")).toBe("https://binnacle.example.com/api/sign-in/oidc/corp/callback");
    expect(await client.finish({ code: codeFor(nonce), state })).toMatchObject({
      arrival: { provider: "oidc:corp", subject: "ada", user: "ada@example.com" },
      session: "s1",
      returnTo: "/#/calls",
    });
    expect(provider.traded.at(-1)?.get("code_verifier")?.length).toBeGreaterThan(40);
  });

  test("of an address that the provider does not vouch for names nobody", async () => {
    const found = await signInWith((nonce) => mint(provider, { nonce, email_verified: false }));
    expect(found).toMatchObject({ arrival: { user: undefined } });
  });

  const wrong: Record<string, (nonce: string) => Promise<string> | string> = {
    "alg none": (nonce) => unsignedToken(provider, { nonce }),
    "no signature": async (nonce) => `${(await mint(provider, { nonce })).split(".").slice(0, 2).join(".")}.`,
    "a changed claim": async (nonce) => {
      const [head, , seal] = (await mint(provider, { nonce })).split(".");
      const [, body] = (await mint(provider, { nonce, sub: "admin" })).split(".");
      return `${head}.${body}.${seal}`;
    },
    "another key": async (nonce) => {
      const { privateKey } = await generateKeyPair("RS256");
      return mint(provider, { nonce }, { key: privateKey });
    },
    "key confusion: HS256 with the public key": (nonce) =>
      mint(
        provider,
        { nonce },
        { header: { alg: "HS256", kid: "one" }, key: new TextEncoder().encode(JSON.stringify(provider.jwk)) },
      ),
    "a key that it brings itself": async (nonce) => {
      const { privateKey } = await generateKeyPair("RS256");
      return mint(provider, { nonce }, { header: { alg: "RS256", jwk: { kty: "RSA" } }, key: privateKey });
    },
    "another audience": (nonce) => mint(provider, { nonce, aud: "someone-else" }),
    "two audiences, and a party that is not us": (nonce) =>
      mint(provider, { nonce, aud: ["binnacle", "someone-else"], azp: "someone-else" }),
    "another issuer": (nonce) => mint(provider, { nonce, iss: other.issuer }),
    "an end that is past": (nonce) => mint(provider, { nonce, iat: nowS() - 600, exp: nowS() - 300 }),
    "no end": (nonce) => mint(provider, { nonce, exp: undefined }),
    "another nonce": () => mint(provider, { nonce: "swapped" }),
    "no nonce": () => mint(provider, {}),
    "no token": () => "",
    "what is no token": () => "a.b.c",
  };

  test.each(Object.entries(wrong))("with %s is refused", async (_, idToken) => {
    await expect(signInWith(idToken)).rejects.toMatchObject(refused);
  });
});

describe("an answer", () => {
  beforeAll(() => {
    provider.idToken = (nonce) => mint(provider, { nonce });
  });

  test("with another sign-in's state, none, or one that was used is refused", async () => {
    const [one, two] = [await client.begin(), await client.begin("corp", "another browser")];
    await expect(client.finish({ code: codeFor(one.nonce), state: two.state })).rejects.toMatchObject(refused);
    await expect(client.finish({ code: codeFor(one.nonce) })).rejects.toMatchObject(refused);
    await expect(client.finish({ code: codeFor(one.nonce), state: "made-up" })).rejects.toMatchObject(refused);
    const query = { code: codeFor(one.nonce), state: one.state };
    expect(await client.finish(query)).toMatchObject({ arrival: { subject: "ada" } });
    await expect(client.finish(query)).rejects.toMatchObject(refused);
  });

  test("in another browser, or in none that began, is refused", async () => {
    const one = await client.begin();
    await expect(client.finish({ code: codeFor(one.nonce), state: one.state }, "another")).rejects.toMatchObject(
      refused,
    );
    const two = await client.begin();
    const url = new URL(`https://binnacle.example.com/callback?code=${codeFor(two.nonce)}&state=${two.state}`);
    await expect(client.oidc.finish("corp", { url, browser: undefined })).rejects.toMatchObject(refused);
  });

  test("whose code was traded before is refused", async () => {
    const [one, two] = [await client.begin(), await client.begin()];
    const code = codeFor(one.nonce);
    await client.finish({ code, state: one.state });
    await expect(client.finish({ code, state: two.state })).rejects.toMatchObject(refused);
  });

  test("at another provider's address is refused", async () => {
    const one = await client.begin("corp");
    const query = { code: codeFor(one.nonce), state: one.state };
    await expect(client.finish(query, undefined, "other")).rejects.toMatchObject(refused);
    const two = await client.begin("corp");
    const mixed = { code: codeFor(two.nonce), state: two.state, iss: other.issuer };
    await expect(client.finish(mixed)).rejects.toMatchObject(refused);
  });

  test("that is an error says so", async () => {
    const { state } = await client.begin();
    await expect(client.finish({ error: "access_denied", state })).rejects.toMatchObject(refused);
  });
});

describe("a logout token", () => {
  const EVENTS = { "http://schemas.openid.net/event/backchannel-logout": {} };
  const logout = (claims: Record<string, unknown>, typ: string | undefined = "logout+jwt", key?: CryptoKey) =>
    mint(
      provider,
      { email: undefined, jti: crypto.randomUUID(), events: EVENTS, ...claims },
      { header: { alg: "RS256", kid: "one", ...(typ !== undefined && { typ }) }, key },
    );
  const read = async (token: Promise<string> | string) => client.oidc.readLogout("corp", await token);

  test("names whose sessions end, once", async () => {
    const token = await logout({ sid: "s1" });
    expect(await read(token)).toEqual({ provider: "oidc:corp", subject: "ada", session: "s1" });
    await expect(read(token)).rejects.toThrow("came before");
  });

  const wrong: Record<string, () => Promise<string> | string> = {
    "an ID token": () => mint(provider, { nonce: "n" }),
    "an ID token with a logout's type": () =>
      mint(provider, { jti: "x" }, { header: { alg: "RS256", kid: "one", typ: "logout+jwt" } }),
    "a nonce": () => logout({ nonce: "n" }),
    "another event": () => logout({ events: { "http://example.com/other": {} } }),
    "another audience": () => logout({ aud: "someone-else" }),
    "another issuer": () => logout({ iss: other.issuer }),
    "an old one": () => logout({ iat: nowS() - 3600, exp: nowS() + 60 }),
    "one that is over": () => logout({ exp: nowS() - 100 }),
    "no id": () => logout({ jti: undefined }),
    nobody: () => logout({ sub: undefined }),
    "another key": async () => logout({}, "logout+jwt", (await generateKeyPair("RS256")).privateKey),
    "another type": () => logout({}, "at+jwt"),
    "alg none": () => unsignedToken(provider, { jti: "y", events: EVENTS }),
    nothing: () => "",
  };

  test.each(Object.entries(wrong))("with %s is refused", async (_, make) => {
    await expect(read(make())).rejects.toMatchObject({ code: "identity.logout_refused" });
  });
});

/** The codes of an error and of those behind it. */
async function causesOf(work: Promise<unknown>): Promise<unknown[]> {
  let error: unknown = await work.catch((thrown: unknown) => thrown);
  const codes: unknown[] = [];
  for (; error instanceof Error; error = error.cause) codes.push("code" in error ? error.code : error.message);
  return codes;
}

describe("a provider that names an address", () => {
  const asked: string[] = [];
  const inside = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    fetch({ url }) {
      asked.push(url);
      return Response.json({ keys: [] });
    },
  });
  afterAll(() => inside.stop(true));

  test.each([
    ["token_endpoint", `http://127.0.0.1:${inside.port}/token`],
    ["token_endpoint", "http://169.254.169.254/latest/meta-data/"],
    ["jwks_uri", `http://localhost:${inside.port}/jwks`],
    ["jwks_uri", "http://[fd00:ec2::254]/latest/meta-data/"],
  ])("of the inside as its %s (%s) is not followed there", async (endpoint, address) => {
    const evil = await startFakeProvider();
    evil.says = { [endpoint]: address };
    const victim = createClient(database, { evil: evil.issuer });
    const { state, nonce } = await victim.begin("evil");
    const finishing = victim.finish({ code: codeFor(nonce), state }, undefined, "evil");
    expect(await causesOf(finishing)).toContain("network.address_refused");
    expect(asked).toEqual([]);
    await evil.close();
  });
});

test("a provider that is down is said to be, and one that nobody has named is unknown", async () => {
  const gone = await startFakeProvider();
  await gone.close();
  const away = createClient(database, { gone: gone.issuer });
  await expect(away.begin("gone")).rejects.toMatchObject({ code: "identity.provider_down", status: 503 });
  await expect(client.begin("unheard-of")).rejects.toMatchObject({ code: "identity.provider_unknown" });
});
