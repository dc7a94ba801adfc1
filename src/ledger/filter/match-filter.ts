// A filter on a record in memory: the latest ones are listed before PostgreSQL has them. It finds what compile-filter.ts finds,
// which a property test holds it to.
import { cleanText } from "../clean-text.ts";
import { columnOf } from "./columns.ts";
import { filterFields } from "./contract.ts";
import type { FieldTest, Filter, Pattern, TextTest, ValueTest } from "./filter.ts";
import { wordsOf } from "./words.ts";

export interface MatchedRecord {
  /** By column; ids with hyphens or without, spans as hex. */
  columns: Readonly<Record<string, unknown>>;
  data: unknown;
  /** What text search looks at. */
  text: string;
}

export function matchesFilter(filter: Filter, record: MatchedRecord): boolean {
  switch (filter.type) {
    case "text":
      return matchesText(filter, record.text);
    case "field":
      return matchesField(filter, record);
    case "not":
      return !matchesFilter(filter.part, record);
    case "all":
      return filter.parts.every((part) => matchesFilter(part, record));
    default:
      return filter.parts.some((part) => matchesFilter(part, record));
  }
}

function matchesText({ words, isPrefix }: TextTest, text: string): boolean {
  const wanted = wordsOf(words);
  return wanted !== "" && ` ${wordsOf(text)} `.includes(` ${wanted}${isPrefix ? "" : " "}`);
}

function matchesField({ field, path, test }: FieldTest, { columns, data }: MatchedRecord): boolean {
  if (path !== undefined)
    return matchesPath(valueAt(data, field === "data" ? path.split(".") : ["attributes", path]), test);
  if (field === "guardrail") return matchesList(guardrailWords(data), test);
  const column = columnOf(field);
  const value = column === undefined ? sumOf(columns["input_tokens"], columns["output_tokens"]) : columns[column];
  if (filterFields[field].type === "id" && typeof value === "string" && test.is === "equal")
    return value.replaceAll("-", "") === test.to.replaceAll("-", "");
  if (filterFields[field].type === "list") return matchesList(value, test);
  if (test.is === "true" || test.is === "false") return value === (test.is === "true");
  return matchesValue(value, test);
}

function matchesList(value: unknown, test: ValueTest): boolean {
  const items = Array.isArray(value) ? value : [];
  return test.is === "present" ? items.length > 0 : items.some((item) => matchesValue(item, test));
}

function matchesValue(value: unknown, test: ValueTest): boolean {
  if (value === null || value === undefined) return false;
  if (test.is === "present") return true;
  if (test.is === "between") return typeof value === "number" && isBetween(value, test);
  if (typeof value !== "string") return false;
  if (test.is === "equal") return value === cleanText(test.to);
  return test.is === "like" && expressionOf(test.pattern).test(value);
}

function isBetween(value: number, { from, to }: Extract<ValueTest, { is: "between" }>): boolean {
  const isBelow = from && (from.isIncluded ? value < from.value : value <= from.value);
  const isAbove = to && (to.isIncluded ? value > to.value : value >= to.value);
  return !isBelow && !isAbove;
}

/** As PostgreSQL gives it as text; null, and a path that leads nowhere, are no value. */
function matchesPath(value: unknown, test: ValueTest): boolean {
  if (test.is === "between" || typeof value === "string") return matchesValue(value, test);
  return matchesValue(value === null || value === undefined ? value : JSON.stringify(value), test);
}

function valueAt(data: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, step) => {
    if (Array.isArray(value)) return /^-?\d{1,9}$/.test(step) ? value.at(Number(step)) : undefined;
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, step)) return undefined;
    return (value as Record<string, unknown>)[step];
  }, data);
}

/** What can be said of each finding; see `compileGuardrail`. */
function guardrailWords(data: unknown): string[] {
  const entries = valueAt(data, ["guardrails"]);
  if (!Array.isArray(entries)) return [];
  return entries.flatMap((entry: unknown) =>
    ["kind", "name", "outcome"].flatMap((name) => {
      const said = valueAt(entry, [name]);
      return typeof said === "string" ? [said] : [];
    }),
  );
}

function sumOf(one: unknown, other: unknown): number | null {
  return typeof one === "number" && typeof other === "number" ? one + other : null;
}

/** As LIKE would: with few wildcards in a bounded pattern, it cannot run away. */
function expressionOf({ text, wildcards }: Pattern): RegExp {
  const places = new Set(wildcards);
  const parts = Array.from({ length: text.length }, (_, index) => {
    const character = text.charAt(index);
    if (places.has(index)) return character === "*" ? ".*" : ".";
    return character.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
  });
  return new RegExp(`^${cleanText(parts.join(""))}$`, "su");
}
