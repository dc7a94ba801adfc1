// The pages that need no sign-in: complete, locked down, and with nothing from elsewhere.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startTestApp, type TestApp } from "../support/app.ts";

let app: TestApp;
let files: string;

beforeAll(async () => {
  files = mkdtempSync(join(tmpdir(), "binnacle-pages-"));
  mkdirSync(join(files, "assets"));
  writeFileSync(join(files, "index.html"), "<!doctype html><title>Binnacle</title>");
  writeFileSync(join(files, "assets", "main-abc.js"), "1;");
  writeFileSync(join(files, "assets", "main-abc.js.gz"), Bun.gzipSync(Buffer.from("1;")));
  writeFileSync(join(files, "secret.key"), "not for anyone");
  app = await startTestApp({ consoleFolder: files });
});
afterAll(async () => {
  await app.close();
  rmSync(files, { recursive: true });
});

describe("the console's files", () => {
  test("are served compressed, cached by name, and under a strict policy", async () => {
    const page = await fetch(`${app.url}/`);
    expect(page.headers.get("cache-control")).toBe("no-cache");
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(page.headers.get("content-security-policy")).not.toContain("unsafe");
    const script = await fetch(`${app.url}/assets/main-abc.js`, {
      headers: { "accept-encoding": "gzip" },
      decompress: false,
    });
    expect(script.headers.get("content-encoding")).toBe("gzip");
    expect(script.headers.get("cache-control")).toContain("immutable");
  });

  test.each(["/secret.key", "/../package.json", "/%2e%2e/package.json", "/assets/../secret.key", "/nothing"])(
    "%s is not there",
    async (path) => {
      const response = await fetch(app.url + path);
      expect(response.status).toBe(404);
      expect(await response.text()).not.toContain("not for anyone");
    },
  );
});

describe("the API's documentation", () => {
  test("shows every route, and its policy allows its own style and nothing else", async () => {
    const response = await fetch(`${app.url}/api/docs`);
    const page = await response.text();
    const document = (await (await fetch(`${app.url}/api/openapi.json`)).json()) as { paths: Record<string, object> };
    for (const path of Object.keys(document.paths)) expect(page).toContain(path);
    const style = /<style>([\s\S]*)<\/style>/.exec(page)?.[1] ?? "";
    const hash = new Bun.CryptoHasher("sha256").update(style).digest("base64");
    expect(response.headers.get("content-security-policy")).toContain(`style-src 'sha256-${hash}'`);
    expect(page).not.toMatch(/<script|https?:\/\/(?!127)/);
  });
});
