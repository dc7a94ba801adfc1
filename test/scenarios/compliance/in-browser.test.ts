// The page of a report in a real browser: wide, narrow and on paper, with next to nothing in it and with very much.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import type { Browser, Page } from "playwright-core";
import { startAppDatabase } from "../../support/app-database.ts";
import { startTestApp, type TestApp } from "../../support/app.ts";
import type { TestDatabase } from "../../support/database.ts";
import { chromiumPath, launchBrowser } from "../../support/browser/browser.ts";

const HOSTILE = `"><script>document.title = "run"</script><img src="https://example.com/x.png" onerror="document.title='run'">`;
const KEYS = 250;

let database: TestDatabase;
let app: TestApp;
let browser: Browser;

beforeAll(async () => {
  if (!chromiumPath) return;
  database = await startAppDatabase();
  app = await startTestApp({ database, config: "vault: { enabled: true }" });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
  await database?.close();
});

/** A report as whoever saved it opens it, with what it asked other hosts for. */
async function open(framework: string, width: number): Promise<{ page: Page; asked: string[] }> {
  const path = `${app.url}/api/v1/compliance/reports/${framework}?format=html`;
  const html = await (await fetch(path, { headers: { authorization: `Bearer ${app.key}` } })).text();
  const page = await browser.newPage({ viewport: { width, height: 900 } });
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.setContent(html);
  return { page, asked };
}

const widthOf = (page: Page): Promise<number> => page.evaluate("document.documentElement.scrollWidth");

const frameworks = ["eu-ai-act", "gdpr", "hipaa", "soc2", "iso-42001"];

describe.skipIf(!chromiumPath)("the page of a report", () => {
  test.each(frameworks)("%s fits wide and narrow screens where nothing happened", async (framework) => {
    for (const width of [1280, 380]) {
      const { page } = await open(framework, width);
      expect(await widthOf(page)).toBe(width);
      await page.close();
    }
  });

  test("fits with much in it, runs nothing, asks nobody, and leads to its evidence", async () => {
    for (let index = 0; index < KEYS; index += 1)
      await app.client.keys.create({
        name: index === 0 ? HOSTILE.slice(0, 100) : `key-${"x".repeat(index % 80)}-${index}`,
      });
    await app.client.switches.throw({ kind: "model", name: "nobody/uses-this", reason: HOSTILE });
    for (const width of [1280, 380]) {
      const { page, asked } = await open("soc2", width);
      expect(await widthOf(page)).toBe(width);
      expect(asked).toEqual([]);
      expect(await page.title()).toContain("SOC 2");
      expect(await page.locator("script, img, iframe").count()).toBe(0);
      expect(await page.locator("main").innerText()).toContain("<script>");
      const links = await page
        .locator('a[href^="#"]')
        .evaluateAll((all) => all.map((link) => link.getAttribute("href")));
      for (const link of new Set(links)) expect(await page.locator(`[id="${link?.slice(1)}"]`).count()).toBe(1);
      await page.close();
    }
  }, 120_000);

  test("looks the same as the server gives it, under its policy of what may run and load", async () => {
    const page = await browser.newPage({ extraHTTPHeaders: { authorization: `Bearer ${app.key}` } });
    const complaints: string[] = [];
    page.on("console", (message) => complaints.push(message.text()));
    await page.goto(`${app.url}/api/v1/compliance/reports/soc2?format=html`);
    expect(
      await page
        .locator("th")
        .first()
        .evaluate((cell) => getComputedStyle(cell).fontWeight),
    ).toBe("600");
    await page.locator(".control a[href^='#']").first().click();
    await page.waitForURL(({ hash }) => hash === "#evidence-access");
    expect(complaints.filter((each) => each.includes("style"))).toEqual([]);
  });

  test("prints on sheets of A4 that nothing sticks out of", async () => {
    const { page } = await open("soc2", 1280);
    await page.emulateMedia({ media: "print" });
    // The width of an A4 sheet between its margins.
    await page.setViewportSize({ width: 688, height: 900 });
    expect(await widthOf(page)).toBe(688);
    const pdf = await page.pdf({ preferCSSPageSize: true });
    expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
  });
});
