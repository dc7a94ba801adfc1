import { describe, expect, test } from "bun:test";
import { createCredentialPool, noCredential, type Target } from "../../../providers/index.ts";
import { chatOf } from "../../routing/routing.fixture.ts";
import { choiceRequest, gradeRequest, longestChoice, longestGrade, readChoice, readGrade } from "./judge-request.ts";

// What is asked of a judge looks at its vendor's name for a bound only.
const judge = {
  id: "acme/judge",
  model: "judge",
  vendor: {
    name: "acme",
    credentials: createCredentialPool([noCredential]),
    quirks: { max_tokens_field: "max_tokens" },
  },
} as unknown as Target;

describe("a letter", () => {
  test.each<[string, number | undefined]>([
    ["B", 1],
    ["b", 1],
    [" **B**.\n", 1],
    ["Answer B", 1],
    ["The best answer is: A", 0],
    ["(C)", 2],
    ["D", undefined],
    ["", undefined],
    ["A or B", undefined],
    ["I like them all.", undefined],
    ["Because B is right, B", undefined],
  ])("in %p of three is number %p", (reply, place) => {
    expect(readChoice(reply, 3)).toBe(place);
  });
});

describe("a grade", () => {
  test.each<[string, number | undefined]>([
    ["80", 0.8],
    [" 100 ", 1],
    ["0", 0],
    ["72.5", 0.725],
    ["85%", 0.85],
    ["20/100", 0.2],
    ["Score: 40.", 0.4],
    ["101", undefined],
    ["-3", undefined],
    ["8 of 10, or 9", undefined],
    ["splendid", undefined],
  ])("in %p is %p", (reply, grade) => {
    expect(readGrade(reply)).toBe(grade);
  });
});

describe("what a judge is asked", () => {
  const bytesOf = ({ text }: { text: string }): number =>
    Buffer.byteLength((JSON.parse(text) as { messages: { content: string }[] }).messages[0]?.content ?? "");

  test("shows all answers with their letters, and bounds the reply as its vendor names it", () => {
    const { text } = choiceRequest(judge, { question: "user: Why?", answers: ["Because.", "Why not?"] });
    expect(JSON.parse(text)).toMatchObject({ model: "acme/judge", max_tokens: 1000 });
    expect(text).toContain("<answer A>\\nBecause.\\n</answer>");
    expect(text).toContain("<answer B>\\nWhy not?\\n</answer>");
    expect(text).toContain("user: Why?");
  });

  test.each(["x", "é", "語", "😀", '"\n\u0001'])("is never longer than what is held for it: %p", (letter) => {
    for (const length of [1, 100, 10_000, 100_000]) {
      const { request } = chatOf(letter.repeat(length));
      if (!request) throw new Error("no request");
      const question = `user: ${letter.repeat(length)}`;
      const answers = [letter.repeat(length), letter.repeat(3 * length), ""];
      expect(bytesOf(choiceRequest(judge, { question, answers }))).toBeLessThanOrEqual(
        bytesOf(longestChoice(judge, request, 3)),
      );
      expect(bytesOf(gradeRequest(judge, { question, answers }))).toBeLessThanOrEqual(
        bytesOf(longestGrade(judge, request)),
      );
    }
  });
});
