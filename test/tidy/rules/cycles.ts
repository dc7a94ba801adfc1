// No file may reach itself through imports: files in a cycle can only be read, tested and moved together.
import type { Rule } from "../house.ts";
import { targetOf } from "./imports.ts";

export const cycles: Rule = {
  name: "cycles",
  title: "no file imports itself, however long the way round",
  check({ sources }) {
    const edges = new Map(
      sources.map(({ path, syntax }) => [
        path,
        syntax.imports.flatMap(({ specifier }) => targetOf(path, specifier) ?? []),
      ]),
    );
    return findCycles(edges).map((cycle) => ({
      path: cycle[0] ?? "",
      line: 0,
      message: `is in an import cycle: ${[...cycle, cycle[0]].join(" → ")}. Move what both need to a file of its own.`,
    }));
  },
};

/** Each cycle once, by depth-first search: an edge to a file that is still on the path closes one. */
function findCycles(edges: Map<string, string[]>): string[][] {
  const found: string[][] = [];
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (file: string): void => {
    if (path.includes(file)) found.push(path.slice(path.indexOf(file)));
    if (done.has(file) || path.includes(file)) return;
    path.push(file);
    for (const next of edges.get(file) ?? []) visit(next);
    path.pop();
    done.add(file);
  };
  for (const file of edges.keys()) visit(file);
  return found;
}
