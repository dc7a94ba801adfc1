// Drives the built page in a real Chromium against the stand-in server: the main tasks, by mouse and by keyboard, and that
// nothing leaves the machine or breaks the content-security policy on the way.
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { type Browser, chromium, type Page } from "playwright-core";
import { buildPage } from "./dev/build-page.ts";
import { demoKey, type MockServer, startMockServer } from "./dev/mock-server.ts";

const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);
const args = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--no-first-run",
  "--disable-component-update",
  "--disable-sync",
];
// For what never comes, not for what comes slowly: a busy machine may take its time.
const timeoutMs = 30_000;
setDefaultTimeout(2 * timeoutMs);

describe.skipIf(executablePath === undefined)("the console", () => {
  const complaints: string[] = [];
  let files: string;
  let server: MockServer;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    files = await mkdtemp(join(tmpdir(), "binnacle-console-"));
    await buildPage(files);
    server = startMockServer({ calls: 240, files });
    browser = await chromium.launch({ executablePath: executablePath as string, args });
    page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    page.setDefaultTimeout(timeoutMs);
    listen(page, complaints);
  });

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    await rm(files, { recursive: true, force: true });
  });

  test("refuses a wrong key with the reason and what to do", async () => {
    await page.goto(server.url);
    await page.getByRole("textbox", { name: "API key" }).fill("bk_wrong");
    await page.getByRole("button", { name: "Sign in" }).click();
    const alert = page.getByRole("alert");
    await alert.getByText("This key is not known here.").waitFor();
    expect(await alert.innerText()).toContain("Check that it was copied whole");
  });

  test("lets a right key in, and shows a call as it ends", async () => {
    await page.getByRole("textbox", { name: "API key" }).fill(demoKey);
    await page.keyboard.press("Enter");
    await page.locator("[data-connection=live]").waitFor();
    const id = server.addCall({ outcome: "failed", model: "careful" });
    const row = page.locator(`#call-${id}`);
    await row.waitFor();
    expect(await row.innerText()).toMatch(/failed[\s\S]*502[\s\S]*careful/);
  });

  test("moves by j and k, opens by Enter, closes by Escape", async () => {
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    await page.keyboard.press("k");
    await page.keyboard.press("Enter");
    const panel = page.getByRole("complementary", { name: "Record of a call" });
    await panel.getByRole("heading", { name: "Route and attempts" }).waitFor();
    expect(await panel.innerText()).toContain("No target of");
    await page.keyboard.press("j");
    await panel.getByText("As the vendor counted them.").waitFor();
    await page.keyboard.press("Escape");
    await panel.waitFor({ state: "detached" });
    expect(new URL(page.url()).hash).toBe("#/calls");
    expect(await page.evaluate(() => document.activeElement?.getAttribute("role"))).toBe("grid");
  });

  test("shows a record from its address alone, hostile text as text", async () => {
    const says = `<img src="https://example.invalid/p.png" onerror="document.title='ran'"><script>document.title='ran'</script>`;
    const id = server.addCall({ outcome: "refused", says });
    await page.goto(`${server.url}/#/calls/${id}`);
    await page.reload();
    const panel = page.getByRole("complementary", { name: "Record of a call" });
    await panel.getByText(says).first().waitFor();
    await panel.getByText("Request", { exact: false }).last().click();
    expect(await page.title()).toBe("Binnacle");
    expect(await panel.innerText()).toContain(`binnacle calls show ${id}`);
    await panel.getByRole("button", { name: "Close" }).click();
  });

  test("narrows the list, and keeps that in the address", async () => {
    await page.getByText("refused", { exact: true }).first().click();
    await page.waitForURL(/outcome=refused/);
    await page.waitForFunction(() => {
      const cells = [...document.querySelectorAll("[aria-rowindex] .cell-outcome")].slice(1);
      return cells.length > 0 && cells.every((cell) => cell.textContent === "refused");
    });
    await page.getByText("any", { exact: true }).click();
    await page.waitForURL(/#\/calls$/);
  });

  test("never scrolls sideways, from 320 pixels to ultrawide", async () => {
    for (const width of [320, 768, 1100, 2560]) {
      await page.setViewportSize({ width, height: 800 });
      await page.waitForFunction(() => document.documentElement.scrollWidth <= innerWidth);
    }
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  test("greets the first call of an empty record", async () => {
    const empty = startMockServer({ files });
    const other = await browser.newPage();
    listen(other, complaints);
    await other.goto(empty.url);
    await other.getByRole("textbox", { name: "API key" }).fill(demoKey);
    await other.keyboard.press("Enter");
    await other.getByRole("heading", { name: "Make the first call" }).waitFor();
    expect(await other.locator("pre").first().innerText()).toContain(`${empty.url}/v1/chat/completions`);
    empty.addCall({ outcome: "ok", model: "sim/sim-small" });
    await other.getByText("The first call is on the record.").waitFor();
    await other.close();
    await empty.stop();
  });

  test("says that the server is away, and comes back by itself", async () => {
    await server.stop();
    await page.getByText("Reconnecting").waitFor();
    server = startMockServer({ port: server.port, calls: 30, files });
    await page.locator("[data-connection=live]").waitFor();
    await page.getByText("Binnacle does not answer").waitFor({ state: "detached" });
  });

  test("signs out", async () => {
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("textbox", { name: "API key" }).waitFor();
    await page.reload();
    await page.getByRole("textbox", { name: "API key" }).waitFor();
  });

  test("did all this without a word to another host, a broken policy or an error", () => {
    expect(complaints).toEqual([]);
  });

  test("is built of hashed files with compressed twins, under 250 KB of JavaScript", async () => {
    const names = await readdir(join(files, "assets"));
    const plain = names.filter((name) => !/\.(br|gz)$/.test(name));
    expect(plain.every((name) => /-[\w-]{8}\.(js|css|svg)$/.test(name))).toBe(true);
    let scriptBytes = 0;
    for (const name of plain) {
      const [whole, zipped] = await Promise.all(
        [name, `${name}.gz`].map((each) => readFile(join(files, "assets", each))),
      );
      expect(gunzipSync(zipped as Buffer).equals(whole as Buffer)).toBe(true);
      expect(names).toContain(`${name}.br`);
      if (name.endsWith(".js")) scriptBytes += (zipped as Buffer).length;
    }
    expect(scriptBytes).toBeLessThan(250_000);
    expect(await readFile(join(files, "index.html"), "utf8")).not.toMatch(/<style|style=|<script(?![^>]*src=)/);
  });
});

/** A page of its own, so that what is tested is what the sources say now. */
/** Notes what must not happen. Being told that one is not signed in, or that the server is away, is part of the tests. */
function listen(page: Page, complaints: string[]): void {
  page.on("pageerror", (error) => complaints.push(`threw: ${error.message}`));
  page.on("console", (message) => {
    const isExpected =
      /status of 401|ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET/;
    if (message.type() === "error" && !isExpected.test(message.text())) complaints.push(`console: ${message.text()}`);
  });
  page.on("request", (request) => {
    const { hostname, protocol } = new URL(request.url());
    if (protocol !== "data:" && hostname !== "127.0.0.1") complaints.push(`asked ${request.url()}`);
  });
}
