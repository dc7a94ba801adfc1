// Tokens that must open nothing, each made as an attacker would make it.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "bun:test";
import { exportSPKI, generateKeyPair, SignJWT, UnsecuredJWT } from "jose";
import { AUDIENCE, createVerifier, startIssuer, type TestIssuer } from "./issuer.fixture.ts";

const REFUSED = "identity.token_refused";
const HOUR_S = 3600;
const nowS = (): number => Math.floor(Date.now() / 1000);

let issuer: TestIssuer;
let verifier: ReturnType<typeof createVerifier>;

beforeAll(async () => {
  issuer = await startIssuer();
});
beforeEach(() => {
  verifier = createVerifier(issuer);
});
afterAll(() => issuer.close());

const publicPem = async (): Promise<string> => {
  const { jwk } = await issuer.addKey("confused");
  return exportSPKI(
    await crypto.subtle.importKey("jwk", jwk, { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" }, true, ["verify"]),
  );
};
const base64 = (text: string): string => Buffer.from(text).toString("base64url");

test("An honest token is taken, so that the others are refused for what is wrong with them", async () => {
  expect(await verifier.codeOf(await issuer.sign())).toBe("service:test/reporter");
});

describe("a token is refused that", () => {
  test("is forged: signed by somebody else's key under the issuer's key id", async () => {
    const { privateKey } = await generateKeyPair("RS256");
    expect(await verifier.codeOf(await issuer.sign({}, { key: privateKey }))).toBe(REFUSED);
  });

  test("was changed after it was signed: its claims, its head, or its signature", async () => {
    const [head = "", claims = "", signature = ""] = (await issuer.sign()).split(".");
    const richer = base64(JSON.stringify({ ...JSON.parse(Buffer.from(claims, "base64url").toString()), sub: "root" }));
    const other = base64(JSON.stringify({ alg: "RS256", kid: "one", typ: "JWT" }));
    const flipped = `${signature.startsWith("A") ? "B" : "A"}${signature.slice(1)}`;
    for (const forged of [
      `${head}.${richer}.${signature}`,
      `${other}.${claims}.${signature}`,
      `${head}.${claims}.${flipped}`,
    ])
      expect(await verifier.codeOf(forged)).toBe(REFUSED);
    expect(await verifier.codeOf(`${head}.${claims}.`)).toBe(REFUSED);
  });

  test.each([
    ["has expired", { iat: nowS() - 2 * HOUR_S, exp: nowS() - HOUR_S }],
    ["is not yet valid", { nbf: nowS() + HOUR_S }],
    ["was made in the future", { iat: nowS() + HOUR_S, exp: nowS() + 2 * HOUR_S }],
    ["never expires", { exp: undefined }],
    ["is good for a year", { exp: nowS() + 8760 * HOUR_S }],
    ["is for another audience", { aud: "somebody-else" }],
    ["is for nobody", { aud: undefined }],
    ["is for an audience that only begins like ours", { aud: `${AUDIENCE}.evil.test` }],
    ["is from another issuer", { iss: "https://evil.test" }],
    ["is from an issuer that only begins like ours", { iss: "http://127.0.0.1.evil.test" }],
    ["is from nobody", { iss: undefined }],
    ["says nobody's name", { sub: undefined }],
    ["says a name that would break a line", { sub: "a\nb" }],
  ])("%s", async (_, claims) => {
    expect(await verifier.codeOf(await issuer.sign(claims))).toBe(REFUSED);
  });

  test("is signed by nothing: alg none, in any spelling", async () => {
    const unsigned = new UnsecuredJWT({ sub: "root" })
      .setIssuer(issuer.url)
      .setAudience(AUDIENCE)
      .setExpirationTime("1h")
      .encode();
    const claims = unsigned.split(".")[1] ?? "";
    const spelled = ["none", "None", "NONE", "nOnE", ""].map(
      (alg) => `${base64(JSON.stringify({ alg, kid: "one" }))}.${claims}.`,
    );
    for (const token of [unsigned, ...spelled, `${base64("{}")}.${claims}.`])
      expect(await verifier.codeOf(token)).toBe(REFUSED);
  });

  test("is signed with the public key as if it were a shared secret (key confusion)", async () => {
    const pem = await publicPem();
    const { jwk } = await issuer.addKey("confused");
    for (const secret of [pem, pem.trim(), JSON.stringify(jwk), String(jwk["n"])])
      for (const alg of ["HS256", "HS384", "HS512"]) {
        const key = new TextEncoder().encode(secret.padEnd(64));
        expect(await verifier.codeOf(await issuer.sign({}, { kid: "confused", head: { alg }, key }))).toBe(REFUSED);
      }
    issuer.dropKey("confused");
  });

  test("is signed with a shared secret that stands among the issuer's keys", async () => {
    const secret = new Uint8Array(32).fill(7);
    issuer.says.keys = [{ kty: "oct", kid: "one", alg: "HS256", k: Buffer.from(secret).toString("base64url") }];
    expect(await createVerifier(issuer).codeOf(await issuer.sign({}, { head: { alg: "HS256" }, key: secret }))).toBe(
      REFUSED,
    );
    issuer.says.keys = undefined;
  });

  test("is signed by an algorithm that is not believed of its issuer, though its key is there", async () => {
    await issuer.addKey("elliptic", "ES384");
    const token = await issuer.sign({}, { kid: "elliptic", head: { alg: "ES384" } });
    expect(await verifier.codeOf(token)).toBe(REFUSED);
    expect(await createVerifier(issuer, {}, { algorithms: ["ES384"] }).codeOf(token)).toBe("service:test/reporter");
    issuer.dropKey("elliptic");
  });

  test.each([
    ["a path", "../../../../dev/null"],
    ["an address", "http://127.0.0.1:1/keys"],
    ["SQL", "x' union select 'secret' --"],
    ["a command", "| cat /etc/passwd"],
    ["nothing", ""],
    ["a property that every object has", "__proto__"],
  ])("names as its key %s", async (_, kid) => {
    const { privateKey } = await generateKeyPair("RS256");
    expect(await verifier.codeOf(await issuer.sign({}, { head: { kid }, key: privateKey }))).toBe(REFUSED);
  });

  test("brings its own key, or says where it is: jwk, jku, x5u and x5c are not looked at", async () => {
    const evil = await startIssuer();
    const { private: key, jwk } = await evil.addKey("one");
    const heads = [{ jwk }, { jku: `${evil.url}/keys` }, { x5u: `${evil.url}/keys` }, { x5c: ["MIIB"] }];
    for (const head of heads) expect(await verifier.codeOf(await issuer.sign({}, { head, key }))).toBe(REFUSED);
    expect(evil.asked).toEqual({ keys: 0, discovery: 0 });
    evil.close();
  });

  test("demands what is not understood (crit), is for something else (typ), or is encrypted", async () => {
    const made = new SignJWT({ sub: "x" }).setProtectedHeader({ alg: "RS256", kid: "one", crit: ["exp"], exp: 1 });
    const { private: key } = await issuer.addKey("one");
    const critical = await made.sign(key, { crit: { exp: true } }).catch(() => undefined);
    verifier = createVerifier(issuer);
    if (critical !== undefined) expect(await verifier.codeOf(critical)).toBe(REFUSED);
    for (const typ of ["logout+jwt", "secevent+jwt", "dpop+jwt"])
      expect(await verifier.codeOf(await issuer.sign({}, { head: { typ } }))).toBe(REFUSED);
    expect(await verifier.codeOf(`${base64('{"alg":"RSA-OAEP","enc":"A256GCM"}')}.a.b.c.d`)).toBe(REFUSED);
  });

  test.each([
    ["is far too long", `eyJ${"a".repeat(100_000)}.x.y`],
    ["has too few parts", "eyJhbGciOiJSUzI1NiJ9"],
    ["has a head that is no JSON", "eyJ.eyJ.eyJ"],
    ["has claims that are no JSON", `${base64('{"alg":"RS256"}')}.!!!!.x`],
    ["has claims that are null", `${base64('{"alg":"RS256"}')}.${base64("null")}.x`],
    [
      "has a head of a thousand levels",
      `${base64(`{"alg":"RS256","a":${"[".repeat(1000)}${"]".repeat(1000)}}`)}.e30.x`,
    ],
  ])("%s", async (_, token) => {
    const { keys } = issuer.asked;
    expect(await verifier.codeOf(token)).toBe(REFUSED);
    expect(issuer.asked.keys).toBe(keys);
  });
});
