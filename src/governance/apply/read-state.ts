// From what a file says to entries that hold, section by section; or all that is wrong with it, each with its place.
import { explainProblems, nearestNames } from "../../kernel/index.ts";
import { entryName } from "../directory/contract.ts";
import { governanceErrors } from "../errors.ts";
import type { State } from "./contract.ts";
import { inSlices } from "./in-slices.ts";
import type { Section, Settings } from "./section.ts";

/** By section, by name. */
export type Given = ReadonlyMap<Section, ReadonlyMap<string, Settings>>;

const PROBLEMS_TOLD_MAX = 20;

/** Throws `governance.state_invalid` and `governance.state_too_large`. */
export async function readState(state: State, sections: readonly Section[], entriesMax: number): Promise<Given> {
  const problems = unknownSections(Object.keys(state), sections);
  const given = new Map<Section, Map<string, Settings>>();
  for (const section of sections) {
    const said = state[section.name];
    if (said === undefined) continue;
    if (!isByName(said)) {
      problems.push(`${section.name}: it must hold entries by name`);
      continue;
    }
    const entries = Object.entries(said ?? {});
    if (entries.length > entriesMax) throw governanceErrors.state_too_large({ section: section.name, max: entriesMax });
    const read = new Map<string, Settings>();
    for await (const slice of inSlices(entries))
      for (const [name, value] of slice) {
        const found = readEntry(section, name, value);
        if (Array.isArray(found)) problems.push(...found);
        else read.set(name, found as Settings);
      }
    given.set(section, read);
  }
  if (problems.length > 0) throw governanceErrors.state_invalid({ problems: toldOf(problems) });
  return given;
}

function isByName(said: unknown): said is Readonly<Record<string, unknown>> | null {
  return said === null || (typeof said === "object" && !Array.isArray(said));
}

function readEntry({ name: sectionName, entry }: Section, name: string, value: unknown): Settings | string[] {
  if (entryName.safeParse(name).data !== name) return [`${sectionName}: ${JSON.stringify(name)} cannot be a name`];
  const result = entry.safeParse(value ?? {});
  return result.success ? (result.data as Settings) : explainProblems(result.error, entry, [sectionName, name]);
}

function unknownSections(names: readonly string[], sections: readonly Section[]): string[] {
  const known = sections.map(({ name }) => name);
  return names
    .filter((name) => !known.includes(name))
    .map((name) => {
      const [nearest] = nearestNames(name, known, 1);
      return `unknown key "${name}": ${nearest === undefined ? `known keys: ${known.join(", ")}` : `did you mean "${nearest}"?`}`;
    });
}

function toldOf(problems: readonly string[]): string[] {
  const more = problems.length - PROBLEMS_TOLD_MAX;
  return more <= 0 ? [...problems] : [...problems.slice(0, PROBLEMS_TOLD_MAX), `and ${more} more`];
}
