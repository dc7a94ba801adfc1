// SAML's attacks, each made and each refused; and the good answer that shows they fail for what is wrong with them.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { startMigratedDatabase, type TestDatabase } from "../../../test/support/database.ts";
import { assertionXml, responseXml, sign } from "../../../test/support/people/saml-response.ts";
import { identityMigrations } from "../migrations/index.ts";
import { answerTo, attacker, createHouse, genuine, ISSUER, signedResponse } from "./saml.fixture.ts";
import { wrapAssertion, wrapResponse } from "./wrapping.fixture.ts";

let database: TestDatabase;
let house: ReturnType<typeof createHouse>;

beforeAll(async () => {
  database = await startMigratedDatabase("identity", [identityMigrations]);
  house = createHouse(database);
});
afterAll(() => database?.close());

const VICTIM = "admin@example.com";
const refused = { code: "identity.sign_in_refused" };

/** Begins a sign-in, and brings what is made of its request's id. */
async function bring(make: (requestId: string) => string): Promise<unknown> {
  const { relay, requestId } = await house.begin();
  return house.bring(make(requestId), relay);
}

describe("a signed assertion", () => {
  test("that answers our request in the same browser is believed, once", async () => {
    const { relay, requestId } = await house.begin();
    const xml = signedResponse(answerTo(requestId, { groups: ["keepers", "all"] }));
    expect(await house.bring(xml, relay)).toMatchObject({
      arrival: {
        provider: "saml:house",
        subject: "ada@example.com",
        user: "ada@example.com",
        groups: ["keepers", "all"],
      },
      session: "_s1",
      returnTo: "/#/calls",
    });
    await expect(house.bring(xml, relay)).rejects.toMatchObject(refused);
  });

  test("is not believed again for another request, nor in another browser, nor for none", async () => {
    const { relay, requestId } = await house.begin();
    const xml = signedResponse(answerTo(requestId));
    const other = await house.begin();
    await expect(house.bring(xml, other.relay)).rejects.toMatchObject(refused);
    await expect(house.bring(xml)).rejects.toMatchObject(refused);
    await expect(house.bring(xml, "no-such-relay")).rejects.toMatchObject(refused);
    await expect(house.bring(xml, relay, "another browser")).rejects.toMatchObject(refused);
  });

  test("whose id came before is refused, on whichever process", async () => {
    const again = createHouse(database, { allow_idp_initiated: true });
    const xml = signedResponse(answerTo(undefined, { id: "_replayed" }));
    expect(await again.bring(xml)).toMatchObject({ returnTo: "/" });
    await expect(again.bring(xml)).rejects.toThrow("came before");
  });

  test("that nobody asked for is refused, unless the provider may begin; then it must not answer anything", async () => {
    await expect(house.bring(signedResponse(answerTo(undefined)))).rejects.toMatchObject(refused);
    await expect(bring(() => signedResponse(answerTo(undefined)))).rejects.toMatchObject(refused);
    const open = createHouse(database, { allow_idp_initiated: true });
    const { requestId } = await open.begin();
    await expect(open.bring(signedResponse(answerTo(requestId)))).rejects.toMatchObject(refused);
  });
});

describe("refused is", () => {
  const unsigned = (requestId: string): string => responseXml(answerTo(requestId), assertionXml(answerTo(requestId)));
  const wrong = {
    "an unsigned assertion": unsigned,
    "a signed response with an unsigned assertion": (id: string) => sign(unsigned(id), "Response", genuine),
    "a signature of another key, its certificate beside it": (id: string) => signedResponse(answerTo(id), attacker),
    "a changed name": (id: string) => signedResponse(answerTo(id)).replace("ada@example.com", VICTIM),
    "a comment in the name": (id: string) =>
      signedResponse(answerTo(id, { user: `${VICTIM}.evil.example` })).replace(".evil.example", "<!---->.evil.example"),
    "a comment that was there when it was signed": (id: string) =>
      signedResponse(answerTo(id, { user: `${VICTIM}<!-- -->.evil.example` })),
    "a document type": (id: string) => `<!DOCTYPE x [<!ENTITY e "x">]>${signedResponse(answerTo(id))}`,
    "a processing instruction": (id: string) => signedResponse(answerTo(id)).replace("ada@", "ada<?x y?>@"),
    "another audience": (id: string) => signedResponse(answerTo(id, { audience: "https://other.example.com" })),
    "another recipient": (id: string) => signedResponse(answerTo(id, { recipient: "https://other.example.com/acs" })),
    "another issuer": (id: string) => signedResponse(answerTo(id, { issuer: "https://evil.example.com" })),
    "an assertion that is over": (id: string) =>
      signedResponse(answerTo(id, { issuedAt: new Date(Date.now() - 200_000), validForMs: 100_000 })),
    "one that is valid for long, and old": (id: string) =>
      signedResponse(answerTo(id, { issuedAt: new Date(Date.now() - 900_000), validForMs: 86_400_000 })),
    "one that begins later": (id: string) => signedResponse(answerTo(id, { issuedAt: new Date(Date.now() + 600_000) })),
    "another confirmation than bearer": (id: string) => signedResponse(answerTo(id, { method: "sender-vouches" })),
    "no signature's value": (id: string) =>
      signedResponse(answerTo(id)).replace(/<ds:SignatureValue>[^<]*/, "<ds:SignatureValue>"),
    "a signature by a shared secret: the certificate as its key": (id: string) =>
      signedResponse(answerTo(id)).replace(
        "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
        "http://www.w3.org/2000/09/xmldsig#hmac-sha1",
      ),
    "no XML at all": () => "hello",
    nothing: () => "",
  };

  test.each(Object.entries(wrong))("%s", async (_, make) => {
    await expect(bring(make)).rejects.toMatchObject(refused);
  });

  test("what is longer than a response may be", async () => {
    await expect(bring((id) => signedResponse(answerTo(id)) + " ".repeat(600_000))).rejects.toThrow("longer than");
  });
});

describe("signature wrapping", () => {
  const SHAPES = Object.keys(wrapAssertion("", ""));

  test.each(SHAPES)("of an assertion, %s, gains nothing", async (shape) => {
    const { relay, requestId } = await house.begin();
    const xml = wrapAssertion(signedResponse(answerTo(requestId)), VICTIM)[shape] ?? "";
    expect(xml).toContain(VICTIM);
    // Where the genuine one is found, its person is who comes in: that is no attack.
    const result = await house.bring(xml, relay).catch((error: unknown) => error);
    expect(JSON.stringify(result)).not.toContain(VICTIM);
    if (shape.startsWith("XSW") && !shape.startsWith("XSW7")) expect(result).toMatchObject(refused);
  });

  test.each(["XSW1", "XSW2"])("of a response, %s, gains nothing", async (shape) => {
    const both = createHouse(database, { response_signed: true });
    const { relay, requestId } = await both.begin();
    const signed = sign(signedResponse(answerTo(requestId)), "Response", genuine);
    expect(await both.bring(signed, relay)).toMatchObject({ arrival: { subject: "ada@example.com" } });
    const next = await both.begin();
    const fresh = sign(signedResponse(answerTo(next.requestId)), "Response", genuine);
    const xml = wrapResponse(fresh, VICTIM)[shape] ?? "";
    expect(xml).toContain(VICTIM);
    await expect(both.bring(xml, next.relay)).rejects.toMatchObject(refused);
  });

  test("where the response must be signed, an assertion alone is not enough", async () => {
    const both = createHouse(database, { response_signed: true });
    const { relay, requestId } = await both.begin();
    await expect(both.bring(signedResponse(answerTo(requestId)), relay)).rejects.toMatchObject(refused);
  });
});

test("metadata name us, and that assertions must be signed", async () => {
  const xml = await house.saml.metadata("house", "https://binnacle.example.com");
  expect(xml).toContain('entityID="https://binnacle.example.com/api/sign-in/saml/house/metadata"');
  expect(xml).toContain('WantAssertionsSigned="true"');
  expect(ISSUER).not.toBe("");
});
