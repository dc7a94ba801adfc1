// Our reader of filters held against another reader of Lucene's grammar, where both read the same: whatever is written with
// all its brackets.
import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { type LiqeQuery, parse } from "liqe";
import { readSyntax, type Syntax } from "./read-syntax.ts";

const bounds = { length_max: 10_000, depth_max: 50, terms_max: 500 };

const terms = fc.oneof(
  fc.constantFrom(
    "model:gpt-4o",
    "model:o*",
    'name:"two words"',
    "cost:>5",
    "cost:<=0.25",
    "tokens:[1 TO 5]",
    "cost:{0 TO 2]",
  ),
  fc.constantFrom(
    "refund",
    '"on its way"',
    "wareh*",
    "user:ann@example.com",
    "tag:a-b",
    "attribute.http.status_code:>=500",
  ),
);

const written = fc.letrec<{ filter: string }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 4, depthSize: "small" },
    terms,
    fc
      .tuple(tie("filter"), fc.constantFrom(" AND ", " OR ", " "), tie("filter"))
      .map(([a, operator, b]) => `(${a}${operator}${b})`),
    tie("filter").map((filter) => `NOT (${filter})`),
  ),
})).filter;

/** Both as one text, all brackets written. */
function drawOurs(syntax: Syntax): string {
  if (syntax.type === "not") return `not(${drawOurs(syntax.part)})`;
  if (syntax.type !== "term") return `${syntax.type}(${syntax.parts.map(drawOurs).join(",")})`;
  const { field, value } = syntax;
  const name = field?.name ?? "";
  if (value.type === "range")
    return `${name}:${value.includesFrom}:${Number(value.from.text)}..${Number(value.to.text)}:${value.includesTo}`;
  const text = value.word.isQuoted || Number.isNaN(Number(value.word.text)) ? value.word.text : Number(value.word.text);
  return `${name}:${value.type === "compare" ? value.operator : ""}${text}`;
}

function drawTheirs(query: LiqeQuery): string {
  switch (query.type) {
    case "UnaryOperator":
      return `not(${drawTheirs(query.operand)})`;
    case "ParenthesizedExpression":
      return drawTheirs(query.expression);
    case "LogicalExpression":
      return `${query.operator.operator === "OR" ? "any" : "all"}(${drawTheirs(query.left)},${drawTheirs(query.right)})`;
    case "Tag": {
      const { expression } = query;
      const name = query.field.type === "Field" ? query.field.name : "";
      const operator = query.field.type === "Field" ? query.operator.operator.slice(1) : "";
      if (expression.type === "LiteralExpression") return `${name}:${operator}${expression.value}`;
      if (expression.type !== "RangeExpression") return "?";
      const { min, max, minInclusive, maxInclusive } = expression.range;
      return `${name}:${minInclusive}:${min}..${max}:${maxInclusive}`;
    }
    default:
      return "?";
  }
}

test("filters with all their brackets are read as liqe reads them", () => {
  fc.assert(
    fc.property(written, (filter) => expect(drawOurs(readSyntax(filter, bounds))).toBe(drawTheirs(parse(filter)))),
    { numRuns: 500 },
  );
});
