// A filter from what somebody wrote: its grammar read, each name found and each value taken for what its field holds.
import { nearestNames } from "../../kernel/index.ts";
import { ledgerErrors } from "../errors.ts";
import { filterFieldNames, filterFields, type FilterFieldName, type FilterType } from "./contract.ts";
import type { End, Filter, FilterBounds, ValueTest } from "./filter.ts";
import { type Comparison, type FieldName, readSyntax, type Syntax, type Value } from "./read-syntax.ts";
import type { Word } from "./scan.ts";

const WILDCARDS_MAX = 5;
const UUID = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/;
const SPAN = /^[0-9a-f]{16}$/;
const NUMBER = /^[-+]?(\d+(\.\d*)?|\.\d+)(e[-+]?\d{1,3})?$/i;
const DURATION = /^(\d+(?:\.\d+)?|\.\d+)(ms|s|m|h|d)?$/i;
const UNITS: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const MICROS = 1_000_000;
const NOTHING = { wildcards: [0], text: "*" };

/** Throws `ledger.bad_filter`, `ledger.unknown_filter_field`. */
export function readFilter(source: string, bounds: FilterBounds): Filter {
  const fail = (why: string, { at, text }: Pick<Word, "at" | "text">): never => {
    throw ledgerErrors.bad_filter({ why, place: at + 1, rest: text.slice(0, 20).toWellFormed() });
  };
  return filterOf(readSyntax(source, bounds), fail);
}

type Fail = (why: string, word: Pick<Word, "at" | "text">) => never;

function filterOf(syntax: Syntax, fail: Fail): Filter {
  if (syntax.type === "not") return { type: "not", part: filterOf(syntax.part, fail) };
  if (syntax.type !== "term") return { type: syntax.type, parts: syntax.parts.map((part) => filterOf(part, fail)) };
  return syntax.field ? fieldTestOf(syntax.field, syntax.value, fail) : textTestOf(syntax.value, fail);
}

function textTestOf(value: Value, fail: Fail): Filter {
  if (value.type !== "word") throw new Error("only fields are compared");
  const { text, wildcards, isQuoted } = value.word;
  const isPrefix = !isQuoted && wildcards.length === 1 && wildcards[0] === text.length - 1 && text.endsWith("*");
  if (wildcards.length > 0 && !isPrefix) fail("a word may end with one *, and has no other wildcards", value.word);
  const words = isPrefix ? text.slice(0, -1) : text;
  if (!/[\p{L}\p{N}]/u.test(words)) fail("there is no letter or digit to search for", value.word);
  return { type: "text", words, isPrefix };
}

function fieldTestOf({ name, at }: FieldName, value: Value, fail: Fail): Filter {
  const { field, path } = findField(name, at);
  const { type } = filterFields[field];
  return { type: "field", field, path, test: testOf(type, value, fail) };
}

function findField(name: string, at: number): { field: FilterFieldName; path: string | undefined } {
  const exact = filterFieldNames.find((each) => each === name);
  if (exact !== undefined && filterFields[exact].type !== "path") return { field: exact, path: undefined };
  const [, prefix, path] = /^([^.]+)\.(.+)$/su.exec(name) ?? [];
  const field = filterFieldNames.find((each) => each === prefix && filterFields[each].type === "path");
  if (field !== undefined) return { field, path };
  const names = filterFieldNames.map((each) => (filterFields[each].type === "path" ? `${each}.…` : each));
  throw ledgerErrors.unknown_filter_field({
    name: name.slice(0, 100).toWellFormed(),
    place: at + 1,
    nearest: exact === undefined ? nearestNames(name.slice(0, 100), filterFieldNames, 2) : [`${exact}.…`],
    names,
  });
}

function testOf(type: FilterType, value: Value, fail: Fail): ValueTest {
  if (value.type === "word" && isAlone(value.word)) return { is: "present" };
  if (type === "text" || type === "list") return textValue(value, fail);
  if (type === "path") return value.type === "word" ? textValue(value, fail) : numberValue("path", value, fail);
  if (type === "boolean" || type === "id" || type === "span") return exactValue(type, value, fail);
  return numberValue(type, value, fail);
}

function isAlone({ text, wildcards }: Word): boolean {
  return text === NOTHING.text && wildcards.length === 1;
}

function textValue(value: Value, fail: Fail): ValueTest {
  if (value.type === "range") return fail("this field is text: it has no ranges", value.from);
  const { text, wildcards } = value.word;
  if (value.type === "compare" && value.operator !== "=")
    return fail("this field is text: it is not compared", value.word);
  if (wildcards.length === 0) return { is: "equal", to: text };
  if (wildcards.length > WILDCARDS_MAX)
    return fail(`at most ${WILDCARDS_MAX} wildcards are read in a value`, value.word);
  return { is: "like", pattern: { text, wildcards } };
}

function exactValue(type: "boolean" | "id" | "span", value: Value, fail: Fail): ValueTest {
  if (value.type !== "word")
    return fail("this field is not compared", value.type === "range" ? value.from : value.word);
  const text = value.word.text.toLowerCase();
  if (type === "boolean") {
    if (text === "true" || text === "false") return { is: text };
    return fail("it is true or false", value.word);
  }
  if (type === "span")
    return SPAN.test(text) ? { is: "equal", to: text } : fail("a span has 16 hex digits", value.word);
  return UUID.test(text) ? { is: "equal", to: uuidOf(text) } : fail("it is a UUID, or 32 hex digits", value.word);
}

function uuidOf(text: string): string {
  return text.replaceAll("-", "").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

type NumberType = "count" | "money" | "duration" | "path";

function numberValue(type: NumberType, value: Value, fail: Fail): ValueTest {
  const read = (word: Word): number => {
    const number = numberOf(type, word.text);
    return number ?? fail(type === "duration" ? "a duration is written like 300ms or 2s" : "it is a number", word);
  };
  if (value.type === "word") return compared("=", read(value.word));
  if (value.type === "compare") return compared(value.operator, read(value.word));
  return {
    is: "between",
    ...(!isAlone(value.from) && { from: { value: read(value.from), isIncluded: value.includesFrom } }),
    ...(!isAlone(value.to) && { to: { value: read(value.to), isIncluded: value.includesTo } }),
  };
}

function compared(operator: Comparison, value: number): ValueTest {
  const end: End = { value, isIncluded: operator !== ">" && operator !== "<" };
  if (operator === "=") return { is: "between", from: end, to: end };
  return operator.startsWith(">") ? { is: "between", from: end } : { is: "between", to: end };
}

/** Milliseconds, micro-dollars, or the number itself. */
function numberOf(type: NumberType, text: string): number | undefined {
  if (type === "duration") {
    const [, amount, unit = "ms"] = DURATION.exec(text) ?? [];
    return amount === undefined ? undefined : Number(amount) * (UNITS[unit.toLowerCase()] ?? 1);
  }
  if (!NUMBER.test(text)) return undefined;
  const number = Number(text) * (type === "money" ? MICROS : 1);
  // 0.07 dollars are 70,000 micro-dollars, and not 70,000.00000000001.
  const rounded = type === "money" ? Number(number.toPrecision(15)) : number;
  return Number.isFinite(rounded) ? rounded : undefined;
}
