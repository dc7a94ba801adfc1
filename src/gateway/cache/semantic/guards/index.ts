// What must be the same in two questions before how near they are counts at all. Each guard looks at one thing, and none knows of vectors.
import { asksForTheSame } from "./asked-for.ts";
import { hasSameCode } from "./code.ts";
import { isInSameLanguage } from "./language.ts";
import { hasSameNames } from "./names.ts";
import { saysNoAsOften } from "./negation.ts";
import { hasSameNumbers } from "./numbers.ts";
import { isWordedClosely } from "./wording.ts";
import { isInSameOrder, isNotTheOpposite } from "./opposites.ts";

export const guards = {
  numbers: hasSameNumbers,
  names: hasSameNames,
  negation: saysNoAsOften,
  code: hasSameCode,
  language: isInSameLanguage,
  asked_for: asksForTheSame,
  opposites: isNotTheOpposite,
  order: isInSameOrder,
  wording: isWordedClosely,
} as const satisfies Record<string, (one: string, other: string) => boolean>;

export type GuardName = keyof typeof guards;

/** Whether the words that carry the meaning must be the same, or vectors alone say how near two questions are. */
export type Wording = "close" | "free";

/** The first guard that tells the two apart; undefined where none does. */
export function toldApartBy(one: string, other: string, wording: Wording): GuardName | undefined {
  for (const name of names) {
    if (name === "wording" && wording === "free") continue;
    if (!guards[name](one, other)) return name;
  }
  return undefined;
}

const names = Object.keys(guards) as GuardName[];
