// Whether a whole answer holds to its shape; and the same answer mended, where that can be done here.
import {
  type AnsweredChoice,
  type CallerRequest,
  readAnswerTexts,
  rewordAnswer,
  type WrittenAnswer,
} from "../../../providers/index.ts";
import type { JsonShape } from "./json-shape.ts";
import { mendText } from "./mend-text.ts";

export type Judgement =
  /** It calls a tool, or refuses: there is no result yet. */
  | { kind: "other" }
  | { kind: "valid" }
  | { kind: "mended"; content: WrittenAnswer["content"] }
  | { kind: "invalid"; problem: string; text: string };

/** Throws `gateway.bad_schema`. */
export function judgeAnswer(request: CallerRequest, answer: WrittenAnswer, shape: JsonShape): Judgement {
  const choices = readAnswerTexts(request, answer).filter(({ isOther }) => !isOther);
  if (choices.length === 0) return { kind: "other" };
  const mended = new Map<number, string>();
  for (const choice of choices) {
    const problem = shape.problemIn(choice.text);
    if (problem === undefined) continue;
    const text = mend(choice, shape);
    if (text === undefined) return { kind: "invalid", problem: choice.isCut ? CUT : problem, text: choice.text };
    mended.set(choice.choice, text);
  }
  return mended.size === 0 ? { kind: "valid" } : { kind: "mended", content: rewordAnswer(request, answer, mended) };
}

const CUT = "it ran into the bound on its length before it was whole";

function mend({ text, isCut }: AnsweredChoice, shape: JsonShape): string | undefined {
  for (const each of mendText(text, { isCut })) if (shape.problemIn(each) === undefined) return each;
  return undefined;
}
