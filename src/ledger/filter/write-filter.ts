// A filter as it would be written: what is read again from it is the same filter. Consoles show it, tests go there and back.
import { filterFields, type FilterType } from "./contract.ts";
import type { End, FieldTest, Filter, Pattern } from "./filter.ts";

const PLAIN_WORD = /^[\p{L}\p{N}_./@#$%&+;~][\p{L}\p{N}_./@:#$%&+;=~-]*$/u;
const PLAIN_NAME = /^[\p{L}_][\p{L}\p{N}_.\-/@$]*$/u;
const RESERVED = /^(AND|OR|NOT)$/i;
const MICROS = 1_000_000;

export function writeFilter(filter: Filter): string {
  switch (filter.type) {
    case "text":
      return filter.isPrefix ? `${escapeWord(filter.words)}*` : quoteWhereNeeded(filter.words, true);
    case "not":
      return `NOT ${writePart(filter.part)}`;
    case "field":
      return writeFieldTest(filter);
    default:
      return filter.parts.map(writePart).join(filter.type === "all" ? " AND " : " OR ");
  }
}

function writePart(filter: Filter): string {
  return filter.type === "all" || filter.type === "any" ? `(${writeFilter(filter)})` : writeFilter(filter);
}

function writeFieldTest({ field, path, test }: FieldTest): string {
  const name = path === undefined ? field : `${field}.${path}`;
  const { type } = filterFields[field];
  return `${PLAIN_NAME.test(name) ? name : quote(name)}:${writeValue(test, type)}`;
}

function writeValue(test: FieldTest["test"], type: FilterType): string {
  switch (test.is) {
    case "present":
      return "*";
    case "equal":
      return quoteWhereNeeded(test.to, false);
    case "like":
      return writePattern(test.pattern);
    case "between":
      return writeBetween(test, type);
    default:
      return test.is;
  }
}

function writeBetween({ from, to }: { from?: End; to?: End }, type: FilterType): string {
  const number = ({ value }: End) => String(type === "money" ? value / MICROS : value);
  if (from && to && from.value === to.value && from.isIncluded && to.isIncluded) return `=${number(from)}`;
  if (from && !to) return `>${from.isIncluded ? "=" : ""}${number(from)}`;
  if (to && !from) return `<${to.isIncluded ? "=" : ""}${number(to)}`;
  const [open, close] = [from?.isIncluded ? "[" : "{", to?.isIncluded ? "]" : "}"];
  return `${open}${from ? number(from) : "*"} TO ${to ? number(to) : "*"}${close}`;
}

function writePattern({ text, wildcards }: Pattern): string {
  const places = new Set(wildcards);
  return Array.from({ length: text.length }, (_, index) => {
    const character = text.charAt(index);
    return places.has(index) ? character : escapeWord(character);
  }).join("");
}

/** Outside of quotes: all but letters and digits after a backslash. */
function escapeWord(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N}\p{Cs}_]/gu, String.raw`\$&`);
}

function quoteWhereNeeded(text: string, isTerm: boolean): string {
  const isPlain = PLAIN_WORD.test(text) && !(isTerm && (RESERVED.test(text) || text.includes(":")));
  return isPlain ? text : quote(text);
}

function quote(text: string): string {
  return `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
}
