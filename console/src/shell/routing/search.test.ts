// Addresses carry a view there and back.
import { describe, expect, test } from "bun:test";
import { formatSearch, parseSearch } from "./search.ts";

describe("an address", () => {
  test("comes back as it was written", () => {
    const search = { model: "a b&c=ü", tag: ["one", "two"], filter: 'cost > 0.1 and model = "x"' };
    expect(parseSearch(formatSearch(search))).toEqual(search);
  });

  test("says nothing of what is not set", () => {
    expect(formatSearch({ model: "", outcome: undefined, by: null, list: [] })).toBe("");
  });

  test("says numbers and truths in words", () => {
    expect(formatSearch({ limit: 10, own: true })).toBe("?limit=10&own=true");
  });
});
