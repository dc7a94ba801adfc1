// Look down, never up or sideways; and knock at the front door. Floors are those of the table in ARCHITECTURE.md.
import { posix } from "node:path";
import { type Finding, type House, isTest, type Rule, roomOf } from "../house.ts";
import type { Source } from "../../../tools/syntax.ts";

/** The file that a relative import means, from the repository's root; undefined for a package. */
export function targetOf(from: string, specifier: string): string | undefined {
  return specifier.startsWith(".") ? posix.normalize(posix.join(posix.dirname(from), specifier)) : undefined;
}

export const imports: Rule = {
  name: "imports",
  title: "rooms look down, never up or sideways, and knock at the front door",
  check: (house) => house.sources.flatMap((source) => checkSource(source, house)),
};

function checkSource(source: Source, house: House): Finding[] {
  return source.syntax.imports.flatMap(({ specifier, line }) => {
    const target = targetOf(source.path, specifier);
    const message =
      target === undefined ? judgePackage(source.path, specifier, house) : judgeFile(source.path, target, house);
    return message === undefined ? [] : [{ path: source.path, line, message: `imports ${specifier}: ${message}` }];
  });
}

function judgeFile(from: string, target: string, house: House): string | undefined {
  if (!/\.[a-z]+$/.test(target)) return "write the file's extension.";
  const zone = zoneOf(from);
  if (zone === "src") return judgeWithinSource(from, target, house);
  if (zone === "client" || zone === "console") {
    const isOwn = target.startsWith(`${zone}/`) || (zone === "console" && target.startsWith("client/"));
    const isContract = /^src\/.*contract\.ts$/.test(target);
    return isOwn || isContract || isTest(from)
      ? undefined
      : "outside the server only contracts and the client may be used.";
  }
  return undefined;
}

function zoneOf(path: string): string {
  return path.split("/")[0] ?? "";
}

function judgeWithinSource(from: string, target: string, { floors }: House): string | undefined {
  const here = roomOf(from);
  const there = roomOf(target);
  if (target === "package.json" && here === undefined) return undefined;
  // The command line is a client of the server like any other.
  if (here === "interfaces" && target === "client/index.ts") return undefined;
  if (zoneOf(target) !== "src")
    return isTest(from) && target.startsWith("test/support/") ? undefined : "src/ uses nothing outside itself.";
  if (here === there) return undefined;
  if (there === undefined) return "this is above every room; hand in what the room needs instead.";
  const isFrontDoor = target === `src/${there}/index.ts` || target === `src/${there}/contract.ts`;
  if (here !== undefined) {
    const [mine, theirs] = [floors.get(here)?.floor, floors.get(there)?.floor];
    if (mine === undefined || theirs === undefined)
      return "a room without a floor; add it to the table in ARCHITECTURE.md.";
    if (theirs > mine)
      return `an upward import: ${here} is on floor ${mine}, ${there} on ${theirs}. Let app.ts hand it in.`;
    if (theirs === mine)
      return `a sideways import: ${here} and ${there} are both on floor ${mine}; they meet in app.ts.`;
  }
  return isFrontDoor
    ? undefined
    : `past the front door: import src/${there}/index.ts or contract.ts, and export it there.`;
}

function judgePackage(from: string, specifier: string, { packages }: House): string | undefined {
  const isBuiltIn = /^(node:|bun(:|$))/.test(specifier);
  if (roomOf(from) === "kernel" && isBuiltIn && !isTest(from)) return "the kernel does no I/O.";
  if (isBuiltIn) return undefined;
  const name = specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
  if (packages.run.has(name)) return undefined;
  if (!packages.develop.has(name)) return `${name} is not in package.json.`;
  return zoneOf(from) === "src" && !isTest(from)
    ? `${name} is a development dependency; the program may not need it.`
    : undefined;
}

export const contracts: Rule = {
  name: "contracts",
  title: "a contract is pure: zod, oRPC's contract builder, the kernel and lower contracts",
  check: ({ sources }) =>
    sources
      .filter(({ path }) => path.endsWith("/contract.ts"))
      .flatMap(({ path, syntax }) =>
        syntax.imports
          .filter(({ specifier }) => !isPure(path, specifier))
          .map(({ specifier, line }) => ({
            path,
            line,
            message: `imports ${specifier}: a contract describes shapes and routes only; move what needs this elsewhere.`,
          })),
      ),
};

function isPure(from: string, specifier: string): boolean {
  if (specifier === "zod" || specifier === "@orpc/contract") return true;
  const target = targetOf(from, specifier) ?? "";
  return target === "src/kernel/index.ts" || target.endsWith("/contract.ts");
}
