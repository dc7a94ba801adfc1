// `npm run seed -- demo`: fills a data folder with a week of the invented organisation Harbour, and says how to look at it.
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { isAppError } from "../../src/kernel/index.ts";
import { describeSeeded } from "./describe-seeded.ts";
import { readRequest, usage } from "./read-request.ts";
import { seedDemo } from "./seed-demo.ts";
import { CONFIG_FILE } from "./start-house.ts";

const ROOT = resolve(import.meta.dir, "../..");

const request = readRequest(Bun.argv.slice(2));
if ("problem" in request) {
  console.error(`seed: ${request.problem}\n\n${usage}`);
  process.exit(2);
}
if ("help" in request) {
  process.stdout.write(usage);
  process.exit(0);
}

const { size, seed, into, port } = request;
const env = { ...process.env, ...(port !== undefined && { BINNACLE__INTERFACES__PORT: String(port) }) };
const home = resolve(into ?? process.env["BINNACLE_HOME"] ?? ".binnacle");
const tell = (line: string): void => void process.stdout.write(`${line}\n`);
if (existsSync(join(home, CONFIG_FILE))) {
  console.error(
    `seed: ${home} has a ${CONFIG_FILE} already.\n      Name a folder that is new, or delete this one first.`,
  );
  process.exit(1);
}
try {
  tell(`Harbour, size ${size}, seed ${seed}, into ${home}`);
  const seeded = await seedDemo({ home, size, seed, env, consoleFolder: join(ROOT, "console", "dist"), tell });
  await seeded.house.close();
  tell(describeSeeded(seeded, home));
} catch (error) {
  console.error(isAppError(error) ? `seed: ${error.message}\n      ${error.fix}` : error);
  process.exit(1);
}
process.exit(0);
