// What stands in the place of what is masked: a mark with its kind and a number, which is known for one call only, so that the
// answer can have back what the request said.

export interface Masks {
  /** The same mark for the same text. */
  markFor(kind: string, text: string): string;
  /** What each mark stands for. */
  readonly originals: ReadonlyMap<string, string>;
}

/** `taken` is what the call says already: no mark may be a word of its own. */
export function createMasks(taken: string): Masks {
  const marks = new Map<string, string>();
  const originals = new Map<string, string>();
  const counts = new Map<string, number>();

  function nextMark(kind: string): string {
    const name = nameOf(kind);
    let number = counts.get(name) ?? 0;
    let mark: string;
    do {
      number += 1;
      mark = `[${name}_${number}]`;
    } while (taken.includes(mark));
    counts.set(name, number);
    return mark;
  }

  return {
    originals,
    markFor(kind, text) {
      const known = marks.get(`${kind} ${text}`);
      if (known !== undefined) return known;
      const mark = nextMark(kind);
      marks.set(`${kind} ${text}`, mark);
      originals.set(mark, text);
      return mark;
    },
  };
}

function nameOf(kind: string): string {
  return kind.toUpperCase().replaceAll(/[^A-Z0-9]+/g, "_");
}

/** One that nothing can be put in the place of again. */
export function plainMark(kind: string): string {
  return `[${nameOf(kind)}]`;
}

/** Of what begins like a mark, how much must be at hand to know whether it is one. */
export function markLengthMax(originals: ReadonlyMap<string, string>): number {
  let longest = 0;
  for (const mark of originals.keys()) longest = Math.max(longest, mark.length);
  return longest;
}
