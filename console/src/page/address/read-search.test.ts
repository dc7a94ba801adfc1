import { describe, expect, test } from "bun:test";
import { figure, oneOf, readSearch, text, whole } from "./read-search.ts";

const read = readSearch({ tab: oneOf(["one", "two"]), open: text(5), at: whole(1, 20), growth: figure });

describe("what a page reads of its address", () => {
  test("is what it knows, typed", () => {
    expect(read({ tab: "two", open: "abcde", at: "12", growth: "1.50" })).toEqual({
      tab: "two",
      open: "abcde",
      at: 12,
      growth: "1.50",
    });
    expect(read({ at: 7 })).toEqual({ at: 7 });
  });
  test("leaves out what cannot be read, part by part", () => {
    const nonsense = [{ tab: "three" }, { open: "abcdef" }, { open: "" }, { growth: "1e9" }, { growth: "-1" }];
    for (const said of nonsense) expect(read(said)).toEqual({});
    for (const at of ["", "0", "21", "1.5", "x", " ", ["3", "4"], null, Number.NaN]) expect(read({ at })).toEqual({});
    expect(read({ tab: ["one", "two"], open: { a: 1 }, at: "3", other: "x" })).toEqual({ at: 3 });
  });
});
