// SAML with a provider on this machine and a real browser: there, back by a post from another site, and in.
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import type { Browser, Page } from "playwright-core";
import { startTestApp, type TestApp } from "../../support/app.ts";
import { chromiumPath, consoleFolder, launchBrowser } from "../../support/browser/browser.ts";
import { makeSigningPair } from "../../support/people/certificate.ts";
import { type SamlIdp, startSamlIdp } from "../../support/people/saml-idp.ts";

setDefaultTimeout(120_000);

describe.skipIf(chromiumPath === undefined)("signing in at a SAML provider", () => {
  const pair = makeSigningPair();
  let idp: SamlIdp;
  let app: TestApp;
  let origin: string;
  let browser: Browser;

  beforeAll(async () => {
    idp = startSamlIdp(pair);
    app = await startTestApp({
      consoleFolder: await consoleFolder(),
      config: `
identity:
  saml:
    providers:
      - name: house
        title: The House
        entry_point: "${idp.entryPoint}"
        idp_issuer: "${idp.issuer}"
        certificates: ["${pair.certificate.replace(/-----[A-Z ]+-----|\s/g, "")}"]
        groups: { keepers: { roles: [operator] } }
`,
    });
    // Another site than the provider's, as in life.
    origin = app.url.replace("127.0.0.1", "localhost");
    const metadata = await fetch(`${origin}/api/sign-in/saml/house/metadata`);
    expect(metadata.headers.get("content-type")).toBe("application/samlmetadata+xml");
    idp.serve(await metadata.text());
    browser = await launchBrowser();
    await app.client.users.create({ name: "ada@example.com" });
  });
  afterAll(async () => {
    await browser?.close();
    await app?.close();
    await idp?.close();
  });

  async function goThrough(page: Page, user: string): Promise<void> {
    await page.goto(`${origin}/#/calls?outcome=failed`);
    await page.getByRole("link", { name: "The House" }).click();
    await page.getByLabel("User").fill(user);
    await page.getByRole("button", { name: "Go" }).click();
    await page.getByRole("button", { name: "Back to Binnacle" }).click();
  }

  test("lets a user of the directory in, with the roles of the groups, and back to where the person was", async () => {
    idp.groups.set("ada@example.com", ["keepers"]);
    const context = await browser.newContext();
    const page = await context.newPage();
    await goThrough(page, "ada@example.com");
    await page.waitForURL(`${origin}/#/calls?outcome=failed`);
    const said = await page.evaluate(async () => (await fetch("/api/v1/session")).json());
    expect(said).toMatchObject({ user: "ada@example.com", roles: ["operator"], kind: "person" });
    await context.close();
  });

  test("says that somebody has no user here", async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await goThrough(page, "stranger@example.com");
    await page.getByRole("alert").waitFor();
    expect(await page.getByRole("alert").innerText()).toContain("you have no user here");
    await page.getByRole("link", { name: "Back to the sign-in page" }).click();
    await page.getByRole("link", { name: "The House" }).waitFor();
    expect(await page.evaluate(async () => (await fetch("/api/v1/session")).status)).toBe(401);
    await context.close();
  });
});
