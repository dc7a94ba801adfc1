// Tables of labelled prompts, as they are written.
import { expect, test } from "bun:test";
import { judgeHeldOut, judgeThresholds } from "./judge-classifier.ts";
import { readTable } from "./labelled-prompts.ts";

const table = 'prompt,small,large,said\n"Two lines,\nand ""quoted"".",True,False,"a, b"\nHello?,False,True,x\n';

test("a prompt may go over lines, with commas and quotation marks", () => {
  expect(readTable(table)).toEqual([
    { prompt: 'Two lines,\nand "quoted".', smallIsRight: true, largeIsRight: false, subject: "" },
    { prompt: "Hello?", smallIsRight: false, largeIsRight: true, subject: "" },
  ]);
});

test("a threshold is judged by who then answers, and against the lot", () => {
  const hard = "Prove that 3 * 4 = 12 must hold, and calculate how many of 5, 6 and 7 do not, step by step.";
  const [first] = judgeThresholds([
    { prompt: "Hello", smallIsRight: true, largeIsRight: true, subject: "" },
    { prompt: hard, smallIsRight: false, largeIsRight: true, subject: "" },
  ]);
  expect(first).toEqual({ upTo: 0.1, toLarge: 0.5, right: 1, rightByLot: 0.75 });
});

test("a threshold is chosen on one half, and told of the other", () => {
  const hard = "Prove that 3 * 4 = 12 must hold, and calculate how many of 5, 6 and 7 do not, step by step.";
  const easyOne = { prompt: "Hello", smallIsRight: true, largeIsRight: true, subject: "" };
  const hardOne = { prompt: hard, smallIsRight: false, largeIsRight: true, subject: "" };
  expect(judgeHeldOut([easyOne, hardOne, hardOne, hardOne])).toMatchObject({ toLarge: 1, right: 1, rightByLot: 1 });
});
