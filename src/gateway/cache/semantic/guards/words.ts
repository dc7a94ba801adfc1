// A question's words, as the guards compare them.

const WORD = /[\p{L}\p{N}][\p{L}\p{N}'’]*/gu;

/** In their order, in lower case, with straight apostrophes. */
export function wordsOf(text: string): string[] {
  return (text.toLowerCase().match(WORD) ?? []).map((word) => word.replaceAll("’", "'"));
}

export function hasSameMembers(one: readonly string[], other: readonly string[]): boolean {
  const [some, others] = [new Set(one), new Set(other)];
  return some.size === others.size && [...some].every((each) => others.has(each));
}
