// Every room has the same shape, so that knowing one is knowing all, and the table in ARCHITECTURE.md names them all.
import { basename, dirname } from "node:path";
import { type Finding, isTest, type Rule, roomOf } from "../house.ts";

const FILES_MAX = 12;

export const rooms: Rule = {
  name: "rooms",
  title: "every room stands in the floor table and has a front door",
  check({ sources, floors }) {
    const built = new Set(sources.flatMap(({ path }) => roomOf(path) ?? []));
    const paths = new Set(sources.map(({ path }) => path));
    const unlisted = [...built].filter((room) => !floors.has(room));
    const doorless = [...built].filter((room) => !paths.has(`src/${room}/index.ts`));
    const stale = [...floors].filter(([room, { isPlanned }]) => isPlanned === built.has(room)).map(([room]) => room);
    return [
      ...unlisted.map((room) => finding(`src/${room}`, "has no floor: add it to the table in ARCHITECTURE.md.")),
      ...doorless.map((room) => finding(`src/${room}`, "has no index.ts: re-export there what other rooms may use.")),
      ...stale.map((room) =>
        finding(
          "ARCHITECTURE.md",
          `is out of date about ${room}: "(planned)" stands behind rooms that are not built yet.`,
        ),
      ),
    ];
  },
};

export const folders: Rule = {
  name: "folders",
  title: `a folder holds at most ${FILES_MAX} source files, tests and migrations aside`,
  check({ sources }) {
    const counts = new Map<string, number>();
    // A migration stays where it is for ever, and there is one more with every change.
    const counted = sources.filter(({ path }) => !isTest(path) && basename(dirname(path)) !== "migrations");
    for (const { path } of counted) counts.set(dirname(path), (counts.get(dirname(path)) ?? 0) + 1);
    return [...counts]
      .filter(([, count]) => count > FILES_MAX)
      .map(([folder, count]) =>
        finding(folder, `holds ${count} source files: group those that belong together in sub-folders.`),
      );
  },
};

function finding(path: string, message: string): Finding {
  return { path, line: 0, message };
}
