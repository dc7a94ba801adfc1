// Any filter, as fast-check makes them: shaped as the reader gives them, so that the way there and back is the identity.
import * as fc from "fast-check";
import { filterFieldNames, filterFields, type FilterFieldName } from "./contract.ts";
import type { Filter, ValueTest } from "./filter.ts";

/** Few values, so that records are found, and the nastiest that can be written. */
export const someTexts = [
  "ok",
  "call",
  "gpt-4o",
  "openai/gpt-4o",
  "a%b",
  "a_b",
  "a\\b",
  "x'); drop table x; --",
  "é😀",
  'say "hi"',
  "AND",
  "a*b?",
  " ",
  "5",
] as const;
export const someNumbers = [0, 1, 2.5, 300, 1000, 1_000_000] as const;
export const someWords = ["refund", "not", "please help", "e-mail", "4.10", "日本"] as const;
export const someTraces = ["0af76519-16cd-43dd-8448-eb211c80319c", "11111111-2222-7333-8444-555555555555"] as const;
export const someSpans = ["b7ad6b7169203331", "00f067aa0ba902b7"] as const;

const texts = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...someTexts) },
  { weight: 1, arbitrary: fc.string({ unit: "grapheme", minLength: 1, maxLength: 8 }) },
);
const patterns = fc.array(
  fc.oneof(fc.constantFrom("*", "?", "a", "b", "gpt", "%", "_", "\\", ".", "é"), fc.constant("\0literal")),
  { minLength: 2, maxLength: 6 },
);

const likes = patterns.map((parts): ValueTest => {
  let text = "";
  const wildcards: number[] = [];
  for (const part of parts) {
    if ((part === "*" || part === "?") && wildcards.length < 5) wildcards.push(text.length);
    // An asterisk that stands for itself.
    text += part === "\0literal" ? "*" : part;
  }
  return wildcards.length === 0 ? { is: "equal", to: text } : { is: "like", pattern: { text, wildcards } };
});

const ends = fc.record({ value: fc.constantFrom(...someNumbers), isIncluded: fc.boolean() });
const betweens = fc.oneof(
  ends.map((from): ValueTest => ({ is: "between", from })),
  ends.map((to): ValueTest => ({ is: "between", to })),
  fc.tuple(ends, ends).map(([from, to]): ValueTest => ({ is: "between", from, to })),
);
const present = fc.constant<ValueTest>({ is: "present" });
const equalTo = (values: readonly string[]) => fc.constantFrom(...values).map((to): ValueTest => ({ is: "equal", to }));
const equals = texts.map((to): ValueTest => ({ is: "equal", to }));

const testsOf = {
  text: fc.oneof(equals, likes, present),
  list: fc.oneof(equals, likes, present),
  count: fc.oneof(betweens, present),
  money: fc.oneof(betweens, present),
  duration: fc.oneof(betweens, present),
  boolean: fc.oneof(fc.constantFrom<ValueTest>({ is: "true" }, { is: "false" }), present),
  id: fc.oneof(equalTo(someTraces), present),
  span: fc.oneof(equalTo(someSpans), present),
  path: fc.oneof(equals, likes, present, betweens),
};

const paths: Partial<Record<FilterFieldName, readonly string[]>> = {
  attribute: ["http.status_code", "x y", 'q"uote', "depth"],
  data: ["name", "attributes.depth", "list.1", "none.at.all"],
};

const fieldTests = fc
  .constantFrom(...filterFieldNames)
  .chain((field): fc.Arbitrary<Filter> =>
    fc
      .tuple(fc.constantFrom(...(paths[field] ?? [undefined])), testsOf[filterFields[field].type])
      .map(([path, test]) => ({ type: "field", field, path, test })),
  );

const textTests = fc
  .record({ words: fc.constantFrom(...someWords), isPrefix: fc.boolean() })
  .map(({ words, isPrefix }): Filter => ({ type: "text", words, isPrefix }));

/** Down to a depth of five. Groups have two parts at least, and none of their own kind, which reading would join. */
export const filters: fc.Arbitrary<Filter> = fc.letrec<{ filter: Filter }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 4, depthSize: "small" },
    fc.oneof({ weight: 5, arbitrary: fieldTests }, { weight: 1, arbitrary: textTests }),
    fc.record({ type: fc.constantFrom("all", "any"), parts: fc.array(tie("filter"), { minLength: 2, maxLength: 4 }) }),
    fc.record({ type: fc.constant("not"), part: tie("filter") }),
  ),
})).filter;
