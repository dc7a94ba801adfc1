// Sentences from shapes with blanks, the same ones every time.

export type Parts = Record<string, readonly string[]>;

/** `count` different sentences at most, each shape in turn. */
export function fillParts(shapes: readonly string[], parts: Parts, count: number): string[] {
  const made = new Set<string>();
  const roll = createRoll();
  for (let turn = 0; made.size < count && turn < count * 4; turn++) {
    const shape = shapes[turn % shapes.length] ?? "";
    const sentence = shape.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
      const choices = parts[name] ?? [];
      return choices[Math.floor(roll() * choices.length)] ?? "";
    });
    made.add(sentence.replaceAll(/ {2,}/g, " ").trim());
  }
  return [...made];
}

/** Numbers below 1 that look like chance, from a fixed beginning (a multiplicative generator modulo 2³¹ − 1). */
export function createRoll(seed = 20_261_121): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
