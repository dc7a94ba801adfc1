// What both ways to compress must know of a line.

const FENCE = /^ {0,3}(?:```|~~~)/;

/** Opens or closes a piece of code. */
export function isFence(line: string): boolean {
  return FENCE.test(line);
}
