// What a filter comes to once it is read and checked: every name known, every value of its field's kind.
import type { FilterFieldName } from "./contract.ts";

export type Filter =
  /** True where all parts are, or any is. Without parts, `all` is true. */
  { type: "all" | "any"; parts: readonly Filter[] } | { type: "not"; part: Filter } | FieldTest | TextTest;

export interface FieldTest {
  type: "field";
  field: FilterFieldName;
  /** What stands behind the name of a field that goes on with one. */
  path: string | undefined;
  test: ValueTest;
}

export type ValueTest =
  | { is: "present" }
  /** Ids are UUIDs, spans are hex. */
  | { is: "equal"; to: string }
  | { is: "like"; pattern: Pattern }
  /** Milliseconds, micro-dollars or a plain number; an end that is left out is open. */
  | { is: "between"; from?: End; to?: End }
  | { is: "true" | "false" };

export interface End {
  value: number;
  isIncluded: boolean;
}

/** Text in which some characters, by their place, are wildcards: `*` and `?`. */
export interface Pattern {
  text: string;
  wildcards: readonly number[];
}

/** Words one after the other; `isPrefix`: the last of them may go on. */
export interface TextTest {
  type: "text";
  words: string;
  isPrefix: boolean;
}

/** How much a filter may be: beyond it, it is refused. */
export interface FilterBounds {
  length_max: number;
  depth_max: number;
  terms_max: number;
}

/** Whether it looks at what was said: at words, or at what an application reported, which may be anything. */
export function looksAtTexts(filter: Filter): boolean {
  if (filter.type === "text") return true;
  if (filter.type === "not") return looksAtTexts(filter.part);
  return filter.type === "field" ? filter.path !== undefined : filter.parts.some(looksAtTexts);
}

export function hasText(filter: Filter): boolean {
  if (filter.type === "text") return true;
  if (filter.type === "not") return hasText(filter.part);
  return filter.type !== "field" && filter.parts.some(hasText);
}
