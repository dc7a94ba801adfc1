// The house as the rules see it: the source files, the floors that ARCHITECTURE.md gives to the rooms, the declared
// dependencies. A rule is a pure function over it, so that each can be shown a house that breaks it.
import { createSource, type Source } from "../../tools/syntax.ts";

export interface House {
  sources: Source[];
  floors: Map<string, Floor>;
  /** Names of packages in package.json. */
  packages: { run: Set<string>; develop: Set<string> };
}

export interface Floor {
  floor: number;
  /** Named in the table, not built yet. */
  isPlanned: boolean;
}

export interface Rule {
  name: string;
  /** A sentence that holds for a tidy house: the title of its test. */
  title: string;
  /** What breaks it, each with what to do about it. */
  check(house: House): Finding[];
}

export interface Finding {
  path: string;
  /** From 1; 0 where the whole file or folder is meant. */
  line: number;
  message: string;
}

/** Reads the rows `| 2 | \`ledger\` · \`providers\` | … |` of the table in ARCHITECTURE.md. `(planned)` may follow a room. */
export function floorsFromTable(markdown: string): Map<string, Floor> {
  const floors = new Map<string, Floor>();
  for (const [, floor, rooms] of markdown.matchAll(/^\|\s*(\d+)\s*\|([^|]*)\|/gm)) {
    for (const [, room, planned] of (rooms ?? "").matchAll(/`([a-z]+)`(\s*\(planned\))?/g))
      floors.set(room ?? "", { floor: Number(floor), isPlanned: planned !== undefined });
  }
  return floors;
}

/** A small house for the rules' own tests: files by path, kernel and ledger below gateway beside nothing. */
export function houseOf(files: Record<string, string>): House {
  const floors = floorsFromTable(
    "| 0 | `kernel` |\n| 2 | `ledger` · `providers` |\n| 4 | `gateway` |\n| 5 | `memory` (planned) |",
  );
  return {
    sources: Object.entries(files).map(([path, text]) => createSource(path, text)),
    floors,
    packages: { run: new Set(["zod", "@orpc/contract", "kysely"]), develop: new Set(["vite", "react"]) },
  };
}

/** Tests, and what stands beside them for their use only. */
export function isTest(path: string): boolean {
  return /\.(test|fixture)\.|\/testing\//.test(path);
}

/** The room that a file under src/ belongs to; undefined for app.ts and its like, and for files elsewhere. */
export function roomOf(path: string): string | undefined {
  return /^src\/([^/]+)\//.exec(path)?.[1];
}
