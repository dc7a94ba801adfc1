import { describe, expect, test } from "bun:test";
import { completeFilter, placeOf, quoteValue } from "./complete-filter.ts";

const values = (field: string) => (field === "model" ? [{ value: "gpt-4o" }, { value: "my model" }] : []);
const at = (text: string, caret = text.length) => completeFilter(text, caret, values);
const labels = (text: string, caret?: number) => at(text, caret).map(({ label }) => label);

describe("the name of a field", () => {
  test("is offered by its beginning, then by what it means", () => {
    expect(labels("").length).toBeGreaterThan(20);
    expect(labels("mod")[0]).toBe("model:");
    expect(labels("cos")[0]).toBe("cost:");
    expect(labels("gateway")).toContain("own:");
  });

  test("is put where one writes, and leaves the rest as it is", () => {
    const text = "cost:>1 mod outcome:ok";
    const completion = completeFilter(text, "cost:>1 mod".length, values).find(({ label }) => label === "model:");
    expect(completion?.text).toBe("cost:>1 model: outcome:ok");
    expect(completion?.caret).toBe("cost:>1 model:".length);
  });

  test("can stand behind a minus and within brackets; between two terms come AND, OR and NOT", () => {
    expect(labels("-rou")).toContain("route:");
    expect(labels("(rou")).toContain("route:");
    expect(labels("cost:>1 A")[0]).toBe("AND");
    expect(labels("cost:>1 AND A")).not.toContain("AND");
    expect(labels("N")).toContain("NOT");
  });
});

describe("a value", () => {
  test("is one of those that there are, or of those at hand, in quotes where it needs them", () => {
    expect(labels("outcome:")).toEqual(["ok", "refused", "failed", "truncated", "cancelled", "*"]);
    expect(at("outcome:f")[0]).toMatchObject({ text: "outcome:failed ", isWhole: true });
    expect(at("model:my")[0]?.text).toBe('model:"my model" ');
    expect(at('model:"my m')[0]?.text).toBe('model:"my model" ');
  });

  test("stands in a list as well", () => {
    expect(at("model:(gpt-4o, m")[0]?.text).toBe('model:(gpt-4o, "my model"');
    expect(at("model:(gpt-4o, m")[0]?.isWhole).toBe(false);
    expect(placeOf("outcome:(ok OR f", 16)).toMatchObject({ isInList: true, field: "outcome", typed: "f" });
  });

  test("of figures begins with how they are compared", () => {
    expect(labels("cost:")).toEqual([">", "<", "[… TO …]", "*"]);
    expect(at("cost:")[0]?.note).toContain("cost:>0.01");
    expect(labels("cost:>0")).toEqual([]);
  });

  test("is offered for no field that there is not, and nothing within words in quotes", () => {
    expect(labels("modle:")).toEqual([]);
    expect(labels('"some wor')).toEqual([]);
    expect(labels('"some words" mod')[0]).toBe("model:");
  });
});

test("quotes what would be read otherwise", () => {
  expect(["gpt-4o", "openai/gpt-4o", "a b", 'say "x"', "OR", "a*"].map(quoteValue)).toEqual([
    "gpt-4o",
    "openai/gpt-4o",
    '"a b"',
    String.raw`"say \"x\""`,
    '"OR"',
    '"a*"',
  ]);
});
