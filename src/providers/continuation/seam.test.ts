// What is left out where one text goes on with another: what was said already, and no more.
import { describe, expect, test } from "bun:test";
import { createSeam } from "./seam.ts";

const BEFORE = "Once upon a time the sea was calm, and a quick brown fox";

/** What is shown of a text that goes on, in pieces of this length. */
function shown(text: string, length: number, before = BEFORE): string {
  const seam = createSeam(before);
  let all = "";
  for (let at = 0; at < text.length; at += length) all += seam.add(text.slice(at, at + length));
  return all + seam.rest();
}

describe("at the seam", () => {
  test.each([
    ["nothing is repeated", " jumps over.", " jumps over."],
    ["the last words are", "a quick brown fox jumps over.", " jumps over."],
    ["the last two words are", "brown fox jumps over.", " jumps over."],
    ["the last word is", "fox jumps over.", " jumps over."],
    ["the end of a sentence is", " calm, and a quick brown fox jumps.", " jumps."],
    ["all of it is", `${BEFORE} jumps over.`, " jumps over."],
    ["all of it is, and nothing comes after", BEFORE, ""],
    ["a word may be meant twice", " fox jumps.", " fox jumps."],
    ["the text begins like an earlier place", "the seals were not.", "the seals were not."],
    ["a letter is the same by accident", "x-rays are another thing.", "x-rays are another thing."],
  ])("where %s", (_, text, wanted) => {
    for (const length of [1, 2, 5, 1000])
      expect({ length, text: shown(text, length) }).toEqual({ length, text: wanted });
  });

  test("pictures of two halves are not torn apart", () => {
    expect(shown("wave 🌊🌊 goes on", 3, "a long green wave 🌊🌊")).toBe(" goes on");
  });

  test("says how much it left out", () => {
    const seam = createSeam(BEFORE);
    seam.add("a quick brown fox jumps");
    expect(seam.trimmed).toBe("a quick brown fox".length);
  });
});
