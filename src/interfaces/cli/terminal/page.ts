// The parts that pages of facts are made of.
import { bold, dim, type Line, type Piece } from "./style.ts";

const LABEL_WIDTH = 12;

/** `Route       fast, first of three`: a label, and pieces beside it. */
export function fact(label: string, ...pieces: Piece[]): Line {
  return [dim(label.padEnd(LABEL_WIDTH)), ...pieces];
}

/** Parts with a dot between them, leaving out what is not there. */
export function dotted(...parts: (Piece | false | null | undefined)[]): Line {
  const there = parts
    .filter((part) => part !== false && part !== null && part !== undefined)
    .filter((part) => part !== "");
  return there.flatMap((part, index) => (index === 0 ? [part] : [dim(" · "), part]));
}

/** Text with line breaks as lines, set in by two spaces. */
export function indented(text: string): Line[] {
  return text.split(/\r?\n/).map((line) => ["  ", line]);
}

/** A heading and its lines; nothing where there are none. */
export function section(title: string, lines: Line[]): Line[] {
  return lines.length === 0 ? [] : [[bold(title)], ...lines];
}

/** Sections with an empty line between them, leaving out empty ones. */
export function joinSections(sections: Line[][]): Line[] {
  const there = sections.filter((lines) => lines.length > 0);
  return there.flatMap((lines, index) => (index === 0 ? lines : [[], ...lines]));
}
