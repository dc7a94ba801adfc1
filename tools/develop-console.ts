// Serves the console from its sources, for working on it: `npm run console -- [--server http://127.0.0.1:4100] [--port 5173]`. What
// it asks for is answered by a server that runs: `npm start` here, or any other that is named. `npm run console -- shots` takes
// pictures of all pages instead (shots/).
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createServer } from "vite";

const DEFAULT_SERVER = "http://127.0.0.1:4100";

if (Bun.argv[2] === "shots") {
  const { shots } = await import("./shots/shots.ts");
  process.exit(await shots(Bun.argv.slice(3)));
}

const folder = join(import.meta.dir, "../console");
const { values } = parseArgs({
  args: Bun.argv.slice(2),
  options: { server: { type: "string", default: DEFAULT_SERVER }, port: { type: "string", default: "5173" } },
});

const server = await createServer({
  root: folder,
  configFile: join(folder, "vite.config.ts"),
  server: { host: "127.0.0.1", port: Number(values.port), proxy: { "/api": values.server } },
});
await server.listen();
server.printUrls();
if (!(await isThere(values.server)))
  process.stdout.write(
    `  No server answers at ${values.server} yet: start one with npm start, or name one with --server.\n`,
  );

async function isThere(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(2000) })).status < 500;
  } catch {
    return false;
  }
}
