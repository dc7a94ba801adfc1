// A filter's grammar: `any` is all (OR all)*, `all` is not (AND? not)*, `not` is (NOT | -) not, ( any ), field:value or a word. A
// value is a word, >word, [word TO word] or a list: `any` again, of words alone, with a comma for OR. There is deliberately no
// library behind it: liqe, which reads Lucene's, refuses model:openai/gpt-4o, has no lists and no ranges of durations,
// takes 4.10 for the number 4.1, and reads `a OR b AND c` as `(a OR b) AND c`. A test holds this to it where it can.
import type { FilterBounds } from "./filter.ts";
import { createScanner, type Scanner, type Word } from "./scan.ts";

export type Syntax =
  | { type: "all" | "any"; parts: Syntax[] }
  | { type: "not"; part: Syntax }
  | { type: "term"; field: FieldName | undefined; value: Value };

export interface FieldName {
  name: string;
  at: number;
}

export type Value =
  | { type: "word"; word: Word }
  | { type: "compare"; operator: Comparison; word: Word }
  | { type: "range"; from: Word; to: Word; includesFrom: boolean; includesTo: boolean };

const comparisons = [">=", "<=", ">", "<", "="] as const;
export type Comparison = (typeof comparisons)[number];

interface Reading {
  scanner: Scanner;
  bounds: FilterBounds;
  /** Of the list that is being read; undefined outside of one. */
  field: FieldName | undefined;
  depth: number;
  count: { terms: number };
}

/** Throws `ledger.bad_filter`. */
export function readSyntax(source: string, bounds: FilterBounds): Syntax {
  const scanner = createScanner(source);
  if (source.length > bounds.length_max)
    scanner.fail(`it has ${source.length} characters, at most ${bounds.length_max} are read`);
  scanner.skipBlanks();
  if (scanner.isAtEnd()) return { type: "all", parts: [] };
  const syntax = readAny({ scanner, bounds, field: undefined, depth: 0, count: { terms: 0 } });
  if (!scanner.isAtEnd()) scanner.fail("this closes what was not opened");
  return syntax;
}

function readAny(reading: Reading): Syntax {
  const { scanner, field } = reading;
  const parts = [readAll(reading)];
  while (scanner.takeOperator("OR") || scanner.take("||") || (field !== undefined && scanner.take(",")))
    parts.push(readAll(reading));
  return joined("any", parts);
}

function readAll(reading: Reading): Syntax {
  const { scanner, field } = reading;
  const parts: Syntax[] = [];
  for (;;) {
    scanner.skipBlanks();
    parts.push(readNot(reading));
    scanner.skipBlanks();
    if (scanner.takeOperator("AND") || scanner.take("&&")) continue;
    if (isEndOfAll(reading)) return joined("all", parts);
    if (field !== undefined) scanner.fail("say OR or AND between the values of a list");
  }
}

/** Looks at what is next without taking it. */
function isEndOfAll({ scanner, field }: Reading): boolean {
  return (
    scanner.isAtEnd() ||
    scanner.isNext(")") ||
    scanner.isNextWord("OR") ||
    scanner.isNext("||") ||
    (field !== undefined && scanner.isNext(","))
  );
}

function readNot(reading: Reading): Syntax {
  const { scanner, bounds } = reading;
  if (reading.depth > bounds.depth_max)
    scanner.fail(`at most ${bounds.depth_max} brackets and NOTs stand in each other`);
  const deeper = { ...reading, depth: reading.depth + 1 };
  if (scanner.takeOperator("NOT") || scanner.take("-") || scanner.take("!")) {
    scanner.skipBlanks();
    return { type: "not", part: readNot(deeper) };
  }
  return scanner.isNext("(") ? readBrackets(deeper) : readTerm(reading);
}

function readBrackets(reading: Reading): Syntax {
  const { scanner } = reading;
  const at = scanner.at();
  scanner.take("(");
  const inner = readAny(reading);
  if (!scanner.take(")")) scanner.fail("this bracket is not closed", at);
  return inner;
}

function readTerm(reading: Reading): Syntax {
  const { scanner, bounds, count } = reading;
  count.terms += 1;
  if (count.terms > bounds.terms_max) scanner.fail(`it has more than ${bounds.terms_max} terms`);
  if (reading.field) return { type: "term", field: reading.field, value: readValue(reading) };
  const field = scanner.takeField();
  if (!field) return { type: "term", field, value: { type: "word", word: readBareWord(scanner) } };
  if (scanner.isNext("(")) return readBrackets({ ...reading, field, depth: reading.depth + 1 });
  return { type: "term", field, value: readValue(reading) };
}

function readBareWord(scanner: Scanner): Word {
  const word = scanner.readWord("");
  if (!word.isQuoted && ["AND", "OR", "NOT"].includes(word.text.toUpperCase()))
    scanner.fail(
      `write ${word.text.toUpperCase()} in capitals between two terms, or "${word.text}" for the word`,
      word.at,
    );
  return word;
}

function readValue({ scanner, field }: Reading): Value {
  const stops = field ? "," : "";
  for (const [mark, includesFrom] of [
    ["[", true],
    ["{", false],
  ] as const)
    if (scanner.take(mark)) return readRange(scanner, includesFrom);
  const operator = comparisons.find((each) => scanner.take(each));
  const word = scanner.readWord(stops);
  return operator === undefined ? { type: "word", word } : { type: "compare", operator, word };
}

function readRange(scanner: Scanner, includesFrom: boolean): Value {
  scanner.skipBlanks();
  const from = scanner.readWord("]}");
  scanner.skipBlanks();
  if (!scanner.takeOperator("TO")) scanner.fail("a range says TO between its ends");
  scanner.skipBlanks();
  const to = scanner.readWord("]}");
  scanner.skipBlanks();
  const includesTo = scanner.take("]");
  if (!includesTo && !scanner.take("}")) scanner.fail("a range ends with ] or }");
  return { type: "range", from, to, includesFrom, includesTo };
}

function joined(type: "all" | "any", parts: Syntax[]): Syntax {
  const [only] = parts;
  return parts.length === 1 && only ? only : { type, parts };
}
