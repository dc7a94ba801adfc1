// Guard: the words that carry the meaning are the same and in the same order, but for their endings; only small words may differ:
// "how do I learn guitar" is "what is the best way of learning guitar", and not "how do I tune a guitar".
import { wordsOf } from "./words.ts";

/** English words that questions have or lack without another meaning; what says no, or compares, is not among them. */
const SMALL = new Set(
  `a an the is are was were be been being am do does did doing done can could should would will shall may might must
  i me my mine we us our you your he him his she her it its they them their this that these those
  of to in on at for from by with about into over as and or so if then than there here
  what which who whom whose when where why how have has had having get gets got any some
  many much more most very really just also too even ever only one ones someone anyone people person way ways thing things
  s t re ve ll m d use used using make need want like please tell explain describe know think feel
  good best better great greatest top`.split(/\s+/),
);
const ENDINGS = /(?:ing|ed|es|s|er|ly)$/;
const STEM_CHARS_MIN = 3;

export function isWordedClosely(one: string, other: string): boolean {
  return contentOf(one) === contentOf(other);
}

/** Each word once, where it stands first. */
function contentOf(text: string): string {
  const content = wordsOf(text).filter((word) => !SMALL.has(word));
  return [...new Set(content.map(stemOf))].join(" ");
}

function stemOf(word: string): string {
  const stem = word
    .replace(/'s$/, "")
    .replace(/ies$/, "y")
    .replace(ENDINGS, "")
    .replace(/[es]+$/, "");
  return stem.length < STEM_CHARS_MIN ? word : stem;
}
