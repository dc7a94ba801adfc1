// Reads the house from disk: every source file that is ours.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { floorsFromTable, type House } from "./house.ts";
import { createSource, type Source } from "../../tools/syntax.ts";

const FOLDERS = ["src", "client", "console", "test", "tools", "bench", "drills"];
const PASSED_OVER = new Set(["node_modules", "dist", "results"]);
const CODE = /\.(ts|tsx|mjs|js|jsx)$/;

export function readHouse(root: string): House {
  const packageJson = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as Record<
    string,
    object | undefined
  >;
  return {
    sources: FOLDERS.filter((folder) => existsSync(join(root, folder))).flatMap((folder) => listSources(root, folder)),
    floors: floorsFromTable(readFileSync(join(root, "ARCHITECTURE.md"), "utf8")),
    packages: {
      run: new Set(Object.keys(packageJson["dependencies"] ?? {})),
      develop: new Set(Object.keys(packageJson["devDependencies"] ?? {})),
    },
  };
}

export function listSources(root: string, folder: string): Source[] {
  return listCode(root, folder).map((path) => createSource(path, readFileSync(join(root, path), "utf8")));
}

function listCode(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => !PASSED_OVER.has(entry.name) && !entry.name.startsWith("."))
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) return listCode(root, path);
      return CODE.test(entry.name) ? [path] : [];
    });
}
