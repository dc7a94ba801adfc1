// Builds the console into console/dist. The launcher runs it when the sources have changed and hands it their hash,
// which is written last, so that a build that was broken off is done again.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "vite";

const folder = join(import.meta.dir, "../console");
const stamp = join(folder, "dist/.stamp");
const hash = Bun.argv[2];

rmSync(stamp, { force: true });
await build({ root: folder, configFile: join(folder, "vite.config.ts"), logLevel: "error" });
if (hash !== undefined) await Bun.write(stamp, hash);
