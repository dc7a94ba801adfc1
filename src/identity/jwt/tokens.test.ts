// Tokens that are taken: what they open, how long they are known, and what becomes of them when keys change or cannot be had.
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { createVerifier, startIssuer, type TestIssuer } from "./issuer.fixture.ts";

const REFUSED = "identity.token_refused";
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

let issuer: TestIssuer;
beforeEach(async () => {
  issuer = await startIssuer();
});
afterEach(() => issuer.close());

describe("what a token opens", () => {
  test("is what the first grant says that fits its claims, and no more", async () => {
    const { codeOf, seen } = createVerifier(
      issuer,
      {},
      {
        team_claim: "department",
        grants: [
          { when: { sub: "deploy*", env: ["prod", "staging"] }, roles: ["operator"], project: "release" },
          { when: { groups: "ml" }, roles: ["developer"], models: ["fast"], organisation: "acme" },
        ],
      },
    );
    await codeOf(await issuer.sign({ sub: "deploy-7", env: "prod", department: "core" }));
    await codeOf(await issuer.sign({ sub: "trainer", groups: ["all", "ml"], department: 7 }));
    expect(seen).toMatchObject([
      {
        name: "test/deploy-7",
        roles: ["operator"],
        project: "release",
        team: "core",
        organisation: "default",
        models: null,
      },
      { name: "test/trainer", roles: ["developer"], models: ["fast"], team: null, organisation: "acme" },
    ]);
    for (const claims of [
      { sub: "deploy-7" },
      { sub: "deploy-7", env: "dev" },
      { sub: "x", groups: "mlops" },
      { sub: "x" },
    ])
      expect(await codeOf(await issuer.sign(claims))).toBe("identity.token_without_grant");
  });

  test("is nothing where nothing is granted, or a claim is only inherited by every object", async () => {
    expect(await createVerifier(issuer, {}, { grants: [] }).codeOf(await issuer.sign())).toBe(
      "identity.token_without_grant",
    );
    const odd = createVerifier(issuer, {}, { grants: [{ when: { toString: "*" }, roles: ["owner"] }] });
    expect(await odd.codeOf(await issuer.sign())).toBe("identity.token_without_grant");
  });
});

describe("keys of an issuer", () => {
  test("are asked for once for many tokens, at the address that discovery names", async () => {
    const { codeOf } = createVerifier(issuer);
    const tokens = await Promise.all(Array.from({ length: 20 }, (_, at) => issuer.sign({ sub: `s${at}` })));
    await Promise.all(tokens.map(codeOf));
    expect(issuer.asked).toEqual({ keys: 1, discovery: 1 });
  });

  test.each([
    "http://169.254.169.254/latest/meta-data/",
    "http://[fd00:ec2::254]/latest/meta-data/",
    "http://10.0.0.1/keys",
  ])("are not asked for at %s, whoever says that they are there", async (address) => {
    issuer.says.jwks_uri = address;
    const { tokens } = createVerifier(issuer);
    const asking = tokens.identify(await issuer.sign());
    await expect(asking).rejects.toMatchObject({
      code: "identity.issuer_down",
      message: expect.stringContaining("is not an address of the public internet"),
    });
    expect(issuer.asked).toEqual({ keys: 0, discovery: 1 });
  });

  test("are not believed of an issuer that says it is another", async () => {
    issuer.says.issuer = "https://evil.test";
    expect(await createVerifier(issuer).codeOf(await issuer.sign())).toBe("identity.issuer_down");
    expect(issuer.asked.keys).toBe(0);
  });

  test("are not fetched without TLS, unless that is said", async () => {
    const { codeOf } = createVerifier(issuer, {}, { allow_http: false });
    expect(await codeOf(await issuer.sign())).toBe("identity.issuer_down");
    expect(issuer.asked).toEqual({ keys: 0, discovery: 0 });
  });

  test("of a thousand are not taken; those that were known go on", async () => {
    const { codeOf, clock } = createVerifier(issuer);
    const token = await issuer.sign();
    expect(await codeOf(token)).toBe("service:test/reporter");
    const { jwk } = await issuer.addKey("two");
    issuer.says.keys = Array.from({ length: 1000 }, (_, at) => ({ ...jwk, kid: `k${at}` }));
    clock.monotonicMs += HOUR_MS;
    expect(await codeOf(await issuer.sign({}, { kid: "two" }))).toBe(REFUSED);
    expect(await codeOf(token)).toBe("service:test/reporter");
    expect(await createVerifier(issuer).codeOf(token)).toBe("identity.issuer_down");
  });

  test("that are new are asked for when a token names them, no more often than the cool-down allows", async () => {
    const { codeOf, clock } = createVerifier(issuer);
    await codeOf(await issuer.sign());
    await issuer.addKey("two");
    const rotated = await issuer.sign({}, { kid: "two" });
    for (let tries = 0; tries < 50; tries += 1) expect(await codeOf(rotated)).toBe(REFUSED);
    expect(issuer.asked.keys).toBe(1);
    clock.monotonicMs += MINUTE_MS;
    expect(await codeOf(rotated)).toBe("service:test/reporter");
    expect(issuer.asked.keys).toBe(2);
  });

  test("that are withdrawn open nothing any more, though their tokens were taken before", async () => {
    const { codeOf, clock } = createVerifier(issuer);
    const token = await issuer.sign();
    expect(await codeOf(token)).toBe("service:test/reporter");
    await issuer.addKey("two");
    issuer.dropKey("one");
    clock.monotonicMs += MINUTE_MS;
    expect(await codeOf(await issuer.sign({}, { kid: "two" }))).toBe("service:test/reporter");
    expect(await codeOf(token)).toBe(REFUSED);
  });

  test("go on while the issuer is away, for as long as is stated and no longer; new ones wait", async () => {
    const { codeOf, clock } = createVerifier(issuer, { keys_stale_for: "2h" });
    const token = await issuer.sign();
    expect(await codeOf(token)).toBe("service:test/reporter");
    issuer.says.status = 503;
    clock.monotonicMs += HOUR_MS;
    expect(await codeOf(token)).toBe("service:test/reporter");
    expect(await codeOf(await issuer.sign({ sub: "another" }))).toBe("service:test/another");
    clock.monotonicMs += 2 * HOUR_MS;
    expect(await codeOf(token)).toBe("identity.issuer_down");
    expect(await codeOf(await issuer.sign({ sub: "third" }))).toBe("identity.issuer_down");
    issuer.says.status = 200;
    clock.monotonicMs += MINUTE_MS;
    expect(await codeOf(token)).toBe("service:test/reporter");
  });

  test("without ids are used where there is one of the kind, and not where it cannot be told which", async () => {
    const { jwk } = await issuer.addKey("one");
    issuer.says.keys = [{ ...jwk, kid: undefined, alg: undefined, use: undefined }];
    const token = await issuer.sign({}, { head: { kid: undefined } });
    expect(await createVerifier(issuer).codeOf(token)).toBe("service:test/reporter");
    const other = (await issuer.addKey("two")).jwk;
    issuer.says.keys = [jwk, other];
    expect(await createVerifier(issuer).codeOf(token)).toBe(REFUSED);
  });
});

describe("a token that was verified", () => {
  test("is known until it expires", async () => {
    const { codeOf, clock, tokens } = createVerifier(issuer);
    const token = await issuer.sign();
    expect(tokens.isToken(token)).toBe(true);
    expect(tokens.isToken("bk_0aB1cD2eF3gH_x")).toBe(false);
    expect(await codeOf(token)).toBe("service:test/reporter");
    clock.nowMs = HOUR_MS - MINUTE_MS;
    expect(await codeOf(token)).toBe("service:test/reporter");
    clock.nowMs = HOUR_MS + MINUTE_MS;
    expect(await codeOf(token)).toBe(REFUSED);
  });

  test("may come from an issuer whose clock is a little off", async () => {
    const nowS = (): number => Math.floor(Date.now() / 1000);
    const { codeOf } = createVerifier(issuer);
    expect(await codeOf(await issuer.sign({ nbf: nowS() + 20, iat: nowS() + 20 }))).toBe("service:test/reporter");
    expect(await codeOf(await issuer.sign({ exp: nowS() - 10 }))).toBe("service:test/reporter");
    expect(await codeOf(await issuer.sign({ exp: nowS() - 40 }))).toBe(REFUSED);
  });
});
