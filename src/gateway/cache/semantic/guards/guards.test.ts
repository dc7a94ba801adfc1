import { describe, expect, test } from "bun:test";
import { type GuardName, guards, toldApartBy } from "./index.ts";

type Pair = [one: string, other: string];

/** What each guard tells apart, and what it lets be the same. */
const cases: Record<GuardName, { apart: Pair[]; same: Pair[] }> = {
  numbers: {
    apart: [
      ["events in 2002", "events in 1992"],
      ["top 10 songs", "top 50 songs"],
      ["two eggs", "three eggs"],
      ["a million users", "a billion users"],
      ["version 1.2", "version 1.3"],
      ["the first step", "the last step"],
    ],
    same: [
      ["10,000 rupees", "10000 rupees"],
      ["below 40k", "below 40,000"],
      ["two eggs", "2 eggs"],
      ["which one", "which"],
    ],
  },
  names: {
    apart: [
      ["the capital of France", "the capital of Spain"],
      ["hired by Google", "hired"],
      ["what is HTML", "what is CSS"],
      ["call getUser here", "call getOrder here"],
      ["mail a@x.org", "mail b@x.org"],
      ["read https://x.org/a", "read https://x.org/b"],
    ],
    same: [
      ["learn Java", "learn java"],
      ["the Smiths", "the Smith"],
      ["Why is it so?", "why is it so?"],
      ["What now? Tell me", "what now? tell me"],
      ["I think I'm ill", "am i ill"],
    ],
  },
  negation: {
    apart: [
      ["can I", "can't I"],
      ["with sugar", "without sugar"],
      ["is it so", "is it not so"],
      ["who never slept", "who slept"],
    ],
    same: [["why don't they", "why do they not"]],
  },
  code: {
    apart: [
      ["what does `a` do", "what does `b` do"],
      ["a < b", "a > b"],
      ['who said "yes"', 'who said "no"'],
      ["costs $5", "costs €5"],
      ["this symbol ➰", "this symbol"],
    ],
    same: [["```\nx  y\n```", "```\nx y\n```"]],
  },
  language: {
    apart: [
      ["what is the time", "который час"],
      ["what is the name of the river", "wie ist der name des flusses und warum"],
    ],
    same: [["what is it", "what's the matter"]],
  },
  asked_for: {
    apart: [
      ["when did it end", "how did it end"],
      ["how many eggs", "how to boil eggs"],
      ["where is it", "what is it"],
      ["why does it occur", "how does it occur"],
    ],
    same: [
      ["how do I learn it", "what is the best way to learn it"],
      ["why is it red", "what is the reason that it is red"],
    ],
  },
  opposites: {
    apart: [
      ["how to increase it", "how to decrease it"],
      ["before lunch", "after lunch"],
      ["advantages of it", "disadvantages of it"],
      ["what is my name", "what is your name"],
    ],
    same: [["buy or sell", "sell or buy"]],
  },
  order: {
    apart: [["from euros to dollars", "from dollars to euros"]],
    same: [["a house, red", "A house red"]],
  },
  wording: {
    apart: [
      ["how is it identified", "how is it treated"],
      ["a senior accountant", "a staff accountant"],
      ["diesel in a petrol engine", "petrol in a diesel engine"],
      ["logic gates", "ground in logic gates"],
    ],
    same: [
      ["How do I learn guitar?", "What is the best way of learning the guitar?"],
      ["solve these problems", "solving this problem"],
      ["mixed cities", "a mixed city"],
    ],
  },
};

describe.each(Object.entries(cases))("the guard of %s", (name, { apart, same }) => {
  const guard = guards[name as GuardName];

  test.each(apart)("tells apart %j and %j, either way round", (one, other) => {
    expect([guard(one, other), guard(other, one)]).toEqual([false, false]);
  });

  test.each(same)("lets %j be %j", (one, other) => {
    expect([guard(one, other), guard(other, one)]).toEqual([true, true]);
  });
});

describe("all guards together", () => {
  test("name the first that tells two apart, and none for the same text", () => {
    const text = 'Why doesn\'t `f(2)` work in Rome, and where is "x"?';
    expect(toldApartBy(text, text, "close")).toBeUndefined();
    expect(toldApartBy(text, text.replace("2", "3"), "close")).toBe("numbers");
  });

  test("leave the wording to the vectors where it may be free", () => {
    const pair = ["how do I cook rice", "how do I prepare rice"] as const;
    expect(toldApartBy(...pair, "close")).toBe("wording");
    expect(toldApartBy(...pair, "free")).toBeUndefined();
  });
});
