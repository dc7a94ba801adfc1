// What the drill tells of labelled requests, on a few that are made up.
import { expect, test } from "bun:test";
import { judgeModels, spread, subjectsForLarge } from "./judge-models.ts";
import { chooseLeast, chooserOf, judgeChoices, sharedWords, takeExamples } from "./judge-requests.ts";
import { requestsFrom } from "./labelled-requests.ts";

const { training, others } = requestsFrom(
  {
    train: [
      ["pay my bill", "pay"],
      ["pay the bill now", "pay"],
      ["my balance please", "balance"],
      ["book a flight", "flight"],
    ],
    oos_test: [["sing to me", "oos"]],
  },
  { banking: ["pay", "balance"], travel: ["flight"] },
);

test("examples are taken of a domain's intents in turn", () => {
  expect(takeExamples(training, 2)).toEqual(
    new Map([
      ["banking", ["pay my bill", "my balance please"]],
      ["travel", ["book a flight"]],
    ]),
  );
});

test("the share that is right counts what is near enough, and what goes to the rest is told of both kinds", () => {
  const choose = chooserOf(takeExamples(training, 2), (text, examples) =>
    Math.max(...examples.map((example) => sharedWords(text, example))),
  );
  const requests = [
    { ...choose("pay a bill"), expected: "banking" },
    { ...choose("a flight"), expected: "travel" },
    { ...choose("book my balance"), expected: "travel" },
  ];
  const answered = { requests, others: others.map(choose) };
  expect(judgeChoices(answered)).toEqual({ right: 2 / 3, toRest: 0, othersToRest: 0 });
  expect(judgeChoices(answered, 0.55)).toEqual({ right: 1 / 3, toRest: 2 / 3, othersToRest: 1 });
  expect(chooseLeast(requests, 0.66)).toBe(0.5);
});

test("the subjects in which the large model gains most go to it, and that is judged against the lot", () => {
  const prompt = (subject: string, smallIsRight: boolean) => ({
    prompt: "p",
    subject,
    smallIsRight,
    largeIsRight: true,
  });
  const prompts = [prompt("maths", false), prompt("maths", false), prompt("history", true), prompt("history", true)];
  const subjects = subjectsForLarge(prompts, 0.5);
  expect([...subjects]).toEqual(["maths"]);
  const judged = judgeModels(prompts, ({ subject }) => subjects.has(subject));
  expect(judged).toEqual({ toLarge: 0.5, right: 1, rightByLot: 0.75 });
  expect(spread([1, 2, 3, 4, 5, 6], 3)).toEqual([1, 3, 5]);
});
