import { expect, test } from "bun:test";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeSecretFile, readOrMakeSecretFile } from "./secret-file.ts";

test("a secret is made once, for its owner's eyes alone, and nothing unfinished stays", () => {
  const folder = mkdtempSync(join(tmpdir(), "binnacle-secret-"));
  const path = join(folder, "within", "a.key");
  expect(readOrMakeSecretFile(path, () => "first")).toBe("first");
  expect(readOrMakeSecretFile(path, () => "second")).toBe("first");
  // As a process that found none a moment ago, and comes late.
  makeSecretFile(path, "third");
  expect(readOrMakeSecretFile(path, () => "fourth")).toBe("first");
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readdirSync(join(folder, "within"))).toEqual(["a.key"]);
  rmSync(folder, { recursive: true });
});
