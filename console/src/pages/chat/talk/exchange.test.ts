// What goes along with the next question, what is said aloud, and what is made of a refusal.
import { describe, expect, test } from "bun:test";
import { type ModelAnswer, nothingYet } from "../../../api/model/answer.ts";
import { exchangesFrom, messagesFor } from "./exchange.ts";
import { explainRefusal } from "./explain-refusal.ts";
import { endOfSentences } from "./sentences.ts";

const answered = (text: string): ModelAnswer => ({
  ...nothingYet,
  state: "done",
  choices: [{ text, reasoning: "", toolCalls: [], finishReason: "stop" }],
});

describe("the next question", () => {
  test("is sent with what was answered, and without what was refused", () => {
    const answers = new Map([
      ["b", answered("Because of rivers.")],
      ["c", { ...nothingYet, state: "failed" as const }],
    ]);
    const exchanges = [
      { id: "a", asked: "Hello", recorded: "Hello you." },
      { id: "b", asked: "Why is the sea salty?", recorded: null },
      { id: "c", asked: "Something refused", recorded: null },
    ];
    expect(messagesFor(exchanges, (id) => answers.get(id), "And lakes?").map(({ content }) => content)).toEqual([
      "Hello",
      "Hello you.",
      "Why is the sea salty?",
      "Because of rivers.",
      "And lakes?",
    ]);
  });

  test("of a long conversation is sent with the end of it", () => {
    const exchanges = Array.from({ length: 200 }, (_, at) => ({ id: `${at}`, asked: `q${at}`, recorded: `a${at}` }));
    const messages = messagesFor(exchanges, () => undefined, "now");
    expect(messages.length).toBeLessThanOrEqual(60);
    expect(messages.at(-2)).toEqual({ role: "assistant", content: "a199" });
    expect(messages[0]?.role).toBe("user");
  });
});

test("a recorded conversation is read from its last call", () => {
  const messages = [
    { role: "system", text: "Be kind.", tool_calls: [] },
    { role: "user", text: "One", tool_calls: [] },
    { role: "assistant", text: "1", tool_calls: [] },
    { role: "user", text: "Two", tool_calls: [] },
  ];
  expect(exchangesFrom({ id: "x", messages }).map(({ asked, recorded }) => [asked, recorded])).toEqual([
    ["One", "1"],
    ["Two", ""],
  ]);
});

test("an answer is read out by whole sentences, and its rest at the end", () => {
  const text = "One. Two is 2.5 long! Thr";
  expect(text.slice(0, endOfSentences(text, 0, false))).toBe("One. Two is 2.5 long!");
  expect(endOfSentences(text, 21, false)).toBe(21);
  expect(endOfSentences(text, 21, true)).toBe(text.length);
});

test("a refusal is told by what it means for whoever asked", () => {
  const problem = { kind: "refused" as const, message: "", fix: "" };
  expect(explainRefusal({ ...problem, code: "guardrails.blocked" }).title).toContain("did not pass");
  expect(explainRefusal({ ...problem, code: "governance.over_budget" }).title).toContain("as much as");
  expect(explainRefusal({ ...problem, code: "gateway.all_failed" }).title).toBe("That did not work.");
});
