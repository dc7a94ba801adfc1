// A filter as a condition on ledger_records. What somebody wrote reaches PostgreSQL as parameters alone: names of columns come
// from a table, and nothing is put together from pieces of text.
import { type RawBuilder, sql } from "kysely";
import { columnOf } from "../filter/columns.ts";
import { filterFields } from "../filter/contract.ts";
import type { FieldTest, Filter, Pattern, TextTest, ValueTest } from "../filter/filter.ts";
import { tsqueryOf } from "../filter/words.ts";
import { cleanText } from "../clean-text.ts";

type Condition = RawBuilder<boolean>;

export interface FilterScope {
  /** The record that is tested: a table's alias. */
  record: string;
  /** True of the records in whose texts these words are, for `to_tsquery('simple', …)`. */
  hasWords(tsquery: string): Condition;
}

/**
 * Where PostgreSQL knows no answer, because there is no value, the condition is null, which is as good as false. `NOT` makes
 * true of both, as people mean it: NOT model:gpt-4o finds what has no model too.
 */
export function compileFilter(filter: Filter, scope: FilterScope): Condition {
  switch (filter.type) {
    case "text":
      return compileText(filter, scope);
    case "field":
      return compileField(filter, scope.record);
    case "not":
      return sql`((${compileFilter(filter.part, scope)}) is not true)`;
    default: {
      if (filter.parts.length === 0) return sql`${filter.type === "all"}`;
      const parts = filter.parts.map((part) => compileFilter(part, scope));
      return sql`(${sql.join(parts, filter.type === "all" ? sql` and ` : sql` or `)})`;
    }
  }
}

function compileText(test: TextTest, { hasWords }: FilterScope): Condition {
  const tsquery = tsqueryOf(test);
  return tsquery === undefined ? sql`false` : hasWords(tsquery);
}

function compileField({ field, path, test }: FieldTest, record: string): Condition {
  const column = (name: string) => sql.ref(`${record}.${name}`);
  if (path !== undefined) return compilePath(field === "data" ? path.split(".") : ["attributes", path], test, record);
  if (field === "guardrail")
    return sql`(${hasFindings(column("data"))} and ${compileList(guardrailWords(column("data")), test)})`;
  const name = columnOf(field);
  if (name === undefined) {
    const tokens = sql<number>`(${column("input_tokens")} + ${column("output_tokens")})`;
    return compileNumber(tokens, test);
  }
  const { type } = filterFields[field];
  if (type === "list") return compileList(column(name), test);
  if (type === "span" && test.is === "equal") return sql`${column(name)} = decode(${test.to}, 'hex')`;
  if (type === "id" && test.is === "equal") return sql`${column(name)} = ${test.to}::uuid`;
  if (test.is === "true" || test.is === "false") return sql`${column(name)} = ${test.is === "true"}`;
  return compileValue(column(name), test);
}

function compileValue(value: RawBuilder<unknown>, test: ValueTest): Condition {
  if (test.is === "present") return sql`${value} is not null`;
  if (test.is === "equal") return sql`${value} = ${cleanText(test.to)}`;
  if (test.is === "like") return sql`${value} like ${likeOf(test.pattern)}`;
  return compileNumber(value, test);
}

/** As double precision: whole numbers and PostgreSQL's `real` alike compare with what was written, fraction and all. */
function compileNumber(value: RawBuilder<unknown>, test: ValueTest): Condition {
  if (test.is !== "between") return sql`${value} is not null`;
  const ends = endsOf(test).map(
    ({ operator, bound }) => sql<boolean>`${value}::float8 ${operators[operator]} ${bound}::float8`,
  );
  return ends.length === 0 ? sql`${value} is not null` : sql`(${sql.join(ends, sql` and `)})`;
}

const operators = { ">=": sql`>=`, ">": sql`>`, "<=": sql`<=`, "<": sql`<` };

function endsOf({ from, to }: Extract<ValueTest, { is: "between" }>) {
  return [
    ...(from ? [{ operator: from.isIncluded ? (">=" as const) : (">" as const), bound: from.value }] : []),
    ...(to ? [{ operator: to.isIncluded ? ("<=" as const) : ("<" as const), bound: to.value }] : []),
  ];
}

function compileList(list: RawBuilder<unknown>, test: ValueTest): Condition {
  if (test.is === "equal") return sql`${list} @> array[${cleanText(test.to)}]::text[]`;
  if (test.is === "like")
    return sql`exists (select from unnest(${list}) as item where item like ${likeOf(test.pattern)})`;
  return sql`cardinality(${list}) > 0`;
}

/**
 * Records in which a guardrail found something, told by their text as JSON.stringify writes it; within a string the quotation marks
 * would have backslashes. An index has the same condition, word for word: those who ask for findings read no other records.
 */
export function hasFindings(data: RawBuilder<unknown>): Condition {
  return sql<boolean>`${data}::text like '%"guardrails":[{%'`;
}

/** Kinds, policies and outcomes of what guardrails found: they stand in the record alone. */
function guardrailWords(data: RawBuilder<unknown>): RawBuilder<unknown> {
  // With "offset 0" the record is read as JSON once.
  return sql`array(
    select said from (select ${data} -> 'guardrails' as list offset 0) as found,
      json_array_elements(case when json_typeof(list) = 'array' then list else '[]' end) as entry,
      lateral (values (entry ->> 'kind'), (entry ->> 'name'), (entry ->> 'outcome')) as words (said)
    where said is not null)`;
}

/** A number compares only where there is one; as text, a number is as JSON writes it. */
function compilePath(path: readonly string[], test: ValueTest, record: string): Condition {
  const steps = sql`array[${sql.join(path.map((step) => sql`${cleanText(step)}`))}]::text[]`;
  const data = sql.ref(`${record}.data`);
  const text = sql`(${data} #>> ${steps})`;
  if (test.is !== "between") return compileValue(text, test);
  return sql`case when json_typeof(${data} #> ${steps}) = 'number' then ${compileNumber(text, test)} end`;
}

/** `*` and `?` as PostgreSQL's LIKE writes them. */
function likeOf({ text, wildcards }: Pattern): string {
  const places = new Set(wildcards);
  const parts = Array.from({ length: text.length }, (_, index) => {
    const character = text.charAt(index);
    if (places.has(index)) return character === "*" ? "%" : "_";
    return "\\%_".includes(character) ? `\\${character}` : character;
  });
  return cleanText(parts.join(""));
}
