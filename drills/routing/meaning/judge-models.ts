// What it is worth to send subjects in which a large model is better to it, by examples of them: against the lot, and against
// knowing the subject.
import type { LabelledPrompt } from "../labelled-prompts.ts";
import { shareOf } from "./judge-requests.ts";

export interface ModelsJudged {
  /** The share of prompts that goes to the large model. */
  toLarge: number;
  right: number;
  /** The same when as many are drawn by lot. */
  rightByLot: number;
}

/** The subjects in which the large one gains most, until they are the given share of all prompts. */
export function subjectsForLarge(training: readonly LabelledPrompt[], share: number): Set<string> {
  const bySubject = [...Map.groupBy(training, ({ subject }) => subject)]
    .map(([subject, prompts]) => ({ subject, count: prompts.length, gain: gainIn(prompts) }))
    .sort((one, other) => other.gain - one.gain);
  const chosen = new Set<string>();
  let count = 0;
  for (const each of bySubject) {
    if (count + each.count / 2 > training.length * share) break;
    chosen.add(each.subject);
    count += each.count;
  }
  return chosen;
}

function gainIn(prompts: readonly LabelledPrompt[]): number {
  return shareOf(prompts, ({ largeIsRight }) => largeIsRight) - shareOf(prompts, ({ smallIsRight }) => smallIsRight);
}

export function judgeModels(
  prompts: readonly LabelledPrompt[],
  goesToLarge: (prompt: LabelledPrompt) => boolean,
): ModelsJudged {
  const placed = prompts.map((prompt) => ({ ...prompt, isLarge: goesToLarge(prompt) }));
  const [small, large] = [
    shareOf(prompts, ({ smallIsRight }) => smallIsRight),
    shareOf(prompts, ({ largeIsRight }) => largeIsRight),
  ];
  const toLarge = shareOf(placed, ({ isLarge }) => isLarge);
  return {
    toLarge,
    right: shareOf(placed, ({ isLarge, smallIsRight, largeIsRight }) => (isLarge ? largeIsRight : smallIsRight)),
    rightByLot: small + (large - small) * toLarge,
  };
}

/** So many of them, from first to last. */
export function spread<Item>(items: readonly Item[], count: number): Item[] {
  if (items.length <= count) return [...items];
  return Array.from({ length: count }, (_, place) => items[Math.floor((place * items.length) / count)]).filter(
    (item) => item !== undefined,
  );
}
