// Guard: both questions say no as often: "can I" is not "can't I", and "with" is not "without".
import { wordsOf } from "./words.ts";

const NO = new Set(
  "not no never none nobody nothing nowhere neither nor cannot without except unless hardly nicht kein keine nie ohne pas jamais sans nunca sin non senza".split(
    " ",
  ),
);

export function saysNoAsOften(one: string, other: string): boolean {
  return countNo(one) === countNo(other);
}

function countNo(text: string): number {
  return wordsOf(text).filter((word) => NO.has(word) || word.endsWith("n't")).length;
}
