// OpenID Connect with a real provider and a real browser: in, roles by groups, out by the back channel, and what stays while the
// provider is down.
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import type { Provider } from "oidc-provider";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { startTestApp, type TestApp } from "../../support/app.ts";
import { chromiumPath, consoleFolder, launchBrowser } from "../../support/browser/browser.ts";
import { OIDC_CLIENT, type OidcIdp, startOidcIdp } from "../../support/people/oidc-idp.ts";
import { until } from "../../support/until.ts";

setDefaultTimeout(120_000);

describe.skipIf(chromiumPath === undefined)("signing in at a provider of OpenID Connect", () => {
  let idp: OidcIdp;
  let provider: Provider;
  let app: TestApp;
  let origin: string;
  let browser: Browser;

  beforeAll(async () => {
    idp = await startOidcIdp();
    app = await startTestApp({
      consoleFolder: await consoleFolder(),
      env: { OIDC_SECRET: OIDC_CLIENT.secret },
      config: configOf(idp.issuer),
    });
    // Another site than the provider's, as in life.
    origin = app.url.replace("127.0.0.1", "localhost");
    provider = await idp.serve(origin);
    browser = await launchBrowser();
    await app.client.teams.create({ name: "core" });
  });
  afterAll(async () => {
    await browser?.close();
    await app?.close();
    await idp?.close();
  });

  async function signInAt(page: Page, account: string): Promise<void> {
    await page.goto(`${origin}/`);
    await page.getByRole("link", { name: "Corporate" }).click();
    await page.waitForURL(/interaction/);
    await page.locator("[name=login]").fill(account);
    await page.locator("[name=password]").fill("any");
    await page.locator("[type=submit]").click();
    await page.locator("[type=submit]").click();
    await page.waitForURL(`${origin}/**`);
  }

  const sessionIn = (page: Page): Promise<{ user: string; roles: string[]; scopes: string[] }> =>
    page.evaluate(async () => (await fetch("/api/v1/session")).json());

  const visit = async (work: (page: Page, context: BrowserContext) => Promise<void>): Promise<void> => {
    const context = await browser.newContext();
    try {
      await work(await context.newPage(), context);
    } finally {
      await context.close();
    }
  };

  test("makes the person's user, with the roles and teams of the groups, and anew at each sign-in", async () => {
    idp.accounts.set("ada", { email: "ada@example.com", groups: ["ops", "unknown"] });
    await visit(async (page) => {
      await signInAt(page, "ada");
      expect(await sessionIn(page)).toMatchObject({ user: "ada@example.com", roles: ["admin"], scopes: ["admin"] });
      expect((await app.client.users.get({ name: "ada@example.com" })).teams).toEqual(["core"]);
      const { sessions } = await app.client.people.sessions({ user: "ada@example.com" });
      expect(sessions).toMatchObject([{ way: "oidc:corp" }]);
    });
    idp.accounts.set("ada", { email: "ada@example.com", groups: ["readers"] });
    await visit(async (page) => {
      await signInAt(page, "ada");
      expect(await sessionIn(page)).toMatchObject({ roles: ["auditor"], scopes: ["read"] });
      expect((await app.client.users.get({ name: "ada@example.com" })).teams).toEqual([]);
    });
  });

  test("ends the session when the provider says so by the back channel", async () => {
    idp.accounts.set("bea", { email: "bea@example.com", groups: ["readers"] });
    await visit(async (page) => {
      await signInAt(page, "bea");
      expect(await sessionIn(page)).toMatchObject({ user: "bea@example.com" });
      // Out at the provider, by its own page.
      const [{ subject } = { subject: "" }] = (await app.client.people.list({})).people.flatMap(({ user, accounts }) =>
        user === "bea@example.com" ? accounts : [],
      );
      expect(subject).toBe("bea");
      await page.goto(`${idp.issuer}/session/end`);
      await page.getByRole("button", { name: /yes/i }).click();
      await page.waitForURL(/session\/end/);
      await until(async () => (await app.client.people.sessions({ user: "bea@example.com" })).sessions.length === 0);
      await page.goto(`${origin}/`);
      expect(await page.evaluate(async () => (await fetch("/api/v1/session")).status)).toBe(401);
    });
    expect(provider.issuer).toBe(idp.issuer);
  });

  test("says so while the provider is down, and sessions that were begun before go on", async () => {
    idp.accounts.set("cyd", { email: "cyd@example.com", groups: ["readers"] });
    await visit(async (page, context) => {
      await signInAt(page, "cyd");
      await idp.close();
      expect(await sessionIn(page)).toMatchObject({ user: "cyd@example.com" });
      const other = await context.newPage();
      const response = await other.goto(`${origin}/api/sign-in/oidc/corp`);
      expect(response?.status()).toBe(503);
      expect(await other.getByRole("alert").innerText()).toContain('"corp" cannot be reached');
    });
  });
});

function configOf(issuer: string): string {
  return `
identity:
  passwords: { memory_kib: 1024, passes: 1 }
  oidc:
    discovery_lifetime: 1ms
    providers:
      - name: corp
        title: Corporate
        issuer: "${issuer}"
        client_id: ${OIDC_CLIENT.id}
        client_secret: "env:OIDC_SECRET"
        allow_http: true
        people: create
        groups:
          ops: { roles: [admin], teams: [core] }
          readers: { roles: [auditor] }
`;
}
