// Serves the console from its sources, for working on it: `npm run console -- [--server http://127.0.0.1:4100]`. Calls
// go to that server or, without one, to the stand-in with invented calls (sign in there with bk_demo).
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createServer } from "vite";

const STAND_IN_PORT = 4180;

const folder = join(import.meta.dir, "../console");
const { values } = parseArgs({ args: Bun.argv.slice(2), options: { server: { type: "string" } } });

if (values.server === undefined)
  Bun.spawn([process.execPath, "--no-orphans", join(folder, "dev/mock-server.ts"), "--port", String(STAND_IN_PORT)], {
    stdio: ["ignore", "inherit", "inherit"],
  });
const server = await createServer({
  root: folder,
  configFile: join(folder, "vite.config.ts"),
  server: { host: "127.0.0.1", proxy: { "/api": values.server ?? `http://127.0.0.1:${STAND_IN_PORT}` } },
});
await server.listen();
server.printUrls();
