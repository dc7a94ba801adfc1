// How often the place with the nearest examples is the right one, and what becomes of requests that belong to none.
import type { LabelledRequest } from "./labelled-requests.ts";

/** How near a text is to examples; higher is nearer. */
export type Measure = (text: string, examples: readonly string[]) => number;

export interface Chosen {
  domain: string;
  nearness: number;
}

export interface Judged {
  /** The share of requests that go to their own place. */
  right: number;
  /** The share that is near to no place, and goes to the rest. */
  toRest: number;
  /** The same of requests that belong to no place. */
  othersToRest: number;
}

/** So many for each domain, of its intents in turn. */
export function takeExamples(training: readonly LabelledRequest[], count: number): Map<string, string[]> {
  const byIntent = Map.groupBy(training, ({ intent }) => intent);
  const longest = Math.max(...[...byIntent.values()].map(({ length }) => length));
  const taken = new Map<string, string[]>();
  for (let round = 0; round < longest; round += 1)
    for (const requests of byIntent.values()) {
      const request = requests[round];
      if (!request) continue;
      const examples = taken.get(request.domain) ?? [];
      if (examples.length < count) examples.push(request.text);
      taken.set(request.domain, examples);
    }
  return taken;
}

export function chooserOf(places: ReadonlyMap<string, readonly string[]>, measure: Measure): (text: string) => Chosen {
  return (text) => {
    let best: Chosen = { domain: "", nearness: Number.NEGATIVE_INFINITY };
    for (const [domain, examples] of places) {
      const nearness = measure(text, examples);
      if (nearness > best.nearness) best = { domain, nearness };
    }
    return best;
  };
}

export interface Answered {
  /** What was chosen for each, and what is right. */
  requests: readonly (Chosen & { expected: string })[];
  others: readonly Chosen[];
}

export function judgeChoices({ requests, others }: Answered, least = Number.NEGATIVE_INFINITY): Judged {
  return {
    right: shareOf(requests, ({ domain, expected, nearness }) => domain === expected && nearness >= least),
    toRest: shareOf(requests, ({ nearness }) => nearness < least),
    othersToRest: shareOf(others, ({ nearness }) => nearness < least),
  };
}

/** So that the given share of what belongs to a place is nearer. */
export function chooseLeast(choices: readonly Chosen[], share: number): number {
  const sorted = choices.map(({ nearness }) => nearness).sort((one, other) => one - other);
  const least = sorted[Math.floor(sorted.length * (1 - share))] ?? 0;
  return Math.round(least * 100) / 100;
}

const WORDS = /[\p{L}\p{N}']+/gu;

/** The share of words that the two have in common. */
export function sharedWords(one: string, other: string): number {
  const [mine, theirs] = [one, other].map((text) => new Set(text.toLowerCase().match(WORDS) ?? []));
  if (!mine || !theirs || mine.size + theirs.size === 0) return 0;
  const common = mine.intersection(theirs).size;
  return common / (mine.size + theirs.size - common);
}

export function shareOf<Item>(items: readonly Item[], holds: (item: Item) => boolean): number {
  return items.length === 0 ? 0 : items.filter(holds).length / items.length;
}
