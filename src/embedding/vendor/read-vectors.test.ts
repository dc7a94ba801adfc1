import { describe, expect, test } from "bun:test";
import { readVectors } from "./read-vectors.ts";

const answer = (...data: object[]) => JSON.stringify({ data });

describe("a vendor's vectors", () => {
  test("are put in their places, and made of length one", () => {
    const vectors = readVectors(answer({ index: 1, embedding: [0, 2] }, { index: 0, embedding: [3, 4] }), 2);
    expect(vectors?.map((vector) => [...vector].map((each) => Math.round(each * 10) / 10))).toEqual([
      [0.6, 0.8],
      [0, 1],
    ]);
  });

  test.each([
    ["one is missing", answer({ embedding: [1] })],
    ["two stand in one place", answer({ index: 0, embedding: [1] }, { index: 0, embedding: [1] })],
    ["they differ in length", answer({ embedding: [1] }, { embedding: [1, 2] })],
    ["one has no direction", answer({ embedding: [0] }, { embedding: [1] })],
    ["they are no vectors", answer({ embedding: "AAAA" }, { embedding: [1] })],
    ["it is another answer", '{"choices":[]}'],
  ])("are not taken where %s", (_, text) => {
    expect(readVectors(text, 2)).toBeUndefined();
  });
});
