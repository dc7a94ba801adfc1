// Where the server's files go. The cases of an unprivileged server need root to be made.
import { afterAll, expect, test } from "bun:test";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import pino from "pino";
import { binariesIn } from "./binaries.ts";
import { canPass, preparePlace, serverOwner, type Place } from "./place.ts";

const owner = serverOwner();
const folder = mkdtempSync(join(tmpdir(), "binnacle-place-"));
chmodSync(folder, 0o755);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A home folder with programs beside it, below a folder of this mode. */
function prepare(name: string, mode: number): Place & { home: string; warnings: string[] } {
  const above = join(folder, name);
  const home = join(above, "home");
  const programs = join(above, "programs");
  const bin = join(programs, "bin");
  mkdirSync(bin, { recursive: true });
  mkdirSync(home, { mode: 0o700 });
  writeFileSync(join(bin, "postgres"), "", { mode: 0o755 });
  chmodSync(above, mode);
  const warnings: string[] = [];
  const log = pino({}, { write: (line: string) => warnings.push(line) });
  const original = { folder: programs, initdb: join(bin, "initdb"), postgres: join(bin, "postgres") };
  const options = { home, binaries: original, owner, fallback: join(folder, "fallback"), log };
  return { ...preparePlace(options), home, warnings };
}

test("keeps everything in the home folder where it can", () => {
  const place = prepare("open", 0o755);
  expect(place.dataDir).toBe(join(place.home, "postgres"));
  expect(place.binaries.folder).toBe(join(folder, "open", "programs"));
  expect(place.warnings).toEqual([]);
  expect(statSync(place.home).mode & 0o067).toBe(0);
  expect(statSync(place.socketDir ?? "").mode & 0o777).toBe(0o700);
});

test.skipIf(!owner)("keeps data and a copy of the programs elsewhere when the server's user cannot reach them", () => {
  const place = prepare("closed", 0o700);
  expect(dirname(dirname(place.dataDir))).toBe(join(folder, "fallback"));
  expect(place.passwordFile).toBe(join(place.home, "postgres.password"));
  expect(statSync(place.binaries.postgres).mode & 0o777).toBe(0o755);
  for (const path of [place.dataDir, place.binaries.postgres])
    expect(canPass(dirname(path), owner ?? { uid: 0, gid: 0 })).toBe(true);
  expect(place.warnings).toHaveLength(2);
});

test.skipIf(!owner)("stays with the data that lie elsewhere when the home folder comes within reach", () => {
  const before = prepare("moved", 0o700);
  mkdirSync(before.dataDir);
  chmodSync(join(folder, "moved"), 0o755);
  const again = preparePlace({
    home: before.home,
    binaries: binariesIn(before.binaries.folder, before.binaries),
    owner,
    fallback: join(folder, "fallback"),
    log: pino({ level: "silent" }),
  });
  expect(again.dataDir).toBe(before.dataDir);
});

test("puts the socket into the system's folder when the home folder's path is too long for one", () => {
  const place = prepare("l".repeat(90), 0o755);
  const socketDir = place.socketDir ?? "";
  expect(dirname(socketDir)).toBe(tmpdir());
  expect(Buffer.byteLength(socketDir)).toBeLessThan(80);
  expect(statSync(socketDir).mode & 0o777).toBe(0o700);
  rmSync(socketDir, { recursive: true });
});
