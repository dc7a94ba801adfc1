// One Binnacle a home folder: across processes, and only as long as the holder lives.
import { afterAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openHome } from "./home.ts";

const folder = mkdtempSync(join(tmpdir(), "binnacle-home-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const HOLD = `
import { openHome } from ${JSON.stringify(join(import.meta.dir, "home.ts"))};
const home = openHome(Bun.argv.at(-1));
await Bun.write(Bun.stdout, "held");
setInterval(() => home.path, 60_000);`;

function refusal(path: string): unknown {
  try {
    openHome(path).close();
    return null;
  } catch (error) {
    return error;
  }
}

test("makes a private folder, and lets it go when it is closed", () => {
  const path = join(folder, "deep", "new");
  const home = openHome(path);
  expect(statSync(path).mode & 0o777).toBe(0o700);
  expect(refusal(path)).toMatchObject({ code: "storage.home_in_use" });
  home.close();
  expect(refusal(path)).toBeNull();
});

test("refuses a folder that another process holds, names that process, and takes over when it is killed", async () => {
  const path = join(folder, "held");
  const holder = Bun.spawn([process.execPath, "-e", HOLD, path], { stdout: "pipe", stderr: "inherit" });
  try {
    await holder.stdout.getReader().read();
    expect(refusal(path)).toMatchObject({
      code: "storage.home_in_use",
      message: expect.stringContaining(`process ${holder.pid}`),
      fix: expect.stringContaining("BINNACLE_HOME"),
    });
  } finally {
    holder.kill("SIGKILL");
    await holder.exited;
  }
  expect(refusal(path)).toBeNull();
});

test("says so when the folder cannot be made or written to", () => {
  const file = join(folder, "file");
  writeFileSync(file, "");
  for (const path of [file, join(file, "below")])
    expect(refusal(path)).toMatchObject({
      code: "storage.home_not_writable",
      message: expect.stringContaining(path),
      fix: expect.stringContaining("BINNACLE_HOME"),
    });
});
