// Passkeys in a real browser, with an authenticator that Chromium plays: made with an invitation, used to sign in, and a copy of one found out.
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import type { Browser, BrowserContext, CDPSession, Page } from "playwright-core";
import { startTestApp, type TestApp } from "../../support/app.ts";
import { chromiumPath, consoleFolder, launchBrowser } from "../../support/browser/browser.ts";

setDefaultTimeout(120_000);

describe.skipIf(chromiumPath === undefined)("passkeys", () => {
  let app: TestApp;
  let origin: string;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let device: CDPSession;
  let authenticatorId: string;

  beforeAll(async () => {
    app = await startTestApp({ consoleFolder: await consoleFolder() });
    // Passkeys belong to names; an address has none.
    origin = app.url.replace("127.0.0.1", "localhost");
    browser = await launchBrowser();
    context = await browser.newContext();
    page = await context.newPage();
    device = await context.newCDPSession(page);
    await device.send("WebAuthn.enable");
    ({ authenticatorId } = await device.send("WebAuthn.addVirtualAuthenticator", {
      options: {
        protocol: "ctap2",
        transport: "internal",
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    }));
    await app.client.users.create({ name: "ada" });
  });
  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });

  const sessionStatus = (): Promise<number> => page.evaluate(async () => (await fetch("/api/v1/session")).status);
  const signOut = (): Promise<unknown> =>
    page.evaluate(() => fetch("/api/session", { method: "DELETE" }).then(() => null));
  const signIn = async (): Promise<void> => {
    await page.goto(`${origin}/#/calls`);
    await page.reload();
    await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  };

  test("are made in a password's place when somebody was invited", async () => {
    const { url } = await app.client.people.invite({ user: "ada", roles: ["auditor"] });
    await page.goto(url.replace("127.0.0.1", "localhost"));
    await page.getByText("You were invited as").waitFor();
    await page.getByRole("button", { name: "Make a passkey" }).click();
    await page.getByRole("button", { name: "Sign out" }).waitFor();
    await page.waitForURL(/#\/calls$/);
    expect(await sessionStatus()).toBe(200);
    const { people } = await app.client.people.list({});
    expect(people).toMatchObject([{ user: "ada", passkeys: 1, has_password: false, invited_until_ms: null }]);
  });

  test("sign in without a name, and only with the person's own presence", async () => {
    await signOut();
    await signIn();
    await page.getByRole("button", { name: "Sign out" }).waitFor();
    expect((await app.client.people.sessions({ user: "ada" })).sessions[0]).toMatchObject({ way: "passkey" });
    await signOut();
    await device.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified: false });
    await signIn();
    await page.getByRole("alert").waitFor();
    expect(await sessionStatus()).toBe(401);
    await device.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified: true });
  });

  test("that count less than they have counted are copies, and refused", async () => {
    const { credentials } = await device.send("WebAuthn.getCredentials", { authenticatorId });
    const [credential] = credentials;
    if (!credential) throw new Error("the authenticator has none");
    const { credentialId } = credential;
    await device.send("WebAuthn.removeCredential", { authenticatorId, credentialId });
    await device.send("WebAuthn.addCredential", { authenticatorId, credential: { ...credential, signCount: 0 } });
    await signIn();
    await page.getByRole("alert").waitFor();
    expect(await page.getByRole("alert").innerText()).toContain("The passkey was not accepted");
    expect(await sessionStatus()).toBe(401);
  });

  test("answer each challenge once, for this origin, and no other is believed", async () => {
    const post = (path: string, body: object) =>
      fetch(`${origin}/api/sign-in/${path}`, { method: "POST", body: JSON.stringify(body) });
    const clientData = (challenge: string) =>
      Buffer.from(JSON.stringify({ type: "webauthn.get", challenge, origin })).toString("base64url");
    const answerTo = (challenge: string) => ({
      id: "x",
      rawId: "x",
      type: "public-key",
      response: { clientDataJSON: clientData(challenge), authenticatorData: "AA", signature: "AA" },
    });
    const { challenge } = (await (await post("passkey/begin", {})).json()) as { challenge: string };
    for (const made of ["never-made", challenge, challenge]) {
      const refusal = await post("passkey", { answer: answerTo(made) });
      expect(await refusal.json()).toMatchObject({ code: "identity.passkey_refused" });
    }
    expect((await post("passkey", { answer: { id: "x" } })).status).toBe(401);
  });
});
