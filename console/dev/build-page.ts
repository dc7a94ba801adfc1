// Builds the page as it is shipped, for tests that look at it in a browser.
import { join } from "node:path";

export async function buildPage(files: string): Promise<void> {
  const folder = join(import.meta.dirname, "..");
  const vite = join(folder, "../node_modules/vite/bin/vite.js");
  const command = [process.execPath, vite, "build", folder, "--outDir", files, "--logLevel", "error"];
  // Without this the test's own NODE_ENV would build a page for development.
  const build = Bun.spawn(command, {
    env: { ...process.env, NODE_ENV: "production" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  if ((await build.exited) !== 0) throw new Error(await new Response(build.stderr).text());
}
