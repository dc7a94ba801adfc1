// Every dependency has a written reason and a permissive licence, and the lock holds the packages of every platform.
import { describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { completeLock, type Lock, missingPlatforms, platformOf } from "../../tools/complete-lock.ts";

const root = join(import.meta.dir, "../..");
const PERMITTED = /^(MIT(-0)?|Apache-2\.0|(0|2-Clause|3-Clause)?BSD(-[23]-Clause)?|ISC|PostgreSQL)$/;

/** Used by tests alone and given to nobody with the program. docs/decisions/0008-dependencies.md says why each may be. */
const FOR_TESTS_ONLY: Record<string, string> = { "axe-core": "MPL-2.0" };

interface PackageJson {
  license?: string;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  allowScripts?: Record<string, boolean>;
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(join(root, path), "utf8"));
}

const { dependencies, devDependencies, allowScripts } = readJson("package.json") as PackageJson;
const declared = Object.entries({ ...dependencies, ...devDependencies });

/** A licence as npm writes it: one, or a choice of which one must do. */
function isPermitted(licence: string | undefined): boolean {
  return (licence ?? "")
    .replaceAll(/[()]/g, "")
    .split(" OR ")
    .some((choice) => PERMITTED.test(choice));
}

/** What its package.json says; where that is silent, what its licence file is headed. */
function licenceOf(name: string): string | undefined {
  const { license } = readJson(`node_modules/${name}/package.json`) as PackageJson;
  if (license !== undefined) return license;
  return /^(MIT) License$/m.exec(readFileSync(join(root, "node_modules", name, "LICENSE"), "utf8"))?.[1];
}

describe("dependencies", () => {
  test("each has its line of why in docs/decisions/0008-dependencies.md, and no line is left over", () => {
    const page = readFileSync(join(root, "docs/decisions/0008-dependencies.md"), "utf8");
    const explained = [...page.matchAll(/^\| `([^`]+)` +\| +\S.*\|$/gm)].map(([, name]) => name ?? "");
    expect(explained.toSorted()).toEqual(declared.map(([name]) => name).toSorted());
  });

  test("each is pinned to one version", () => {
    expect(declared.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
  });

  test("each has a permissive licence", () => {
    const licences = declared.map(([name]) => [name, licenceOf(name)] as const);
    const others = licences.filter(([, licence]) => !isPermitted(licence));
    expect(Object.fromEntries(others)).toEqual(FOR_TESTS_ONLY);
    expect(Object.keys(FOR_TESTS_ONLY).filter((name) => devDependencies?.[name] === undefined)).toEqual([]);
  });

  test("a licence that is not permitted is told from one that is", () => {
    expect(
      ["MIT", "(MIT OR GPL-3.0)", "BSD-3-Clause", "0BSD", "ISC"].filter((licence) => !isPermitted(licence)),
    ).toEqual([]);
    expect(["GPL-3.0", "AGPL-3.0-only", "BUSL-1.1", undefined, "SEE LICENSE IN x"].filter(isPermitted)).toEqual([]);
  });
});

describe("package-lock.json", () => {
  test("names the packages of every platform, or npm ci would refuse it (bun tools/complete-lock.ts adds them)", () => {
    const lock = readJson("package-lock.json") as Lock;
    expect(missingPlatforms(lock).map(({ name }) => name)).toEqual([]);
  });

  test("names no package with an install script that package.json neither allows nor forbids, or npm would warn", () => {
    const lock = readJson("package-lock.json") as Lock;
    const scripted = Object.entries(lock.packages).filter(([, { hasInstallScript }]) => hasInstallScript === true);
    const names = scripted.map(([path]) => path.replace(/^.*node_modules\//, ""));
    // By bare name: the lock has no addresses, so npm does not believe the versions in it.
    expect(names.filter((name) => allowScripts?.[name] === undefined)).toEqual([]);
  });

  test("is completed where it lacks one, and left alone where it does not", () => {
    const lock: Lock = {
      packages: {
        "node_modules/tool": {
          dev: true,
          optionalDependencies: { "tool-linux-x64-musl": "1.0.0", "tool-linux-x64": "1.0.0" },
        },
        "node_modules/tool/node_modules/tool-linux-x64": { version: "1.0.0" },
      },
    };
    const completed = completeLock(lock);
    expect(completed.packages["node_modules/tool-linux-x64-musl"]).toEqual({
      version: "1.0.0",
      os: ["linux"],
      cpu: ["x64"],
      libc: ["musl"],
      dev: true,
      optional: true,
    });
    expect(completeLock(completed)).toEqual(completed);
  });

  test("knows the platform from a package's name, or says that it does not", () => {
    expect(platformOf("@tailwindcss/oxide-wasm32-wasi")).toEqual({ cpu: ["wasm32"] });
    expect(platformOf("@oxlint/binding-darwin-arm64")).toEqual({ os: ["darwin"], cpu: ["arm64"] });
    expect(platformOf("@oxlint/binding-linux-arm-gnueabihf")).toEqual({ os: ["linux"], cpu: ["arm"], libc: ["glibc"] });
    expect(() => platformOf("fsevents")).toThrow("does not say its platform");
  });
});
