// An answer for those who hear it: whole sentences, in the order in which they are finished, never letter by letter.

/** How far `text` can be read out from `from` on: to the end of its last whole sentence, or to its end once it is complete. */
export function endOfSentences(text: string, from: number, isComplete: boolean): number {
  if (isComplete) return text.length;
  const ends = /[.!?…:](?=\s)|\n/g;
  let end = from;
  ends.lastIndex = from;
  for (let found = ends.exec(text); found !== null; found = ends.exec(text)) end = found.index + found[0].length;
  return end;
}
