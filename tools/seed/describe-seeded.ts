// What is said at the end of a seed: what there is now, how to start it, and how to sign in.
import { join, relative } from "node:path";
import { CONFIG_FILE } from "./start-house.ts";
import type { Seeded } from "./seed-demo.ts";

const SHOWN = [
  "harbour admin",
  "harbour operator",
  "harbour reviewer",
  "harbour auditor",
  "harbour member",
  "harbour child",
] as const;

export function describeSeeded({ calls, keys, people, ownerKey }: Seeded, home: string): string {
  const folder = relative(process.cwd(), home) || ".";
  const shown = SHOWN.map((name) => `  ${name.padEnd(18)} ${keys[name]}`);
  const signIns = people.map(({ user, password, roles }) => `  ${user.padEnd(18)} ${password}  (${roles.join(", ")})`);
  return `
${calls} calls of a week are on record. Start it with

  npm start -- --home ${folder} --config ${join(folder, CONFIG_FILE)}

Sign in with a key
  ${"the owner".padEnd(18)} ${ownerKey}
${shown.join("\n")}

or as a person, by user and password
${signIns.join("\n")}`;
}
